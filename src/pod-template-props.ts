import type { InitContainer, Sidecar } from './further-containers';
import type { PodOptions } from './pod-options';
import type { PodSecurity } from './pod-security';
import type { SchedulingOptions } from './scheduling-options';

/**
 * What the pods have beside the application, with which rights they run, and where.
 */
export interface PodTemplateProps {
  /**
   * User and rights of the pods.
   *
   * @default PodSecurity.restricted()
   */
  readonly security?: PodSecurity;

  /**
   * Containers that run to their end, one after the other, before the application starts.
   *
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * Containers that run beside the application. They start before the init containers, in this order, and stop
   * after the application has ended, in reverse. Needs Kubernetes 1.29.
   *
   * @default - none
   */
  readonly sidecars?: Sidecar[];

  /**
   * On which nodes the pods run.
   *
   * @default - see each option: on every node, spread over hosts and zones
   */
  readonly scheduling?: SchedulingOptions;

  /**
   * Settings of the pods that few services need: labels, annotations, service account, pull secrets, grace
   * period, DNS.
   *
   * @default - see each option
   */
  readonly pod?: PodOptions;
}
