import type { ContainerResources, ContainerSecurityContextProps, VolumeMount } from 'cdk8s-plus-27';
import type { ContainerDetails, ContainerOptions } from './container-options';
import type { HealthCheck } from './health-check';
import type { ExtraPort } from './ports';

/**
 * A container that runs beside the application and independently of it, such as one that fetches data from time
 * to time. It starts with the application and gets its SIGTERM at the same moment, after the drain. A container
 * that the application needs until its end belongs in `sidecars`.
 */
export interface FurtherContainer extends ContainerOptions, ContainerDetails {
  /**
   * Name of the container, at most 63 lower-case letters, digits and `-`, and different from all others in the pod.
   */
  readonly name: string;

  /**
   * CPU and memory that the container asks for and may use at most. Where no request and no limit is given, the default is
   * requested.
   *
   * @default - asks for 100m CPU and 128Mi of memory; no limits
   */
  readonly resources?: ContainerResources;

  /**
   * Volumes and where they appear in the container. The writable paths of `security` belong to the application
   * alone: another container that writes files needs a volume here.
   *
   * @default - none
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * User and rights of the container where they differ from the application's. Capabilities are dropped unless
   * they are given.
   *
   * @default - the application's, as `security` says
   */
  readonly securityContext?: ContainerSecurityContextProps;
}

/**
 * A container that runs to its end before the application starts, such as a migration.
 *
 * It runs in every new pod, also while pods of the old version serve, so what it does has to suit both.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it differs in when it runs
export interface InitContainer extends FurtherContainer {}

/**
 * A container that runs beside the application, such as a proxy or a log shipper. It starts before the init
 * containers and the application, and it stops only after the application has ended.
 *
 * It is what Kubernetes calls a sidecar container: an init container that is always restarted. API servers know
 * them since Kubernetes 1.29.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export interface Sidecar extends InitContainer {
  /**
   * Ports on which the sidecar listens. All containers of a pod share one network, so each number is free only
   * once. The Service finds a sidecar's port by its number.
   *
   * @default - none
   */
  readonly ports?: ExtraPort[];

  /**
   * How the sidecar tells that it can serve. The application starts only when it can, and the pod gets traffic
   * only while it can. The sidecar has `startupBudget` to start.
   *
   * @default - none: the application starts as soon as the sidecar's process runs
   */
  readonly readiness?: HealthCheck;
}
