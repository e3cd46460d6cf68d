import { at, fields, items, number, text, type Fields } from '../read/fields.js';
import { identity, type ManifestObject } from '../read/object.js';
import { portsOf } from './pod.js';
import { share } from './rounding.js';
import { Selectable } from './selectable.js';
import { matchesLabels, matchesSelector } from './selector.js';
import { readWorkload, workloadKinds, type Workload } from './workload.js';

/** Everything that is in the manifests, and what belongs together in it. */
export class State {
  readonly workloads: readonly Workload[];
  readonly services: readonly ManifestObject[];
  readonly budgets: readonly ManifestObject[];
  readonly autoscalers: readonly ManifestObject[];
  /** The labels of all pods by their namespace. */
  private readonly podLabels = new Map<string, Fields[]>();
  private readonly autoscalerByTarget = new Map<string, ManifestObject>();
  private readonly byIdentity: ReadonlyMap<string, ManifestObject>;
  private servingOnce: readonly Workload[] | undefined;
  private readonly selectable: Selectable;
  /** The workloads that a Service or PodDisruptionBudget selects, once that was asked. */
  private readonly selected = new Map<ManifestObject, readonly Workload[]>();
  private servicesByWorkload: ReadonlyMap<Workload, readonly ManifestObject[]> | undefined;
  private budgetsByWorkload: ReadonlyMap<Workload, readonly ManifestObject[]> | undefined;

  constructor(readonly objects: readonly ManifestObject[]) {
    const ofKind = (group: string, kind: string) =>
      objects.filter((object) => object.group === group && object.kind === kind);
    this.workloads = workloadKinds.flatMap((kind) => ofKind('apps', kind)).map(readWorkload);
    this.services = ofKind('', 'Service');
    this.budgets = ofKind('policy', 'PodDisruptionBudget');
    this.autoscalers = ofKind('autoscaling', 'HorizontalPodAutoscaler');
    for (const autoscaler of this.autoscalers) {
      const { kind, name } = fields(at(autoscaler.body, 'spec', 'scaleTargetRef'));
      const target = JSON.stringify([autoscaler.namespace, kind, name]);
      if (!this.autoscalerByTarget.has(target)) this.autoscalerByTarget.set(target, autoscaler);
    }
    this.byIdentity = new Map(objects.map((object) => [identity(object), object]));
    for (const { kind, namespace, body } of objects) {
      const pod = kind === 'Pod' ? body : at(body, 'spec', 'template');
      const labels = at(pod, 'metadata', 'labels');
      if (labels !== undefined) addTo(this.podLabels, namespace, fields(labels));
    }
    this.selectable = new Selectable(this.workloads);
  }

  /** The same object in these manifests. */
  find(object: ManifestObject): ManifestObject | undefined {
    return this.byIdentity.get(identity(object));
  }

  /** An object of the namespace of another. */
  beside(
    { namespace }: ManifestObject,
    group: string,
    kind: string,
    name: string,
  ): ManifestObject | undefined {
    return this.byIdentity.get([group, kind, namespace, name].join('/'));
  }

  /** The workloads to whose pods a Service sends requests. */
  behind(service: ManifestObject): readonly Workload[] {
    const selector = fields(at(service.body, 'spec', 'selector'));
    return this.select(service, selector, (labels) => matchesLabels(selector, labels));
  }

  /** The workloads whose pods a PodDisruptionBudget protects. */
  protectedBy(budget: ManifestObject): readonly Workload[] {
    const selector = at(budget.body, 'spec', 'selector');
    const wanted = fields(at(selector, 'matchLabels'));
    return this.select(budget, wanted, (labels) => matchesSelector(selector, labels));
  }

  /** The Services that send requests to the pods of a workload. */
  servicesOf(workload: Workload): readonly ManifestObject[] {
    this.servicesByWorkload ??= inverse(this.services, (service) => this.behind(service));
    return this.servicesByWorkload.get(workload) ?? [];
  }

  /** The PodDisruptionBudgets of a workload's pods. */
  budgetsOf(workload: Workload): readonly ManifestObject[] {
    this.budgetsByWorkload ??= inverse(this.budgets, (budget) => this.protectedBy(budget));
    return this.budgetsByWorkload.get(workload) ?? [];
  }

  /**
   * Whether the manifests have pods in the namespace of an object, and none that it selects. Pods of every kind count that
   * has a pod template where a Deployment has it, such as an Argo Rollout.
   */
  selectsNone({ namespace }: ManifestObject, selects: (labels: Fields) => boolean): boolean {
    const pods = this.podLabels.get(namespace);
    return pods !== undefined && !pods.some(selects);
  }

  /** The autoscaler of a workload. */
  autoscalerOf({ object: { namespace, kind, name } }: Workload): ManifestObject | undefined {
    return this.autoscalerByTarget.get(JSON.stringify([namespace, kind, name]));
  }

  /** The fewest pods that a workload has in good times: of its autoscaler, its replicas, or 1. */
  fewestPods(workload: Workload): number {
    const autoscaler = this.autoscalerOf(workload);
    if (autoscaler === undefined) return workload.replicas ?? 1;
    return number(at(autoscaler.body, 'spec', 'minReplicas')) ?? 1;
  }

  /** The workloads that requests come to through a Service. One scaled to 0 serves nobody. */
  serving(): readonly Workload[] {
    this.servingOnce ??= this.workloads.filter(
      (workload) => workload.replicas !== 0 && this.servicesOf(workload).length > 0,
    );
    return this.servingOnce;
  }

  private select(
    object: ManifestObject,
    wanted: Fields,
    matches: (labels: Fields) => boolean,
  ): readonly Workload[] {
    let selected = this.selected.get(object);
    if (selected === undefined) {
      const candidates = this.selectable.candidates(object.namespace, wanted);
      selected = candidates.filter(({ pod }) => matches(pod.labels));
      this.selected.set(object, selected);
    }
    return selected;
  }
}

/** For each workload what selects it. */
function inverse(
  objects: readonly ManifestObject[],
  select: (object: ManifestObject) => readonly Workload[],
): ReadonlyMap<Workload, readonly ManifestObject[]> {
  const found = new Map<Workload, ManifestObject[]>();
  for (const object of objects) for (const workload of select(object)) addTo(found, workload, object);
  return found;
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const others = map.get(key);
  if (others === undefined) map.set(key, [value]);
  else others.push(value);
}

/** The ports of a Service, each with its place and with what it is called in the pods. */
export function servicePorts(service: ManifestObject): readonly {
  readonly index: number;
  readonly port: Fields;
  readonly targetPort: unknown;
}[] {
  return items(at(service.body, 'spec', 'ports')).map(({ index, item }) => ({
    index,
    port: item,
    targetPort: item.targetPort ?? item.port,
  }));
}

/** How many of so many pods a PodDisruptionBudget lets go at once; none if it says nothing that can be read. */
export function disruptionsAllowed(budget: ManifestObject, pods: number): number | undefined {
  const spec = fields(budget.body.spec);
  if (spec.maxUnavailable !== undefined) return share(spec.maxUnavailable, pods, 'up');
  const healthy = share(spec.minAvailable, pods, 'up');
  return healthy === undefined ? undefined : Math.max(0, pods - healthy);
}

/** Whether a port has a name that containers of a workload have. */
export function hasPortNamed({ pod }: Workload, name: unknown): boolean {
  return portsOf(pod).some((port) => text(port.name) === name);
}
