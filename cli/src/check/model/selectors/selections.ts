import type { ManifestObject } from '../../read/object.js';
import { groupBy, addTo } from '../values/grouped.js';
import { once } from '../values/once.js';
import { podLabelsOf, type OtherPod } from '../workloads/other-pod.js';
import { isOfRunTime } from '../workloads/run-time-labels.js';
import { Selectable, type Labelled } from './selectable.js';
import { requirementsOf, selectorOf } from './selector.js';
import type { Workload } from '../workloads/workload.js';

/** What a selector selects in a namespace. */
export interface Selection {
  readonly workloads: readonly Workload[];
  readonly otherPods: readonly OtherPod[];
  /** Whether it selects no pod of any kind. */
  readonly isEmpty: boolean;
}

/** Pods that a selector may select, and their workload or other pod if rules need it. */
interface Pods extends Labelled {
  readonly workload?: Workload;
  readonly otherPod?: OtherPod;
}

/**
 * What Services and PodDisruptionBudgets select. Those of one namespace with equal selectors share one selection, so that
 * memory does not grow with the number of pairs.
 */
export class Selections {
  private readonly selectable: Selectable<Pods>;
  private readonly bySelector = new Map<string, Selection>();
  /** The namespaces in which a pod has labels. */
  private readonly withLabels: ReadonlySet<string>;

  constructor(
    objects: readonly ManifestObject[],
    workloads: readonly Workload[],
    otherPods: readonly OtherPod[],
  ) {
    const known = new Set([...workloads, ...otherPods].map(({ object }) => object));
    const unknown = objects.flatMap((object) => {
      const labels = known.has(object) ? undefined : podLabelsOf(object);
      return labels === undefined ? [] : [{ namespace: object.namespace, labels }];
    });
    const pods: Pods[] = [
      ...workloads.map((workload) => ({ ...labelled(workload), workload })),
      ...otherPods.map((otherPod) => ({ ...labelled(otherPod), otherPod })),
      ...unknown,
    ];
    this.selectable = new Selectable(pods);
    this.withLabels = new Set(
      pods.filter(({ labels }) => Object.keys(labels).length > 0).map(({ namespace }) => namespace),
    );
  }

  /**
   * What a Service or PodDisruptionBudget selects.
   * @throws TooManySelected if all of them select too many
   */
  readonly of = once((object: ManifestObject): Selection => {
    const key = JSON.stringify([object.namespace, selectorOf(object)]);
    let selection = this.bySelector.get(key);
    if (selection === undefined) {
      const pods = this.selectable.select(object);
      selection = pods.length === 0 ? NOTHING_SELECTED : toSelection(pods);
      this.bySelector.set(key, selection);
    }
    return selection;
  });

  /**
   * Whether an object that selects nothing may select pods while they run: some have all that it asks for but labels of run time,
   * and no value of those.
   */
  mayMatchAtRunTime(object: ManifestObject): boolean {
    const requirements = requirementsOf(selectorOf(object)) ?? [];
    const [later, now] = [true, false].map((isLater) =>
      requirements.filter((requirement) => isOfRunTime(requirement) === isLater),
    );
    if (later.length === 0 || now.length === 0) {
      return false;
    }
    return this.selectable
      .meeting(object, now)
      .some(({ labels }) => later.every(({ label }) => !Object.hasOwn(labels, label)));
  }

  /** Whether there are pods with labels in a namespace. */
  hasLabels(namespace: string): boolean {
    return this.withLabels.has(namespace);
  }

  /** For each workload, the objects that select it, in lists of those that share a selection. */
  byWorkload(
    objects: readonly ManifestObject[],
  ): ReadonlyMap<Workload, readonly (readonly ManifestObject[])[]> {
    const found = new Map<Workload, (readonly ManifestObject[])[]>();
    for (const [{ workloads }, sharing] of groupBy(objects, this.of)) {
      for (const workload of workloads) {
        addTo(found, workload, sharing);
      }
    }
    return found;
  }
}

/** Shared by all that select nothing, so that what is worked out for it is worked out once. */
const NOTHING_SELECTED: Selection = { workloads: [], otherPods: [], isEmpty: true };

function toSelection(pods: readonly Pods[]): Selection {
  return {
    workloads: pods.flatMap(({ workload }) => workload ?? []),
    otherPods: pods.flatMap(({ otherPod }) => otherPod ?? []),
    isEmpty: false,
  };
}

function labelled({ object, pod }: Workload | OtherPod): Labelled {
  return { namespace: object.namespace, labels: pod.labels };
}
