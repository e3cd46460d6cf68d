import { Duration } from 'cdk8s';

/**
 * Whether a client is sent to the same pod each time.
 */
export class SessionAffinity {
  /**
   * Every connection may go to another pod. This is what Kubernetes does by itself.
   *
   * @returns the affinity `None`
   */
  public static none(): SessionAffinity {
    return new SessionAffinity('None');
  }

  /**
   * Connections from one address go to one pod as long as that pod is ready.
   *
   * @param timeout idle time after which the client may be sent elsewhere, whole seconds from 1 s to 1 day, 3 hours (Kubernetes' own default) if left out
   * @returns the affinity `ClientIP`
   */
  public static clientIp(timeout?: Duration): SessionAffinity {
    return new SessionAffinity('ClientIP', timeout ?? Duration.hours(3));
  }

  private constructor(
    /** @internal */
    public readonly _type: string,
    /** @internal */
    public readonly _timeout?: Duration,
  ) {}
}
