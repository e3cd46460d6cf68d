import type { ContainerResources, VolumeMount } from 'cdk8s-plus-27';
import type { Config } from './config';
import type { ContainerOptions, MainContainerOptions } from './container-options';
import type { ExtraPort } from './ports';
import type { TlsOptions } from './tls-options';

/**
 * What the application is: its image, ports, configuration, resources and volumes.
 */
export interface ApplicationProps extends ContainerOptions {
  /**
   * Main port: the number on which the application listens, 1 to 65535. Health checks ask it and the Service
   * sends traffic to it.
   */
  readonly port: number;

  /**
   * Name of the main port. The Service finds the port by this name, so that the number can change in a
   * rollout while old and new pods run side by side.
   *
   * @default - 'http', or 'https' with `tls`; none if `selectorLabels` is given, since the pods of a live Deployment may not know it
   */
  readonly portName?: string;

  /**
   * Further ports of the application.
   *
   * @default - none
   */
  readonly extraPorts?: ExtraPort[];

  /**
   * Environment variables and files whose changes roll the pods, while old pods and rollbacks keep the old ones.
   *
   * If several entries of `envFrom` and `config` have the same variable, the application gets the last one. A
   * variable of `config` that `env` or another entry of `config` has too is refused.
   *
   * @default - none
   */
  readonly config?: Config[];

  /**
   * CPU and memory that the container asks for and may use at most. Where no request and no limit is given, the default is
   * requested.
   *
   * @default - asks for 100m CPU and 128Mi of memory; no limits
   */
  readonly resources?: ContainerResources;

  /**
   * Volumes and where they appear in the container.
   *
   * @default - none but those of `PodSecurity`'s writable paths
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * The certificate with which the application serves HTTPS on its main port.
   *
   * @default - none: the application serves without TLS
   */
  readonly tls?: TlsOptions;

  /**
   * The application's container: name, working directory, when its image is pulled, rights, devices.
   *
   * @default - see each option
   */
  readonly container?: MainContainerOptions;
}
