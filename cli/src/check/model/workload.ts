import { at, fields, number, type Fields, type Path } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import { readPod, type Pod } from './pod.js';
import { rolloutBounds, type RolloutBounds } from './rounding.js';

/** The kinds whose pods are replaced by a rollout. */
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** A Deployment, StatefulSet or DaemonSet. */
export interface Workload {
  readonly object: ManifestObject;
  readonly spec: Fields;
  readonly pod: Pod;
  /** What spec.replicas says; none if it is not written. */
  readonly replicas: number | undefined;
}

/** The way from a workload to its pods. */
export const podPath: Path = ['spec', 'template', 'spec'];

/** Reads a workload. */
export function readWorkload(object: ManifestObject): Workload {
  const spec = fields(object.body.spec);
  return { object, spec, pod: readPod(spec.template), replicas: number(spec.replicas) };
}

/** How many pods the rolling update of a Deployment may add and miss; none for other workloads and strategies. */
export function boundsOf({ object, spec }: Workload, replicas: number): RolloutBounds | undefined {
  if (object.kind !== 'Deployment' || at(spec, 'strategy', 'type') === 'Recreate') return undefined;
  const rolling = fields(at(spec, 'strategy', 'rollingUpdate'));
  return rolloutBounds(replicas, rolling.maxSurge, rolling.maxUnavailable);
}
