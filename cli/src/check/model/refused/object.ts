import { at, fields, items, number, shown, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { noNumbers } from './numbers.js';
import { wrongPod } from './pod.js';
import { refusedIf, type Refusal } from './refusal.js';
import { wrongService } from './service.js';
import { noTexts } from './texts.js';
import { wrongWorkload } from './workload.js';

/** What the API server does not take of an object. What rolls pods out is left to rollout-refused, but for its metadata. */
export function wrongObject(object: ManifestObject): readonly Refusal[] {
  const ofKind = OF_KIND.get(`${object.group}/${object.kind}`);
  return [
    ...noTexts(object.body, ['metadata', 'labels'], ['metadata', 'annotations']),
    ...(ofKind === undefined ? [] : ofKind(object)),
  ];
}

const OF_KIND: ReadonlyMap<string, (object: ManifestObject) => readonly Refusal[]> = new Map([
  ['/Service', wrongService],
  ['/ConfigMap', ({ body }: ManifestObject) => noTexts(body, ['data'])],
  ['/Pod', ({ body }: ManifestObject) => wrongPod({ spec: at(body, 'spec') }, [])],
  ['apps/ReplicaSet', wrongWorkload],
  ['batch/Job', (object: ManifestObject) => wrongJob(object, [])],
  ['batch/CronJob', (object: ManifestObject) => wrongJob(object, ['spec', 'jobTemplate'])],
  ['policy/PodDisruptionBudget', wrongBudget],
  ['autoscaling/HorizontalPodAutoscaler', wrongAutoscaler],
  ['networking.k8s.io/Ingress', wrongIngress],
]);

function wrongJob({ body }: ManifestObject, job: readonly string[]): readonly Refusal[] {
  const path = [...job, 'spec', 'template'];
  const template = at(body, ...path);
  const restarts = at(template, 'spec', 'restartPolicy');
  const containers = items(at(template, 'spec', 'containers'));
  // A patch names only what it changes.
  const isWhole = containers.length > 0 && containers.every(({ item }) => text(item.image));
  return [
    ...wrongPod(template, path),
    ...refusedIf(
      restarts === 'Always' || (restarts === undefined && isWhole),
      [...path, 'spec', 'restartPolicy'],
      () => 'the pods of a Job need restartPolicy: OnFailure or Never',
    ),
  ];
}

function wrongBudget({ body }: ManifestObject): readonly Refusal[] {
  const { minAvailable, maxUnavailable } = fields(body.spec);
  return refusedIf(
    [minAvailable, maxUnavailable].every((limit) => limit !== undefined && limit !== null),
    ['spec', 'minAvailable'],
    () => 'minAvailable and maxUnavailable are both there; keep one of them',
  );
}

function wrongAutoscaler({ body }: ManifestObject): readonly Refusal[] {
  const { minReplicas, maxReplicas } = fields(body.spec);
  const [least, most] = [number(minReplicas) ?? 1, number(maxReplicas)];
  return [
    ...noNumbers(body, ['spec'], ['minReplicas', 'maxReplicas']),
    ...refusedIf(
      most !== undefined && most < least,
      ['spec', 'maxReplicas'],
      () => `maxReplicas is ${shown(maxReplicas)}, which is less than the minimum of ${least}`,
    ),
  ];
}

function wrongIngress({ apiVersion, body }: ManifestObject): readonly Refusal[] {
  if (apiVersion !== 'networking.k8s.io/v1') {
    return [];
  }
  return items(at(body, 'spec', 'rules')).flatMap((rule) =>
    items(at(rule.item, 'http', 'paths')).flatMap(({ index, item }) => {
      const where = ['spec', 'rules', rule.index, 'http', 'paths', index];
      const path = text(item.path) ?? '';
      return [
        ...refusedIf(
          item.pathType === undefined,
          where,
          () => `path ${shown(item.path ?? '/')} has no pathType; write Prefix or Exact`,
        ),
        ...refusedIf(
          ['Prefix', 'Exact'].includes(String(item.pathType)) && !path.startsWith('/'),
          [...where, 'path'],
          () => `path "${path}" does not begin with /`,
        ),
      ];
    }),
  );
}
