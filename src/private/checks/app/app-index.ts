import { ApiObject } from 'cdk8s';
import type { Deployment, IScalable } from 'cdk8s-plus-27';
import { HorizontalPodAutoscaler } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import type { Identity } from '../../settings/identity';
import type { PodOwner, Selecting } from './pod-index';
import { POD_KINDS, PodIndex } from './pod-index';
import { push } from './push';
import type { SharedRoute } from './route-index';
import { ROUTE_KINDS, RouteIndex } from './route-index';
import { Synthesis } from './synthesis';

/** An object that sets the number of a Deployment's pods. */
export interface Autoscaler {
  readonly object: ApiObject;
  /** The construct of cdk8s-plus-27 that made it, if there is one. */
  readonly autoscaler?: HorizontalPodAutoscaler;
  /** Name of its field for the fewest pods. */
  readonly minField: string;
  readonly minReplicas: number;
}

/** Objects that set the number of pods: their field for the fewest pods, and its default. */
const AUTOSCALERS: Record<string, { minField: string; defaultMin: number }> = {
  'autoscaling/HorizontalPodAutoscaler': { minField: 'minReplicas', defaultMin: 1 },
  'keda.sh/ScaledObject': { minField: 'minReplicaCount', defaultMin: 0 },
};

/**
 * What the checks at synth have to know of the rest of the app, gathered in one walk over the tree.
 */
export class AppIndex {
  private static readonly byRoot = new WeakMap<IConstruct, AppIndex>();

  /**
   * The index of the app that a construct belongs to.
   *
   * It is updated when cdk8s validates the app. Validation starts at the root, so there is one walk for all services.
   */
  public static of(construct: IConstruct): AppIndex {
    const { root } = construct.node;
    let index = this.byRoot.get(root);
    if (!index) {
      const created = new AppIndex(root);
      root.node.addValidation({ validate: () => created.update() });
      this.byRoot.set(root, created);
      index = created;
    }
    return index;
  }

  private readonly synthesis: Synthesis;
  private checked = false;
  private constructs: IConstruct[] = [];
  private readonly byKind = new Map<string, ApiObject[]>();
  private readonly objects = new Map<string, ApiObject[]>();
  private readonly groups = new Map<ApiObject, ApiObject[]>();
  private readonly autoscalers = new Map<IScalable, HorizontalPodAutoscaler[]>();
  private readonly plainAutoscalers: ApiObject[] = [];
  private plainByTarget?: Map<string, Autoscaler[]>;
  /** Objects that our constructs made. */
  private readonly ours = new WeakSet<ApiObject>();
  /** Names and labels of our Deployments. */
  private readonly identities = new WeakMap<ApiObject, Identity>();
  private ownPods = new PodIndex();
  private otherPods?: PodIndex;
  private routes?: RouteIndex;

  private constructor(private readonly root: IConstruct) {
    this.synthesis = new Synthesis(root);
  }

  /** Whether the whole app passed its checks already, and has not changed since. */
  public isChecked(): boolean {
    return this.checked;
  }

  /** Registers the objects that one of our constructs made, and the names and labels of its Deployment. */
  public addOurs(objects: ApiObject[], deployment: Deployment, identity: Identity): void {
    objects.forEach((object) => this.ours.add(object));
    this.identities.set(ApiObject.of(deployment), identity);
  }

  /** Whether there is any object of a kind. */
  public has(kind: string): boolean {
    return this.byKind.has(kind);
  }

  /** All objects of a kind, such as `apps/Deployment`, that have this name in this namespace. */
  public find(kind: string, namespace: string | undefined, name: string): ApiObject[] {
    return this.objects.get(key(kind, namespace, name)) ?? [];
  }

  /** All other objects of the same kind that have the same name in the same namespace. */
  public namesakes(own: ApiObject): ApiObject[] {
    return (this.groups.get(own) ?? []).filter((object) => object !== own);
  }

  /** The autoscalers of a Deployment: constructs of cdk8s-plus-27 and plain objects. */
  public autoscalersOf(deployment: Deployment): Autoscaler[] {
    const { metadata, name } = deployment;
    this.plainByTarget ??= byTarget(this.plainAutoscalers);
    return [
      ...(this.autoscalers.get(deployment) ?? []).map((autoscaler) => ({
        object: ApiObject.of(autoscaler),
        autoscaler,
        minField: 'minReplicas',
        minReplicas: autoscaler.minReplicas,
      })),
      ...(this.plainByTarget.get(key('Deployment', metadata.namespace, name)) ?? []),
    ];
  }

  /** Everything in the namespace of `own` that runs pods with all these labels, `own` included. */
  public podsWith(own: ApiObject, labels: Record<string, string>): PodOwner[] {
    return [this.ownPods, this.others()].flatMap((pods) => pods.ownersOf(own, labels));
  }

  /** Everything in the namespace of `own` that selects pods with these labels, `own` included. */
  public selecting(own: ApiObject, labels: Record<string, string>): Selecting[] {
    return [this.ownPods, this.others()].flatMap((pods) => pods.selectingThese(own, labels));
  }

  /** The objects of a kind in the namespace of `own`, except those of our constructs. */
  public beside(own: ApiObject, kind: string): ApiObject[] {
    const { namespace } = own.metadata;
    return this.ofKinds([kind]).filter(
      (object) => !this.ours.has(object) && object.metadata.namespace === namespace,
    );
  }

  /** The routes of an Ingress or HTTPRoute that another object has too. */
  public sharedRoutes(own: ApiObject): SharedRoute[] {
    this.routes ??= new RouteIndex(this.ofKinds(ROUTE_KINDS));
    return this.routes.shared(own);
  }

  private others(): PodIndex {
    if (!this.otherPods) {
      this.otherPods = new PodIndex();
      for (const object of this.ofKinds(POD_KINDS)) {
        if (!this.ours.has(object)) {
          this.otherPods.add(object, kindOf(object));
        }
      }
    }
    return this.otherPods;
  }

  private ofKinds(kinds: readonly string[]): ApiObject[] {
    return kinds.flatMap((kind) => this.byKind.get(kind) ?? []);
  }

  /**
   * What is indexed of a construct never changes, so the index is valid as long as the tree has the same
   * constructs.
   */
  private update(): string[] {
    this.checked = this.synthesis.isRepeated();
    if (this.checked) {
      return [];
    }
    const constructs = this.root.node.findAll();
    const { length } = this.constructs;
    if (constructs.length !== length || constructs.some((construct, i) => construct !== this.constructs[i])) {
      this.constructs = constructs;
      this.rebuild();
    }
    // The content of a plain object may change.
    this.plainByTarget = undefined;
    this.otherPods = undefined;
    this.routes = undefined;
    return [];
  }

  private rebuild(): void {
    this.byKind.clear();
    this.ownPods = new PodIndex();
    this.objects.clear();
    this.groups.clear();
    this.autoscalers.clear();
    this.plainAutoscalers.length = 0;
    for (const construct of this.constructs) {
      if (construct instanceof ApiObject) {
        this.add(construct);
      } else if (construct instanceof HorizontalPodAutoscaler) {
        push(this.autoscalers, construct.target, construct);
      }
    }
  }

  private add(object: ApiObject): void {
    const kind = kindOf(object);
    // A Namespace is in no namespace, although cdk8s gives it that of its chart.
    const namespace = kind === 'core/Namespace' ? undefined : object.metadata.namespace;
    push(this.byKind, kind, object);
    this.groups.set(object, push(this.objects, key(kind, namespace, object.name), object));
    if (kind in AUTOSCALERS && !(object.node.scope instanceof HorizontalPodAutoscaler)) {
      this.plainAutoscalers.push(object);
    }
    const identity = this.identities.get(object);
    if (identity) {
      this.ownPods.addOwner({ object, labels: identity.podLabels });
      this.ownPods.addSelecting({ object, selector: { matchLabels: identity.selector } });
    }
  }
}

/** Plain objects that set the number of pods, by the target that they name. */
function byTarget(objects: ApiObject[]): Map<string, Autoscaler[]> {
  const found = new Map<string, Autoscaler[]>();
  for (const object of objects) {
    const { scaleTargetRef = {}, ...spec } = object.toJson().spec ?? {};
    const target = key(scaleTargetRef.kind ?? 'Deployment', object.metadata.namespace, scaleTargetRef.name);
    const { minField, defaultMin } = AUTOSCALERS[kindOf(object)];
    push(found, target, { object, minField, minReplicas: spec[minField] ?? defaultMin });
  }
  return found;
}

/** The kind with its API group: other groups have kinds of the same name. */
function kindOf({ apiGroup, kind }: ApiObject): string {
  return `${apiGroup}/${kind}`;
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
