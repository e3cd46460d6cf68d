import type { ApiObject } from 'cdk8s';
import { Workload } from 'cdk8s-plus-27';
import { push } from './push';
import { rendered } from './rendered';

type Labels = Readonly<Record<string, string>>;

/** An object that runs pods, and their labels. */
export interface PodOwner {
  readonly object: ApiObject;
  readonly labels: Labels;
}

/** An object that selects pods. */
export interface Selecting {
  readonly object: ApiObject;
  readonly selector: LabelSelector;
}

/** As Kubernetes writes it. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

/** Objects that run pods, and where the metadata of the pods stands. */
const POD_OWNERS: Record<string, (spec: Spec) => { readonly labels?: Labels } | undefined> = {
  'apps/Deployment': ofTemplate,
  'apps/StatefulSet': ofTemplate,
  'apps/DaemonSet': ofTemplate,
  'apps/ReplicaSet': ofTemplate,
  'core/ReplicationController': ofTemplate,
  'batch/Job': ofTemplate,
  'batch/CronJob': (spec) => spec.jobTemplate?.spec?.template?.metadata,
  'argoproj.io/Rollout': ofTemplate,
};

/** Objects that select pods by `spec.selector`: a selector, or for older kinds a map of labels. */
const SELECTING: Record<string, (spec: Spec) => LabelSelector | undefined> = {
  'apps/Deployment': ({ selector }) => selector,
  'apps/StatefulSet': ({ selector }) => selector,
  'apps/DaemonSet': ({ selector }) => selector,
  'apps/ReplicaSet': ({ selector }) => selector,
  'argoproj.io/Rollout': ({ selector }) => selector,
  'policy/PodDisruptionBudget': ({ selector }) => selector,
  'core/ReplicationController': ({ selector }) => selector && { matchLabels: selector },
};

/** All kinds of objects that run or select pods. */
export const POD_KINDS = [...new Set(['core/Pod', ...Object.keys(POD_OWNERS), ...Object.keys(SELECTING)])];

type Spec = any; // eslint-disable-line @typescript-eslint/no-explicit-any

function ofTemplate({ template }: Spec): { readonly labels?: Labels } | undefined {
  return template?.metadata;
}

/**
 * Finds by labels which objects run or select pods, without a look at every object.
 */
export class PodIndex {
  private readonly owners = new Map<string, PodOwner[]>();
  private readonly selecting = new Map<string, Selecting[]>();

  /** Adds an object, if it runs pods or selects some. */
  public add(object: ApiObject, kind: string): void {
    const { scope } = object.node;
    if (kind === 'core/Pod') {
      this.addOwner({ object, labels: object.metadata.toJson()?.labels ?? {} });
    } else if (scope instanceof Workload) {
      this.addOwner({ object, labels: scope.podMetadata.toJson()?.labels ?? {} });
      this.addSelecting({ object, selector: scope });
    } else if (kind in POD_OWNERS || kind in SELECTING) {
      const spec: Spec = rendered(object).spec ?? {};
      this.addOwner({ object, labels: POD_OWNERS[kind]?.(spec)?.labels ?? {} });
      this.addSelecting({ object, selector: SELECTING[kind]?.(spec) });
    }
  }

  public addOwner(owner: PodOwner): void {
    for (const label of Object.entries(owner.labels)) {
      push(this.owners, key(owner.object, label), owner);
    }
  }

  public addSelecting({ object, selector }: { object: ApiObject; selector?: LabelSelector }): void {
    if (selector) {
      // One of the labels is enough to find it. A selector without labels is found by its namespace.
      const [label] = Object.entries(selector.matchLabels ?? {});
      push(this.selecting, key(object, label), { object, selector });
    }
  }

  /** The objects in the namespace of `own` whose pods have all these labels, `own` included. */
  public ownersOf(own: ApiObject, matchLabels: Labels): PodOwner[] {
    const [fewest = []] = Object.entries(matchLabels)
      .map((label) => this.owners.get(key(own, label)) ?? [])
      .sort((one, other) => one.length - other.length);
    return fewest.filter(({ labels }) => matches({ matchLabels }, labels));
  }

  /** The objects in the namespace of `own` that select pods with these labels, `own` included. */
  public selectingThese(own: ApiObject, labels: Labels): Selecting[] {
    return [undefined, ...Object.entries(labels)]
      .flatMap((label) => this.selecting.get(key(own, label)) ?? [])
      .filter(({ selector }) => matches(selector, labels));
  }
}

function key({ metadata }: ApiObject, label?: [string, string]): string {
  return `${metadata.namespace ?? ''}/${label?.join('=') ?? ''}`;
}

/** Source: Kubernetes' rules for label selectors. */
function matches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const has = (label: string) => Object.hasOwn(labels, label);
  return (
    Object.entries(matchLabels).every(([label, value]) => has(label) && labels[label] === value) &&
    matchExpressions.every(({ key: label, operator, values = [] }) => {
      const isOneOf = has(label) && values.includes(labels[label]);
      return (
        { In: isOneOf, NotIn: !isOneOf, Exists: has(label), DoesNotExist: !has(label) }[operator] ?? false
      );
    })
  );
}
