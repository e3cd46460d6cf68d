import { Protocol } from 'cdk8s-plus-27';

/**
 * A further port of the application's container, beside the main one.
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
   * Transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}
