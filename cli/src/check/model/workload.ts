import { at, fields, number, type Fields, type Path } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import { readPod, type Pod } from './pod.js';
import { isZero, rolloutBounds, share, type RolloutBounds } from './rounding.js';

/** The kinds whose pods are replaced by a rollout. */
export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** A Deployment, StatefulSet or DaemonSet. */
export interface Workload {
  readonly object: ManifestObject;
  readonly spec: Fields;
  readonly pod: Pod;
  /** What spec.replicas says; none if it is not written. */
  readonly replicas: number | undefined;
}

/** The path to the spec of the pods in a workload. */
export const POD_PATH: Path = ['spec', 'template', 'spec'];

/** Reads a workload. */
export function readWorkload(object: ManifestObject): Workload {
  const spec = fields(object.body.spec);
  return { object, spec, pod: readPod(spec.template), replicas: number(spec.replicas) };
}

/**
 * How many pods the rolling update of a Deployment may add and miss; none for other workloads and strategies, and for
 * one that the API server refuses.
 */
export function boundsOf({ object, spec }: Workload, replicas: number): RolloutBounds | undefined {
  if (object.kind !== 'Deployment' || at(spec, 'strategy', 'type') === 'Recreate') {
    return undefined;
  }
  const { maxSurge, maxUnavailable } = fields(at(spec, 'strategy', 'rollingUpdate'));
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    return undefined;
  }
  return rolloutBounds(replicas, maxSurge, maxUnavailable);
}

/** Whether a StatefulSet or DaemonSet replaces its pods by itself, not only after somebody has deleted them. */
export function replacesPods({ spec }: Workload): boolean {
  return at(spec, 'updateStrategy', 'type') !== 'OnDelete';
}

/** Whether a rollout of a DaemonSet may delete all pods at once, on any number of nodes. */
export function mayMissAll({ spec }: Workload): boolean {
  const maxUnavailable = at(spec, 'updateStrategy', 'rollingUpdate', 'maxUnavailable');
  return typeof maxUnavailable === 'string' && (share(maxUnavailable, 100, 'up') ?? 0) >= 100;
}

/** Whether a DaemonSet starts the new pod of a node before the old one ends. */
export function surges({ spec }: Workload): boolean {
  return !isZero(at(spec, 'updateStrategy', 'rollingUpdate', 'maxSurge') ?? 0);
}
