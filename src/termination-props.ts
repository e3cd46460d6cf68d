import type { Duration } from 'cdk8s';
import type { Drain } from './drain';
import type { DrainProxy } from './drain-proxy';

/**
 * How a pod stops.
 */
export interface TerminationProps {
  /**
   * How long a pod that has to go still serves, while every node and load balancer learns of it.
   *
   * @default - a sleep for as long as `exposure` needs, else of 15 s
   */
  readonly drain?: Drain;

  /**
   * Proxy in front of the main port that makes clients with kept connections leave a pod that has to go. Needs
   * Kubernetes 1.33.
   *
   * @default - none: such clients may lose a request when the application closes their connection
   */
  readonly drainProxy?: DrainProxy;

  /**
   * Time that the application gets after SIGTERM to finish its requests, whole seconds up to 2 days.
   *
   * @default Duration.seconds(30)
   */
  readonly shutdownBudget?: Duration;
}
