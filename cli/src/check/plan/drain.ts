import { largest } from '../model/values/largest.js';
import type { Pod } from '../model/workloads/pod.js';
import { preStopSeconds } from '../model/workloads/pre-stop.js';
import { at } from '../read/fields.js';
import { RELIST_MS } from './readiness.js';
import { wholeNumber } from './whole.js';

/** How long a pod terminates, in ms from its deletion until it is gone. */
export interface Drain {
  /** If its containers exit at SIGTERM: its longest preStop hook of known length. */
  readonly leastMs: number;
  /** If they take all the time that the grace period allows. */
  readonly mostMs: number;
}

/** The time that a container still gets after SIGTERM when its preStop hook has used up the grace period (kuberuntime). */
const MIN_AFTER_HOOK_SECONDS = 2;

/** Reads how long the pods of a template terminate. */
export function drainOf({ containers, spec }: Pod): Drain {
  const graceSeconds = wholeNumber(spec.terminationGracePeriodSeconds, 0, 30);
  const hooks = containers
    .filter(({ spec }) => at(spec, 'lifecycle', 'preStop') !== undefined)
    .map(({ spec }) => preStopSeconds(spec));
  const known = largest([0, ...hooks.map((seconds) => Math.min(seconds ?? 0, graceSeconds))]);
  const longest = largest([0, ...hooks.map((seconds) => Math.min(seconds ?? Infinity, graceSeconds))]);
  return {
    leastMs: known * 1000,
    mostMs: Math.max(graceSeconds, hooks.length > 0 ? longest + MIN_AFTER_HOOK_SECONDS : 0) * 1000,
  };
}

/** The time until the kubelet, which looks every second, has seen that the containers are gone: expected, and at most. */
export const NOTICED_MS = { expectedMs: RELIST_MS / 2, mostMs: RELIST_MS };
