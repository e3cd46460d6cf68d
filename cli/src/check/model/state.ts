import { at, fields, items, number, text, type Fields } from '../read/fields.js';
import { identity, type ManifestObject } from '../read/object.js';
import { isKept } from './kept.js';
import { portsOf } from './pod.js';
import { share } from './rounding.js';
import { matchesLabels, matchesSelector } from './selector.js';
import { readWorkload, workloadKinds, type Workload } from './workload.js';

/** How the manifests of a state are applied. */
export interface ApplyOptions {
  /**
   * Whether what is only in the old manifests is deleted, as Argo CD, Flux and Helm do. Without it everything stays that the
   * new ones do not name, as with kubectl apply. Default: true.
   */
  readonly removes?: boolean;
}

/** Everything that is in the manifests, and what belongs together in it. */
export class State {
  readonly workloads: readonly Workload[];
  readonly services: readonly ManifestObject[];
  readonly budgets: readonly ManifestObject[];
  readonly autoscalers: readonly ManifestObject[];
  private readonly podLabels: readonly { readonly namespace: string; readonly labels: Fields }[];
  private readonly byIdentity: ReadonlyMap<string, ManifestObject>;
  private servingOnce: readonly Workload[] | undefined;
  private readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
  private readonly byObject: ReadonlyMap<ManifestObject, Workload>;
  private readonly removes: boolean;

  constructor(
    readonly objects: readonly ManifestObject[],
    { removes = true }: ApplyOptions = {},
  ) {
    this.removes = removes;
    this.workloads = workloadKinds.flatMap((kind) => this.ofKind('apps', kind)).map(readWorkload);
    this.services = this.ofKind('', 'Service');
    this.budgets = this.ofKind('policy', 'PodDisruptionBudget');
    this.autoscalers = this.ofKind('autoscaling', 'HorizontalPodAutoscaler');
    this.byIdentity = new Map(objects.map((object) => [identity(object), object]));
    this.podLabels = objects.flatMap(({ kind, namespace, body }) => {
      const pod = kind === 'Pod' ? body : at(body, 'spec', 'template');
      const labels = at(pod, 'metadata', 'labels');
      return labels === undefined ? [] : [{ namespace, labels: fields(labels) }];
    });
    this.byNamespace = byNamespace(this.workloads);
    this.byObject = new Map(this.workloads.map((workload) => [workload.object, workload]));
  }

  /** The same object in these manifests. */
  find(object: ManifestObject): ManifestObject | undefined {
    return this.byIdentity.get(identity(object));
  }

  /** Whether an object of the old manifests is deleted when these are applied. */
  deletes(old: ManifestObject): boolean {
    return this.removes && this.find(old) === undefined && !isKept(old);
  }

  /** The object as it is when these manifests are applied: the one in them, or the old one; none if it is deleted. */
  after(old: ManifestObject): ManifestObject | undefined {
    return this.find(old) ?? (this.deletes(old) ? undefined : old);
  }

  /** The objects of a kind. */
  ofKind(group: string, kind: string): readonly ManifestObject[] {
    return this.objects.filter((object) => object.group === group && object.kind === kind);
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

  /** The workloads to whose pods a Service sends requests; it may be one of other manifests. */
  behind(service: ManifestObject): readonly Workload[] {
    const selector = fields(at(service.body, 'spec', 'selector'));
    return this.in(service).filter(({ pod }) => matchesLabels(selector, pod.labels));
  }

  /** The workloads behind a Service that have pods. */
  runningBehind(service: ManifestObject): readonly Workload[] {
    return this.behind(service).filter(({ replicas }) => replicas !== 0);
  }

  /** The workload that an object describes. */
  workload(object: ManifestObject): Workload | undefined {
    return this.byObject.get(object);
  }

  /** Objects that are in the old manifests and in these, each with what it was before. */
  changes(
    from: State,
    objects: readonly ManifestObject[],
  ): readonly { readonly before: ManifestObject; readonly object: ManifestObject }[] {
    return objects.flatMap((object) => {
      const before = from.find(object);
      return before === undefined ? [] : [{ before, object }];
    });
  }

  /** The workloads whose pods a PodDisruptionBudget protects. */
  protectedBy(budget: ManifestObject): readonly Workload[] {
    const selector = at(budget.body, 'spec', 'selector');
    return this.in(budget).filter(({ pod }) => matchesSelector(selector, pod.labels));
  }

  /** The Services that send requests to the pods of a workload. */
  servicesOf({ object, pod }: Workload): readonly ManifestObject[] {
    return this.services.filter(
      ({ namespace, body }) =>
        namespace === object.namespace && matchesLabels(fields(at(body, 'spec', 'selector')), pod.labels),
    );
  }

  /** The PodDisruptionBudgets of a workload's pods. */
  budgetsOf({ object, pod }: Workload): readonly ManifestObject[] {
    return this.budgets.filter(
      ({ namespace, body }) =>
        namespace === object.namespace && matchesSelector(at(body, 'spec', 'selector'), pod.labels),
    );
  }

  /**
   * Whether the manifests have pods in the namespace of an object, and none that it selects. Pods of every kind count that
   * has a pod template where a Deployment has it, such as an Argo Rollout.
   */
  selectsNone({ namespace }: ManifestObject, selects: (labels: Fields) => boolean): boolean {
    const pods = this.podLabels.filter((pod) => pod.namespace === namespace);
    return pods.length > 0 && !pods.some(({ labels }) => selects(labels));
  }

  /** The autoscaler of a workload. */
  autoscalerOf({ object }: Workload): ManifestObject | undefined {
    return this.autoscalers.find(({ namespace, body }) => {
      const target = at(body, 'spec', 'scaleTargetRef');
      return (
        namespace === object.namespace &&
        at(target, 'kind') === object.kind &&
        at(target, 'name') === object.name
      );
    });
  }

  /** The workload that an autoscaler scales. */
  scaledBy(autoscaler: ManifestObject): Workload | undefined {
    const target = at(autoscaler.body, 'spec', 'scaleTargetRef');
    const [kind, name] = [text(at(target, 'kind')), text(at(target, 'name'))];
    const object = kind && name ? this.beside(autoscaler, 'apps', kind, name) : undefined;
    return object && this.workload(object);
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

  private in({ namespace }: ManifestObject): readonly Workload[] {
    return this.byNamespace.get(namespace) ?? [];
  }
}

function byNamespace(workloads: readonly Workload[]): ReadonlyMap<string, readonly Workload[]> {
  const grouped = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const others = grouped.get(workload.object.namespace);
    if (others) others.push(workload);
    else grouped.set(workload.object.namespace, [workload]);
  }
  return grouped;
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
