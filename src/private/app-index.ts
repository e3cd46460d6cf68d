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
   * It is made anew each time cdk8s validates the app: validation starts at the root, so the walk costs once
   * per synth and not once per service.
   */
  public static of(construct: IConstruct): AppIndex {
    const { root } = construct.node;
    let index = this.byRoot.get(root);
    if (!index) {
      const created = new AppIndex();
      root.node.addValidation({ validate: () => created.rebuild(root) });
      this.byRoot.set(root, created);
      index = created;
    }
    return index;
  }

  private readonly objects = new Map<string, ApiObject[]>();
  private readonly autoscalers = new Map<Deployment, HorizontalPodAutoscaler>();

  /** All objects of a kind, such as `apps/Deployment`, that have this name in this namespace. */
  public find(kind: string, namespace: string | undefined, name: string): ApiObject[] {
    return this.objects.get(key(kind, namespace, name)) ?? [];
  }

  /** All other objects of the same kind that have the same name in the same namespace. */
  public namesakes(own: ApiObject): ApiObject[] {
    return this.find(kindOf(own), own.metadata.namespace, own.name).filter((object) => object !== own);
  }

  /** The autoscaler of a Deployment. */
  public autoscalerOf(deployment: Deployment): HorizontalPodAutoscaler | undefined {
    return this.autoscalers.get(deployment);
  }

  private rebuild(root: IConstruct): string[] {
    this.objects.clear();
    this.autoscalers.clear();
    for (const construct of root.node.findAll()) {
      if (construct instanceof ApiObject) {
        const id = key(kindOf(construct), construct.metadata.namespace, construct.name);
        this.objects.set(id, [...(this.objects.get(id) ?? []), construct]);
      } else if (construct instanceof HorizontalPodAutoscaler) {
        this.autoscalers.set(construct.target as unknown as Deployment, construct);
      }
    }
    return [];
  }
}

/** The kind with its API group: other groups have kinds of the same name. */
function kindOf({ apiGroup, kind }: ApiObject): string {
  return `${apiGroup}/${kind}`;
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
