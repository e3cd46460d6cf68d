import type { KubernetesApi } from '../kubernetes/api.js';
import { kubernetesApi } from '../kubernetes/version.js';
import { items } from '../read/fields.js';
import { identity, type ManifestObject } from '../read/object.js';
import { apiCallsOf, CALLING_KINDS, type ApiCall } from './admission/api-calls.js';
import {
  byTarget,
  readAutoscaler,
  readCanary,
  targetKey,
  type Autoscaler,
  type Scaler,
} from './workloads/autoscaler.js';
import { backendsOf, type Backend } from './services/backends.js';
import { definitionsIn, type Definition } from './apply/definition.js';
import { addTo } from './values/grouped.js';
import { isKept } from './apply/kept.js';
import { once } from './values/once.js';
import { hasPodsOfOperator } from './workloads/operated.js';
import { readOtherPod, type OtherPod } from './workloads/other-pod.js';
import type { Container } from './workloads/pod.js';
import { PodsByPort } from './services/pods-by-port.js';
import { Selections } from './selectors/selections.js';
import type { ServerDryRun, ServerRefusal } from './apply/server-dry-run.js';
import { isMonitored, isOnlyMonitored, targetPorts } from './services/service.js';
import {
  isCustomWorkload,
  readWorkload,
  referenceOf,
  WORKLOAD_KINDS,
  type Workload,
} from './workloads/workload.js';

/** How the manifests of a state are applied. */
export interface ApplyOptions {
  /**
   * Whether what is only in the old manifests is deleted, as Argo CD, Flux and Helm do. If not, everything that the new ones do
   * not name stays, as with kubectl apply. Default: true.
   */
  readonly removes?: boolean;
  /** The version of Kubernetes that they are for. Default: the newest that is known. */
  readonly kubernetesVersion?: string;
  /** What the cluster said in a dry run, if it was asked. */
  readonly dryRun?: ServerDryRun;
}

/** An object, and what it was before. */
export interface Change {
  readonly before: ManifestObject;
  readonly object: ManifestObject;
}

/** The objects of the manifests, and how they belong together. */
export class State {
  readonly workloads: readonly Workload[];
  /** The objects of the workloads. */
  readonly workloadObjects: readonly ManifestObject[];
  readonly services: readonly ManifestObject[];
  readonly budgets: readonly ManifestObject[];
  readonly autoscalers: readonly Autoscaler[];
  /** The Canaries of Flagger. */
  readonly canaries: readonly Scaler[];
  /** The ways by which Ingresses and routes come to Services. */
  readonly backends: readonly Backend[];
  /** The Services that the API server calls. */
  readonly apiCalls: readonly ApiCall[];
  /** Pods that are written without a workload, and those that Jobs start. */
  readonly otherPods: readonly OtherPod[];
  private readonly autoscalerByTarget: ReadonlyMap<string, Autoscaler>;
  private readonly canaryByTarget: ReadonlyMap<string, Scaler>;
  private readonly workloadByTarget: ReadonlyMap<string, Workload>;
  private readonly backendsByService = new Map<string, Backend[]>();
  private readonly byKind = new Map<string, ManifestObject[]>();
  private readonly byIdentity: ReadonlyMap<string, ManifestObject>;
  /** The namespaces with pods that an operator makes. */
  private readonly operated: ReadonlySet<string>;
  private readonly selections: Selections;
  private readonly byObject: ReadonlyMap<ManifestObject, Workload>;
  private readonly removes: boolean;
  /** What the API server takes. */
  readonly api: KubernetesApi;
  /** What the cluster refused in a dry run. */
  readonly serverRefusals: readonly ServerRefusal[];

  constructor(
    readonly objects: readonly ManifestObject[],
    { removes = true, kubernetesVersion, dryRun }: ApplyOptions = {},
  ) {
    this.removes = removes;
    this.api = kubernetesApi(kubernetesVersion);
    this.serverRefusals = dryRun?.refused ?? [];
    for (const object of objects) {
      addTo(this.byKind, `${object.group}/${object.kind}`, object);
    }
    this.byIdentity = new Map(
      objects.filter((object) => !object.isNewEachTime).map((object) => [identity(object), object]),
    );
    this.workloadObjects = [
      ...WORKLOAD_KINDS.flatMap((kind) => this.ofKind('apps', kind)),
      ...objects.filter(isCustomWorkload),
    ];
    const templated = new Map(this.workloadObjects.map((object) => [object, this.templatedBy(object)]));
    const handedOver = new Set(templated.values());
    this.workloads = this.workloadObjects.map((object) =>
      readWorkload(object, templated.get(object), handedOver.has(object)),
    );
    this.services = this.ofKind('', 'Service');
    this.budgets = this.ofKind('policy', 'PodDisruptionBudget');
    this.autoscalers = [
      ...this.ofKind('autoscaling', 'HorizontalPodAutoscaler'),
      ...this.ofKind('keda.sh', 'ScaledObject'),
    ].map(readAutoscaler);
    this.canaries = this.ofKind('flagger.app', 'Canary').map(readCanary);
    this.autoscalerByTarget = byTarget(this.autoscalers);
    this.canaryByTarget = byTarget(this.canaries);
    this.workloadByTarget = new Map(this.workloads.map((workload) => [keyOf(workload), workload]));
    this.backends = objects.flatMap(backendsOf);
    for (const backend of this.backends) {
      addTo(this.backendsByService, JSON.stringify([backend.namespace, backend.service]), backend);
    }
    this.apiCalls = CALLING_KINDS.flatMap(([group, kind]) => this.ofKind(group, kind)).flatMap(apiCallsOf);
    this.otherPods = [
      ...this.ofKind('', 'Pod'),
      ...this.ofKind('batch', 'Job'),
      ...this.ofKind('batch', 'CronJob'),
    ].map(readOtherPod);
    this.operated = new Set(objects.filter(hasPodsOfOperator).map(({ namespace }) => namespace));
    this.selections = new Selections(objects, this.workloads, this.otherPods);
    this.byObject = new Map(this.workloads.map((workload) => [workload.object, workload]));
  }

  /** The same object in these manifests. */
  find(object: ManifestObject): ManifestObject | undefined {
    return object.isNewEachTime ? undefined : this.byIdentity.get(identity(object));
  }

  /** Whether an object of the old manifests is deleted when these are applied. */
  readonly deletes = once(
    (old: ManifestObject): boolean =>
      this.removes && this.find(old) === undefined && !isKept(old) && !old.isNewEachTime,
  );

  /** The object as it is when these manifests are applied: the one in them, or the old one; none if it is deleted. */
  after(old: ManifestObject): ManifestObject | undefined {
    return this.find(old) ?? (this.deletes(old) ? undefined : old);
  }

  /** The objects of a kind. */
  ofKind(group: string, kind: string): readonly ManifestObject[] {
    return this.byKind.get(`${group}/${kind}`) ?? NONE;
  }

  /** The CustomResourceDefinition of an object. */
  definitionOf({ group, kind }: ManifestObject): Definition | undefined {
    return this.definitions(this.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')).get(
      `${group}/${kind}`,
    );
  }

  private readonly definitions = once((objects: readonly ManifestObject[]) =>
    definitionsIn(objects, this.api),
  );

  /** The Service of a name. */
  service(namespace: string, name: string): ManifestObject | undefined {
    return this.byIdentity.get(['', 'Service', namespace, name].join('/'));
  }

  /**
   * The Service to which a backend sends. What the API server calls has to name a namespace, also in manifests whose objects
   * name none.
   */
  serviceOf({ object, namespace, service }: Backend): ManifestObject | undefined {
    const isOfCluster = CALLING_KINDS.some(([group, kind]) => object.group === group && object.kind === kind);
    return this.service(namespace, service) ?? (isOfCluster ? this.service('', service) : undefined);
  }

  /** The Namespace of a name. */
  namespace(name: string): ManifestObject | undefined {
    return this.byIdentity.get(['', 'Namespace', '', name].join('/'));
  }

  /** An object in the namespace of another one. */
  beside(
    { namespace }: Pick<ManifestObject, 'namespace'>,
    group: string,
    kind: string,
    name: string,
  ): ManifestObject | undefined {
    return this.byIdentity.get([group, kind, namespace, name].join('/'));
  }

  /** The workloads whose pods a Service or a NetworkPolicy selects. */
  behind(service: ManifestObject): readonly Workload[] {
    return this.selections.of(service).workloads;
  }

  /**
   * The workloads to whose pods a Service sends requests: of those that it selects, the ones with a port that it sends to.
   * If none has one, which is a mistake, all of them.
   */
  readonly reachedBy = once((service: ManifestObject): readonly Workload[] => {
    const selected = this.behind(service);
    const reached = this.workloadsByPort(selected).reachedBy(service);
    return reached.length > 0 ? reached : selected;
  });

  /** Workloads that something selects, by the ports of their pods. */
  readonly workloadsByPort = once((workloads: readonly Workload[]) => new PodsByPort(workloads));

  private readonly otherPodsByPort = once((pods: readonly OtherPod[]) => new PodsByPort(pods));

  /** The ways by which Ingresses and routes come to a Service. */
  backendsTo({ namespace, name }: ManifestObject): readonly Backend[] {
    return this.backendsByService.get(JSON.stringify([namespace, name])) ?? [];
  }

  /** Those of some workloads that have pods. */
  readonly running = once((workloads: readonly Workload[]): readonly Workload[] =>
    workloads.filter(({ replicas }) => replicas !== 0),
  );

  /** The workloads behind a Service that have pods. */
  runningBehind(service: ManifestObject): readonly Workload[] {
    return this.running(this.behind(service));
  }

  /** The workload that an object describes. */
  workload(object: ManifestObject): Workload | undefined {
    return this.byObject.get(object);
  }

  /** Objects that are in the old manifests and in these, each with what it was before. */
  changes(from: State, objects: readonly ManifestObject[]): readonly Change[] {
    return this.changesSince(from)(objects);
  }

  private readonly changesSince = once((from: State) =>
    once((objects: readonly ManifestObject[]) =>
      objects.flatMap((object): readonly Change[] => {
        const before = from.find(object);
        return before === undefined ? [] : [{ before, object }];
      }),
    ),
  );

  /** The workloads whose pods a PodDisruptionBudget protects. */
  protectedBy(budget: ManifestObject): readonly Workload[] {
    return this.selections.of(budget).workloads;
  }

  /** The pods without a workload that a PodDisruptionBudget protects. */
  otherPodsProtectedBy(budget: ManifestObject): readonly OtherPod[] {
    return this.selections.of(budget).otherPods;
  }

  /** The Services that select the pods of a workload, in lists of those with equal selectors. */
  servicesOf(workload: Workload): readonly (readonly ManifestObject[])[] {
    return this.byWorkload(this.services).get(workload) ?? [];
  }

  /** The pods without a workload to which a Service sends requests. */
  otherPodsReachedBy(service: ManifestObject): readonly OtherPod[] {
    return this.otherPodsByPort(this.selections.of(service).otherPods).reachedBy(service);
  }

  /** Whether a Service selects a pod that is not of a workload. */
  isSelected(pod: OtherPod): boolean {
    return this.selectedOtherPods(this.services).has(pod);
  }

  /** The containers of a workload that declare a port to which a Service sends; all of them if none does. */
  readonly answering = once((workload: Workload): readonly Container[] => {
    const { containers, ports } = workload.pod;
    const declaring = new Set<Container>();
    for (const services of this.servicesOf(workload)) {
      for (const port of inBoth(this.targetPorts(services), ports)) {
        for (const container of ports.get(port)?.containers ?? []) {
          declaring.add(container);
        }
      }
    }
    return declaring.size > 0 ? containers.filter((container) => declaring.has(container)) : containers;
  });

  /** The first two PodDisruptionBudgets of a workload's pods: one is right, and to know that there are two is enough. */
  readonly budgetsOf = once((workload: Workload): readonly ManifestObject[] => {
    const lists = this.byWorkload(this.budgets).get(workload) ?? [];
    return lists
      .slice(0, 2)
      .flatMap((budgets) => budgets.slice(0, 2))
      .slice(0, 2);
  });

  /**
   * Whether the manifests have pods in the namespace of a Service or PodDisruptionBudget, and none that it selects. Pods of
   * every kind count that has its pod template in the same place as a Deployment, such as an Argo Rollout. False where that is
   * unknown: in namespaces with pods of an operator, in kube-system, where the pods of the cluster itself are, and for labels that
   * programs set on their pods.
   */
  selectsNone(object: ManifestObject): boolean {
    const { namespace } = object;
    return (
      this.selections.hasLabels(namespace) &&
      this.selections.of(object).isEmpty &&
      !this.isOperated(namespace) &&
      namespace !== 'kube-system' &&
      !this.selections.mayMatchAtRunTime(object)
    );
  }

  /** The HorizontalPodAutoscaler of a workload, or its ScaledObject of KEDA. */
  autoscalerOf(workload: Workload): Autoscaler | undefined {
    return this.autoscalerByTarget.get(keyOf(workload));
  }

  /** What sets the replicas of a workload whatever its manifest says: its autoscaler, or a Canary of Flagger. */
  scalerOf(workload: Workload): Scaler | undefined {
    return this.autoscalerOf(workload) ?? this.canaryByTarget.get(keyOf(workload));
  }

  /** The workload that an autoscaler or a Canary scales. */
  scaledBy({ object, target }: Scaler): Workload | undefined {
    return this.workloadByTarget.get(targetKey(object.namespace, target.kind, target.name));
  }

  /** The workloads whose pods the selector of a workload matches, by which its autoscaler counts them. */
  countedWith({ object }: Workload): readonly Workload[] {
    return this.selections.of(object).workloads;
  }

  /**
   * The fewest pods that a workload normally has: the minimum of its autoscaler, its replicas, or 1. An autoscaler that may go
   * down to 0 counts as 1: with none there is nothing to lose.
   */
  readonly fewestPods = once((workload: Workload): number => {
    const autoscaler = this.autoscalerOf(workload);
    return autoscaler === undefined ? (workload.replicas ?? 1) : Math.max(1, autoscaler.minimum.pods ?? 1);
  });

  /**
   * The workloads that get requests through a Service. A workload scaled to 0 serves nobody, and a Service that is only
   * monitored has no users who wait for an answer.
   */
  serving(): readonly Workload[] {
    return [...this.servingBy(this.services)];
  }

  /**
   * The workloads with ports that no Service selects, so that nothing says whether they get requests. Ports that are only
   * monitored get none, and Knative makes the way to its pods by itself.
   */
  unselected(): readonly Workload[] {
    const selected = this.byWorkload(this.services);
    return this.workloads.filter(
      (workload) =>
        workload.replicas !== 0 &&
        workload.object.group !== 'serving.knative.dev' &&
        !selected.has(workload) &&
        hasPorts(workload),
    );
  }

  /** Whether a workload gets requests through a Service. */
  isServing(workload: Workload): boolean {
    return this.servingBy(this.services).has(workload);
  }

  /** Whether at least one of some workloads gets requests through a Service. */
  readonly someServe = once((workloads: readonly Workload[]): boolean =>
    workloads.some((workload) => this.isServing(workload)),
  );

  private readonly servingBy = once((services: readonly ManifestObject[]): ReadonlySet<Workload> => {
    const lists = new Set(services.filter((service) => !isOnlyMonitored(service)).map(this.reachedBy));
    const reached = new Set([...lists].flat());
    return new Set(this.workloads.filter((one) => one.replicas !== 0 && reached.has(one)));
  });

  private readonly selectedOtherPods = once((services: readonly ManifestObject[]): ReadonlySet<OtherPod> => {
    const selections = new Set(services.map(this.selections.of));
    return new Set([...selections].flatMap(({ otherPods }) => otherPods));
  });

  private readonly targetPorts = once(targetPorts);

  private readonly byWorkload = once((objects: readonly ManifestObject[]) =>
    this.selections.byWorkload(objects),
  );

  /** The object whose template a workload uses, if that is not its own. */
  private templatedBy(object: ManifestObject): ManifestObject | undefined {
    const { kind, name } = referenceOf(object) ?? {};
    return kind === undefined ? undefined : this.beside(object, 'apps', String(kind), String(name));
  }

  /** Whether an operator makes pods in a namespace. A namespace that is not named may be any. */
  private isOperated(namespace: string): boolean {
    return namespace === '' ? this.operated.size > 0 : this.operated.has(namespace);
  }
}

const NONE: readonly ManifestObject[] = [];

/** Whether a workload declares a port that is not only for monitoring. */
function hasPorts({ pod }: Workload): boolean {
  return (
    pod.ports.size > 0 &&
    pod.containers.some(({ spec }) => items(spec.ports).some(({ item }) => !isMonitored(item)))
  );
}

/** The key of a workload as a target of autoscalers. */
function keyOf({ object }: Workload): string {
  return targetKey(object.namespace, object.kind, object.name);
}

/** The keys that are both in a set and in a map. Goes through the smaller one. */
function inBoth<K>(set: ReadonlySet<K>, map: ReadonlyMap<K, unknown>): readonly K[] {
  return set.size < map.size
    ? [...set].filter((key) => map.has(key))
    : [...map.keys()].filter((key) => set.has(key));
}
