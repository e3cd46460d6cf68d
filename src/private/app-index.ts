import { ApiObject } from 'cdk8s';
import { Deployment, HorizontalPodAutoscaler } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';

/**
 * What the checks at synth have to know of the rest of the app, gathered in one walk over the tree.
 */
export class AppIndex {
  private static readonly byRoot = new WeakMap<IConstruct, AppIndex>();

  /**
   * The index of the app that a construct belongs to.
   *
   * It is brought up to date each time cdk8s validates the app, which App.synth does once more per chart.
   * Validation starts at the root, so the walk costs once per validation and not once per service.
   */
  public static of(construct: IConstruct): AppIndex {
    const { root } = construct.node;
    let index = this.byRoot.get(root);
    if (!index) {
      const created = new AppIndex();
      root.node.addValidation({ validate: () => created.update(root.node.findAll()) });
      this.byRoot.set(root, created);
      index = created;
    }
    return index;
  }

  private constructs: IConstruct[] = [];
  private readonly kinds = new Set<string>();
  private readonly objects = new Map<string, ApiObject[]>();
  private readonly groups = new Map<ApiObject, ApiObject[]>();
  private readonly autoscalers = new Map<Deployment, HorizontalPodAutoscaler>();

  /** Whether there is any object of a kind. */
  public has(kind: string): boolean {
    return this.kinds.has(kind);
  }

  /** All objects of a kind, such as `apps/Deployment`, that have this name in this namespace. */
  public find(kind: string, namespace: string | undefined, name: string): ApiObject[] {
    return this.objects.get(key(kind, namespace, name)) ?? [];
  }

  /** All other objects of the same kind that have the same name in the same namespace. */
  public namesakes(own: ApiObject): ApiObject[] {
    return (this.groups.get(own) ?? []).filter((object) => object !== own);
  }

  /** The autoscaler of a Deployment. */
  public autoscalerOf(deployment: Deployment): HorizontalPodAutoscaler | undefined {
    return this.autoscalers.get(deployment);
  }

  /** What is indexed of a construct never changes, so the index holds as long as the tree has the same ones. */
  private update(constructs: IConstruct[]): string[] {
    const { length } = this.constructs;
    if (constructs.length !== length || constructs.some((construct, i) => construct !== this.constructs[i])) {
      this.constructs = constructs;
      this.rebuild();
    }
    return [];
  }

  private rebuild(): void {
    this.kinds.clear();
    this.objects.clear();
    this.groups.clear();
    this.autoscalers.clear();
    for (const construct of this.constructs) {
      if (construct instanceof ApiObject) {
        this.add(construct);
      } else if (construct instanceof HorizontalPodAutoscaler) {
        this.autoscalers.set(construct.target as unknown as Deployment, construct);
      }
    }
  }

  private add(object: ApiObject): void {
    const kind = kindOf(object);
    // A Namespace is in no namespace, although cdk8s gives it that of its chart.
    const namespace = kind === 'core/Namespace' ? undefined : object.metadata.namespace;
    const id = key(kind, namespace, object.name);
    const group = this.objects.get(id) ?? [];
    group.push(object);
    this.kinds.add(kind);
    this.objects.set(id, group);
    this.groups.set(object, group);
  }
}

/** The kind with its API group: other groups have kinds of the same name. */
function kindOf({ apiGroup, kind }: ApiObject): string {
  return `${apiGroup}/${kind}`;
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
