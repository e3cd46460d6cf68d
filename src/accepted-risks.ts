/**
 * What is given up on purpose.
 */
export interface AcceptedRisks {
  /**
   * Allows `strategy` to take old pods away before new ones serve, volumes and host ports that make a new pod
   * wait for an old one, an autoscaler that takes pods away during a rollout, and a `drain`, `minReady` and
   * `terminationGracePeriod` that are too short for `exposure`. Requests fail during each rollout.
   *
   * @default false
   */
  readonly acceptDowntimeOnRollout?: boolean;

  /**
   * Allows a single pod, all pods on a single node, and a disruption budget that takes all pods at once.
   * Requests fail when a node is drained.
   *
   * @default false
   */
  readonly acceptDowntimeOnDrain?: boolean;

  /**
   * Allows an image whose tag can move, such as a tag without a number, and a Deployment that keeps no old
   * revisions. `kubectl rollout undo` can then not take back a bad release.
   *
   * @default false
   */
  readonly acceptNoRollback?: boolean;
}
