import type { Duration } from 'cdk8s';

/**
 * What a pod does between the decision to stop it and the SIGTERM to its application.
 *
 * Kubernetes starts to stop a pod and to take it out of every node's forwarding rules at the same time.
 * Until the last node has heard of it, new connections still arrive; the drain keeps the application
 * serving them.
 */
export class Drain {
  /**
   * The kubelet itself waits (`preStop.sleep`). Needs nothing in the image; API servers know it since
   * Kubernetes 1.30.
   *
   * @param duration how long, whole seconds from 1 s to 1 h
   * @returns the drain
   */
  public static sleep(duration: Duration): Drain {
    return new Drain(duration, false);
  }

  /**
   * Runs the image's own `sleep` binary (`preStop.exec`), for API servers before Kubernetes 1.30.
   * Images without a `sleep` binary (scratch, distroless) skip the drain and drop requests.
   *
   * @param duration how long, whole seconds from 1 s to 1 h
   * @returns the drain
   */
  public static execSleep(duration: Duration): Drain {
    return new Drain(duration, true);
  }

  private constructor(
    /** @internal */
    public readonly _duration: Duration,
    /** @internal */
    public readonly _exec: boolean,
  ) {}
}
