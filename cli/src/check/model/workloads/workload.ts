import { at, fields, isFields, items, number, type Fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { endsByItself, readPod, type Pod } from './pod.js';
import { isZero, rolloutBounds, share, type RolloutBounds } from './rounding.js';

/** The kinds of Kubernetes whose pods are replaced by a rollout. */
export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** A Deployment, StatefulSet or DaemonSet, or a custom resource that has pods as they do. */
export interface Workload {
  readonly object: ManifestObject;
  readonly spec: Fields;
  readonly pod: Pod;
  /** What spec.replicas says; none if it is not written, and 0 if a Rollout runs the pods instead. */
  readonly replicas: number | undefined;
}

/** The path to the spec of the pods in a workload. */
export const POD_PATH: Path = ['spec', 'template', 'spec'];

/** The custom workloads that are known to need no field of the usual ones. */
const CUSTOM_KINDS: ReadonlySet<string> = new Set([
  'argoproj.io/Rollout',
  'apps.kruise.io/CloneSet',
  'apps.kruise.io/DaemonSet',
  'apps.kruise.io/StatefulSet',
  'apps.openshift.io/DeploymentConfig',
  'serving.knative.dev/Service',
]);

/** The groups of Kubernetes that have pod templates. */
const OWN_GROUPS: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

/** Whether an object is a custom workload: one that is known, or one with pods, a selector and a number of them. */
export function isCustomWorkload({ group, kind, body }: ManifestObject): boolean {
  if (OWN_GROUPS.has(group) || items(at(body, 'metadata', 'ownerReferences')).length > 0) {
    return false;
  }
  if (CUSTOM_KINDS.has(`${group}/${kind}`)) {
    return true;
  }
  const { selector, replicas, template } = fields(body.spec);
  const hasPods = items(at(template, 'spec', 'containers')).length > 0;
  return hasPods && isFields(selector) && number(replicas) !== undefined && !endsByItself(readPod(template));
}

/** What a Rollout of Argo that has no template of its own takes it from; none for all others. */
export function referenceOf({
  kind,
  body,
}: ManifestObject): { readonly kind: unknown; readonly name: unknown } | undefined {
  const reference = at(body, 'spec', 'workloadRef');
  return kind === 'Rollout' && isFields(reference)
    ? { kind: reference.kind, name: reference.name }
    : undefined;
}

/**
 * Reads a workload.
 *
 * @param templated the object that has its template
 * @param isHandedOver whether a Rollout of Argo uses its template and runs its pods
 */
export function readWorkload(object: ManifestObject, templated = object, isHandedOver = false): Workload {
  const spec = fields(object.body.spec);
  const replicas = number(spec.replicas) ?? (isHandedOver ? 0 : undefined);
  return { object, spec, pod: readPod(at(templated.body, 'spec', 'template')), replicas };
}

/** What says how many pods a rolling update may add and miss, and where it is written. */
interface Rolling {
  readonly path: Path;
  readonly maxSurge: unknown;
  readonly maxUnavailable: unknown;
}

/** Reads how a workload replaces its pods as a Deployment does; none for others, and for one that ends all pods first. */
export function rollingOf({ object, spec }: Workload): Rolling | undefined {
  const read = (path: Path): Rolling => {
    const { maxSurge, maxUnavailable } = fields(at(object.body, ...path));
    return { path, maxSurge, maxUnavailable };
  };
  const type = at(spec, 'strategy', 'type');
  switch (`${object.group}/${object.kind}`) {
    case 'apps/Deployment':
      return type === 'Recreate' ? undefined : read(['spec', 'strategy', 'rollingUpdate']);
    case 'apps.openshift.io/DeploymentConfig':
      return type === 'Rolling' ? read(['spec', 'strategy', 'rollingParams']) : undefined;
    case 'argoproj.io/Rollout':
      return ofArgo(spec, read(['spec', 'strategy', 'canary']));
    case 'apps.kruise.io/CloneSet': {
      const { path, maxSurge = 0, maxUnavailable = '20%' } = read(['spec', 'updateStrategy']);
      return { path, maxSurge, maxUnavailable };
    }
    default:
      return undefined;
  }
}

/** A blue-green release, and a canary to which something else routes, start all new pods before an old one ends. */
function ofArgo(spec: Fields, canary: Rolling): Rolling | undefined {
  const { canary: written, blueGreen } = fields(spec.strategy);
  if (isFields(blueGreen) || at(written, 'trafficRouting') !== undefined) {
    return { path: ['spec', 'strategy'], maxSurge: '100%', maxUnavailable: 0 };
  }
  return isFields(written) ? canary : undefined;
}

/**
 * How many pods a rolling update may add and miss; none for other workloads and strategies, and for one that the API server
 * refuses. A StatefulSet has such bounds only where it may miss more than one pod.
 */
export function boundsOf(workload: Workload, replicas: number): RolloutBounds | undefined {
  const rolling = rollingOf(workload);
  if (rolling === undefined) {
    return ofStatefulSet(workload, replicas);
  }
  const { maxSurge, maxUnavailable } = rolling;
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    return undefined;
  }
  if (workload.object.kind === 'CloneSet') {
    const unavailable = share(maxUnavailable, replicas, 'up') ?? 0;
    return { surge: share(maxSurge, replicas, 'up') ?? 0, unavailable: Math.min(unavailable, replicas) };
  }
  return rolloutBounds(replicas, maxSurge, maxUnavailable);
}

/** The path to how many pods may be missing. */
export function unavailablePath(workload: Workload): Path {
  const { path } = rollingOf(workload) ?? { path: ['spec', 'updateStrategy', 'rollingUpdate'] };
  return [...path, 'maxUnavailable'];
}

function ofStatefulSet(workload: Workload, replicas: number): RolloutBounds | undefined {
  if (workload.object.kind !== 'StatefulSet' || !replacesPods(workload)) {
    return undefined;
  }
  const written = at(workload.spec, 'updateStrategy', 'rollingUpdate', 'maxUnavailable');
  const unavailable = share(written ?? 1, replicas, 'down') ?? 1;
  return unavailable < 2 || replicas < 2
    ? undefined
    : { surge: 0, unavailable: Math.min(unavailable, replicas) };
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
