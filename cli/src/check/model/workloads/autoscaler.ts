import { at, fields, items, number, text, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';

/** Something that says how many pods a workload has. */
export interface Scaler {
  readonly object: ManifestObject;
  /** The path to the reference to what it scales, and what that says. */
  readonly targetPath: Path;
  readonly target: { readonly kind: unknown; readonly name: unknown };
}

/** A HorizontalPodAutoscaler, or a ScaledObject, of which KEDA makes one. */
export interface Autoscaler extends Scaler {
  readonly minimum: Limit;
  readonly maximum: Limit;
  /** The path to how it takes pods away. */
  readonly scaleDownPath: Path;
  /** What it measures of pods and their containers; not what it takes from elsewhere. */
  readonly metrics: readonly PodMetric[];
}

/** The fewest or the most pods. */
export interface Limit {
  readonly path: Path;
  readonly pods: number | undefined;
}

/** Something that is measured of each pod. */
export interface PodMetric {
  readonly path: Path;
  /** The resource of which a share of the request is measured; none for other values. */
  readonly shareOf?: string;
  /** The container that is measured; none if it is the whole pod. */
  readonly container?: string;
}

/** Reads a HorizontalPodAutoscaler or a ScaledObject. */
export function readAutoscaler(object: ManifestObject): Autoscaler {
  const { body } = object;
  const isOfKeda = object.kind === 'ScaledObject';
  const targetPath = ['spec', 'scaleTargetRef'];
  const limit = (name: string, otherwise: number | undefined): Limit => ({
    path: ['spec', name],
    pods: number(at(body, 'spec', name)) ?? otherwise,
  });
  return {
    object,
    targetPath,
    target: targetOf(object, targetPath),
    minimum: isOfKeda ? limit('minReplicaCount', 0) : limit('minReplicas', 1),
    maximum: isOfKeda ? limit('maxReplicaCount', 100) : limit('maxReplicas', undefined),
    scaleDownPath: [
      'spec',
      ...(isOfKeda ? ['advanced', 'horizontalPodAutoscalerConfig'] : []),
      ...['behavior', 'scaleDown'],
    ],
    metrics: isOfKeda ? metricsOfKeda(object) : metricsOf(object),
  };
}

/** Reads a Canary of Flagger, which starts and ends the pods of its target. */
export function readCanary(object: ManifestObject): Scaler {
  const targetPath = ['spec', 'targetRef'];
  return { object, targetPath, target: targetOf(object, targetPath) };
}

/** KEDA takes a target without a kind for a Deployment. */
function targetOf({ body }: ManifestObject, path: Path): Scaler['target'] {
  const { kind = 'Deployment', name } = fields(at(body, ...path));
  return { kind, name };
}

function metricsOf({ apiVersion, body }: ManifestObject): readonly PodMetric[] {
  const written = items(at(body, 'spec', 'metrics'));
  if (apiVersion === 'autoscaling/v1' || written.length === 0) {
    // The default is 80 % of the CPU.
    return [{ path: ['spec'], shareOf: 'cpu' }];
  }
  return written.flatMap(({ index, item }): readonly PodMetric[] => {
    const path = ['spec', 'metrics', index];
    const measured = fields(item.resource ?? item.containerResource);
    const shareOf = at(measured, 'target', 'type') === 'Utilization' ? text(measured.name) : undefined;
    switch (item.type) {
      case 'Resource':
      case 'ContainerResource':
        return [{ path, shareOf, container: text(measured.container) }];
      case 'Pods':
        return [{ path }];
      default:
        return [];
    }
  });
}

function metricsOfKeda({ body }: ManifestObject): readonly PodMetric[] {
  return items(at(body, 'spec', 'triggers'))
    .filter(({ item }) => item.type === 'cpu' || item.type === 'memory')
    .map(({ index, item }) => {
      const type = item.metricType ?? at(item, 'metadata', 'type');
      return {
        path: ['spec', 'triggers', index],
        shareOf: type === 'Utilization' ? text(item.type) : undefined,
        container: text(at(item, 'metadata', 'containerName')),
      };
    });
}

/** Identifies a target of autoscalers. */
export function targetKey(namespace: string, kind: unknown, name: unknown): string {
  return JSON.stringify([namespace, kind, name]);
}

/** Autoscalers by what they scale; of two, the first. */
export function byTarget<T extends Scaler>(scalers: readonly T[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const scaler of scalers) {
    const { kind, name } = scaler.target;
    const key = targetKey(scaler.object.namespace, kind, name);
    if (!found.has(key)) {
      found.set(key, scaler);
    }
  }
  return found;
}
