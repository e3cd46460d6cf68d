import type { Duration } from 'cdk8s';
import type { HealthCheck } from './health-check';

/**
 * How the application tells that it has started, that it can serve, and that only a restart can help it.
 */
export interface HealthProps {
  /**
   * How the application tells that it can serve. Until it does, it gets no traffic.
   *
   * @default HealthCheck.http('/')
   */
  readonly readiness?: HealthCheck;

  /**
   * Time that the application may take to start, whole seconds from 5 s to 6 h. A container that takes longer is
   * restarted. A generous budget costs nothing: the application is asked every second. An application that
   * accepts the connection but does not answer is asked again only when the time-out of `readiness` is over, so
   * it is restarted after the budget times this time-out in seconds: 25 min by default.
   *
   * @default Duration.minutes(5)
   */
  readonly startupBudget?: Duration;

  /**
   * How the application tells that only a restart can help it. It has to be more patient than `readiness`, and
   * its time-out at least as long.
   *
   * @default - none: a wrong one restarts every pod under overload
   */
  readonly liveness?: HealthCheck;
}
