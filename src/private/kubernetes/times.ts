import type { Range } from './numbers';

/** Limits for times that Kubernetes would take but nobody can mean: most likely the unit is wrong. */

/**
 * How long a pod may drain. Source:
 * https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge
 */
export const DRAIN: Range = {
  max: 3600,
  whyMax: 'GKE waits for an hour for the pods of a node that has to go, and then kills what still serves',
};

/** How long an application may take to finish its requests, and a pod to stop. */
export const STOP: Range = {
  max: 2 * 86_400,
  whyMax: 'a node that has to go would wait for days for this one pod',
};

/**
 * How long an application may take to start. Source of the maximum: the limit of a job,
 * https://docs.github.com/en/actions/reference/limits
 */
export const START: Range = {
  min: 5,
  whyMin: 'it is asked from the first second on, and would be restarted before it can listen',
  max: 6 * 3600,
  whyMax: 'a release that never starts would be reported only then, and no pipeline waits for longer',
};

/** How long a new pod may wait before its first check, and before the rollout goes on. */
export const DELAY: Range = { max: START.max, whyMax: START.whyMax };
export const READY: Range = { ...DELAY, min: 0 };

/**
 * How long a health check may take, and how long the next one may wait. Source: the limits of AWS for its
 * health checks.
 */
export const CHECK: Range = {
  max: 300,
  whyMax: 'a pod that does not serve any more would get traffic until the next check notices it',
};

/** How long a load balancer may take to follow the pods, which wait for it. */
export const PROPAGATION: Range = { ...DRAIN, min: 0 };

/** After which time a rollout may be reported as failed. */
export const PROGRESS: Range = {
  max: 2 * 86_400,
  whyMax: 'a release that never starts would be reported only after days',
};
