import { at, fields, type Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { readPod, type Pod } from './pod.js';

/** A pod without a workload: one that the manifests contain as such, or that a Job starts. */
export interface OtherPod {
  readonly object: ManifestObject;
  readonly pod: Pod;
}

/** Reads the pod of a Pod, Job or CronJob. */
export function readOtherPod(object: ManifestObject): OtherPod {
  return { object, pod: readPod(templateOf(object)) };
}

/** The labels of an object's pods, if it has a pod template in the usual place, as an Argo Rollout does. */
export function podLabelsOf(object: ManifestObject): Fields | undefined {
  const labels = at(templateOf(object), 'metadata', 'labels');
  return labels === undefined ? undefined : fields(labels);
}

function templateOf({ kind, body }: ManifestObject): unknown {
  if (kind === 'Pod') {
    return body;
  }
  return at(kind === 'CronJob' ? at(body, 'spec', 'jobTemplate') : body, 'spec', 'template');
}
