import { at, fields, items, number, text, type Fields, type Path } from '../read/fields.js';
import { identity, type ManifestObject } from '../read/object.js';
import { byTarget, targetKey } from './autoscaler.js';
import { backendsOf, type Backend } from './backends.js';
import { isKept } from './kept.js';
import { hasPodsOfOperator } from './operated.js';
import { readPod, resolvePort, type Container, type Pod } from './pod.js';
import { Selectable } from './selectable.js';
import { matchesLabels, matchesSelector, templateLabels } from './selector.js';
import { isOnlyWatched, servicePorts } from './service.js';
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
  /** The ways by which Ingresses and routes come to Services. */
  readonly backends: readonly Backend[];
  /** Pods that are written without a workload, and those that Jobs start. */
  readonly otherPods: readonly OtherPod[];
  /** The labels of all pods by their namespace. */
  private readonly podLabels = new Map<string, Fields[]>();
  private readonly autoscalerByTarget: ReadonlyMap<string, ManifestObject>;
  private readonly scaledObjectByTarget: ReadonlyMap<string, ManifestObject>;
  private readonly backendsByService = new Map<string, Backend[]>();
  private readonly byKind = new Map<string, ManifestObject[]>();
  private readonly byIdentity: ReadonlyMap<string, ManifestObject>;
  /** The namespaces with pods that an operator makes. */
  private readonly operated: ReadonlySet<string>;
  private readonly selectable: Selectable;
  /** The workloads that a Service or PodDisruptionBudget selects, once that was asked. */
  private readonly selected = new Map<ManifestObject, readonly Workload[]>();
  private servicesByWorkload: ReadonlyMap<Workload, readonly ManifestObject[]> | undefined;
  private budgetsByWorkload: ReadonlyMap<Workload, readonly ManifestObject[]> | undefined;
  private servingOnce: ReadonlySet<Workload> | undefined;

  private readonly byObject: ReadonlyMap<ManifestObject, Workload>;
  private readonly removes: boolean;

  constructor(
    readonly objects: readonly ManifestObject[],
    { removes = true }: ApplyOptions = {},
  ) {
    this.removes = removes;
    for (const object of objects) addTo(this.byKind, `${object.group}/${object.kind}`, object);
    this.workloads = workloadKinds.flatMap((kind) => this.ofKind('apps', kind)).map(readWorkload);
    this.services = this.ofKind('', 'Service');
    this.budgets = this.ofKind('policy', 'PodDisruptionBudget');
    this.autoscalers = this.ofKind('autoscaling', 'HorizontalPodAutoscaler');
    this.autoscalerByTarget = byTarget(this.autoscalers);
    this.scaledObjectByTarget = byTarget(this.ofKind('keda.sh', 'ScaledObject'));
    this.backends = objects.flatMap(backendsOf);
    for (const backend of this.backends) {
      addTo(this.backendsByService, JSON.stringify([backend.namespace, backend.service]), backend);
    }
    this.otherPods = [
      ...this.ofKind('', 'Pod').map((object) => ({ object, pod: readPod(object.body) })),
      ...this.ofKind('batch', 'Job').map((object) => otherPod(object, ['spec', 'template'])),
      ...this.ofKind('batch', 'CronJob').map((object) =>
        otherPod(object, ['spec', 'jobTemplate', 'spec', 'template']),
      ),
    ];
    this.byIdentity = new Map(objects.map((object) => [identity(object), object]));
    for (const { kind, namespace, body } of objects) {
      const job = kind === 'CronJob' ? at(body, 'spec', 'jobTemplate') : body;
      const pod = kind === 'Pod' ? body : at(job, 'spec', 'template');
      const labels = at(pod, 'metadata', 'labels');
      if (labels !== undefined) addTo(this.podLabels, namespace, fields(labels));
    }
    this.operated = new Set(objects.filter(hasPodsOfOperator).map(({ namespace }) => namespace));
    this.selectable = new Selectable(this.workloads);
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
    return this.byKind.get(`${group}/${kind}`) ?? [];
  }

  /** The Service of a name. */
  service(namespace: string, name: string): ManifestObject | undefined {
    return this.byIdentity.get(['', 'Service', namespace, name].join('/'));
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

  /** The workloads whose pods a Service selects. */
  behind(service: ManifestObject): readonly Workload[] {
    const selector = fields(at(service.body, 'spec', 'selector'));
    const wanted = Object.fromEntries(templateLabels(selector));
    return this.select(service, wanted, (labels) => matchesLabels(selector, labels));
  }

  /**
   * The workloads to whose pods a Service sends requests: of those that it selects, the ones with a port that it sends to.
   * If none has one, which is a mistake, all of them.
   */
  reachedBy(service: ManifestObject): readonly Workload[] {
    const selected = this.behind(service);
    const ports = servicePorts(service);
    const reached = selected.filter(({ pod }) =>
      ports.some(({ targetPort }) => resolvePort(pod, targetPort)),
    );
    return reached.length > 0 ? reached : selected;
  }

  /** The ways by which Ingresses and routes come to a Service. */
  backendsTo({ namespace, name }: ManifestObject): readonly Backend[] {
    return this.backendsByService.get(JSON.stringify([namespace, name])) ?? [];
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
    const wanted = fields(at(selector, 'matchLabels'));
    return this.select(budget, wanted, (labels) => matchesSelector(selector, labels));
  }

  /** The Services that select the pods of a workload. */
  servicesOf(workload: Workload): readonly ManifestObject[] {
    this.servicesByWorkload ??= inverse(this.services, (service) => this.behind(service));
    return this.servicesByWorkload.get(workload) ?? [];
  }

  /** The Services that select a pod which is not of a workload. */
  servicesOfOther({ object, pod }: OtherPod): readonly ManifestObject[] {
    return this.services.filter(
      ({ namespace, body }) =>
        namespace === object.namespace && matchesLabels(fields(at(body, 'spec', 'selector')), pod.labels),
    );
  }

  /** The containers of a workload that declare a port to which a Service sends; all of them if none does. */
  answering(workload: Workload): readonly Container[] {
    const { containers } = workload.pod;
    const targets = this.servicesOf(workload)
      .flatMap(servicePorts)
      .map(({ targetPort }) => targetPort);
    const declaring = containers.filter(({ spec }) =>
      items(spec.ports).some(
        ({ item }) => targets.includes(item.containerPort) || targets.includes(item.name),
      ),
    );
    return declaring.length > 0 ? declaring : containers;
  }

  /** The PodDisruptionBudgets of a workload's pods. */
  budgetsOf(workload: Workload): readonly ManifestObject[] {
    this.budgetsByWorkload ??= inverse(this.budgets, (budget) => this.protectedBy(budget));
    return this.budgetsByWorkload.get(workload) ?? [];
  }

  /**
   * Whether the manifests have pods in the namespace of an object, and none that it selects. Pods of every kind count that
   * has a pod template where a Deployment has it, such as an Argo Rollout. With pods of an operator nobody can tell, nor in
   * kube-system, where pods of the cluster itself are.
   */
  selectsNone({ namespace }: ManifestObject, selects: (labels: Fields) => boolean): boolean {
    const pods = this.podLabels.get(namespace);
    return (
      pods !== undefined && !pods.some(selects) && !this.isOperated(namespace) && namespace !== 'kube-system'
    );
  }

  /** The HorizontalPodAutoscaler of a workload. */
  autoscalerOf({ object }: Workload): ManifestObject | undefined {
    return this.autoscalerByTarget.get(targetKey(object.namespace, object.kind, object.name));
  }

  /** Whether a HorizontalPodAutoscaler or a ScaledObject of KEDA says how many pods a workload has. */
  isAutoscaled(workload: Workload): boolean {
    return this.autoscalerOf(workload) !== undefined || this.scaledObjectOf(workload) !== undefined;
  }

  private scaledObjectOf({ object }: Workload): ManifestObject | undefined {
    return this.scaledObjectByTarget.get(targetKey(object.namespace, object.kind, object.name));
  }

  /** The workload that an autoscaler scales. */
  scaledBy(autoscaler: ManifestObject): Workload | undefined {
    const target = at(autoscaler.body, 'spec', 'scaleTargetRef');
    const [kind, name] = [text(at(target, 'kind')), text(at(target, 'name'))];
    const object = kind && name ? this.beside(autoscaler, 'apps', kind, name) : undefined;
    return object && this.workload(object);
  }

  /**
   * The fewest pods that a workload has in good times: of its HorizontalPodAutoscaler or ScaledObject of KEDA, of its
   * replicas, or 1. An autoscaler that may go down to 0 counts as 1: with none there is nothing to lose.
   */
  fewestPods(workload: Workload): number {
    if (!this.isAutoscaled(workload)) return workload.replicas ?? 1;
    const minimum =
      at(this.autoscalerOf(workload)?.body, 'spec', 'minReplicas') ??
      at(this.scaledObjectOf(workload)?.body, 'spec', 'minReplicaCount');
    return Math.max(1, number(minimum) ?? 1);
  }

  /**
   * The workloads that requests come to through a Service. One scaled to 0 serves nobody, and a Service that is only
   * watched has no users that wait for an answer.
   */
  serving(): readonly Workload[] {
    return [...this.servingSet()];
  }

  /** Whether requests come to a workload through a Service. */
  isServing(workload: Workload): boolean {
    return this.servingSet().has(workload);
  }

  private servingSet(): ReadonlySet<Workload> {
    if (this.servingOnce === undefined) {
      const reached = new Set(
        this.services
          .filter((service) => !isOnlyWatched(service))
          .flatMap((service) => this.reachedBy(service)),
      );
      this.servingOnce = new Set(this.workloads.filter((one) => one.replicas !== 0 && reached.has(one)));
    }
    return this.servingOnce;
  }

  /** Whether an operator makes pods in a namespace. If it is not named, it may be any. */
  private isOperated(namespace: string): boolean {
    return namespace === '' ? this.operated.size > 0 : this.operated.has(namespace);
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

/** A pod that is not of a workload, and the object that it comes from. */
export interface OtherPod {
  readonly object: ManifestObject;
  readonly pod: Pod;
}

function otherPod(object: ManifestObject, path: Path): OtherPod {
  return { object, pod: readPod(at(object.body, ...path)) };
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
