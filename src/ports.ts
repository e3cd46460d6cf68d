import type { Protocol } from 'cdk8s-plus-27';

/**
 * A further port of the pod, beside the main one.
 */
export interface ExtraPort {
  /**
   * Name of the port: at most 15 lower-case letters, digits and `-`, with at least one letter.
   *
   * The Service finds the port by this name, so that the number can change in a rollout while
   * old and new pods run side by side.
   */
  readonly name: string;

  /**
   * Number on which the container listens, 1 to 65535.
   */
  readonly port: number;

  /**
   * Number under which the Service offers the port, 1 to 65535.
   *
   * @default - the Service does not offer the port, so that metrics and admin ports stay inside the cluster
   */
  readonly servicePort?: number;

  /**
   * Protocol that the application speaks there, as a hint to ingress controllers, gateways and load balancers:
   * an IANA service name such as `https`, or a prefixed one such as `kubernetes.io/h2c`. Only for a port that
   * the Service offers.
   *
   * @default - none
   */
  readonly appProtocol?: string;

  /**
   * Transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}
