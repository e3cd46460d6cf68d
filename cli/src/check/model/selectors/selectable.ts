import type { Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { addTo } from '../values/grouped.js';
import { meets, requirementsOf, selectorOf, type Requirement } from './selector.js';

/** What a selector may select. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Fields;
}

/** The most comparisons of labels with selectors; more would take too long. */
export const MAX_COMPARISONS = 5_000_000;

/** Thrown when many objects have different selectors that each select many pods. */
export class TooManySelected extends Error {
  override name = 'TooManySelected';

  /** @param object the one whose selection was too much */
  constructor(readonly object: ManifestObject) {
    super('too many different selectors select too many pods; check the namespaces one by one');
  }
}

/** Everything in one namespace, and the indexes of what has a label, by the name and value of the label. */
interface Place<T> {
  readonly all: T[];
  readonly byLabel: Map<string, Map<unknown, number[]>>;
}

/** Things with labels, so that a selector is not compared with all of them. */
export class Selectable<T extends Labelled> {
  private readonly namespaces = new Map<string, Place<T>>();
  private comparisons = 0;

  constructor(all: Iterable<T>) {
    for (const one of all) {
      const place = this.namespaces.get(one.namespace) ?? newPlace<T>();
      this.namespaces.set(one.namespace, place);
      const index = place.all.push(one) - 1;
      for (const [name, value] of Object.entries(one.labels)) {
        const byValue = place.byLabel.get(name) ?? new Map<unknown, number[]>();
        place.byLabel.set(name, byValue);
        addTo(byValue, value, index);
      }
    }
  }

  /**
   * What a Service or PodDisruptionBudget selects in a namespace; its own, if no other is named.
   * @throws TooManySelected if this takes too long, together with all selections before
   */
  select(object: ManifestObject, namespace = object.namespace): readonly T[] {
    const requirements = requirementsOf(selectorOf(object));
    return requirements === undefined ? [] : this.meeting(object, requirements, namespace);
  }

  /**
   * What meets requirements of an object, in its own namespace if no other is named.
   * @throws TooManySelected if this takes too long, together with all selections before
   */
  meeting(
    object: ManifestObject,
    requirements: readonly Requirement[],
    namespace = object.namespace,
  ): readonly T[] {
    const place = this.namespaces.get(namespace);
    if (place === undefined) {
      return [];
    }
    const candidates = candidatesIn(place, requirements);
    this.comparisons += candidates.length * Math.max(1, requirements.length);
    if (this.comparisons > MAX_COMPARISONS) {
      throw new TooManySelected(object);
    }
    return candidates.filter(({ labels }) => requirements.every((requirement) => meets(labels, requirement)));
  }
}

function newPlace<T>(): Place<T> {
  return { all: [], byLabel: new Map() };
}

/** The things that have the rarest of the labels that a selector requires; all if it requires no label value. */
function candidatesIn<T>({ all, byLabel }: Place<T>, requirements: readonly Requirement[]): readonly T[] {
  let fewest: { readonly lists: readonly number[][]; readonly size: number } | undefined;
  for (const { label, operator, values } of requirements) {
    if (operator !== 'In') {
      continue;
    }
    const byValue = byLabel.get(label);
    const lists = [...values].map((value) => byValue?.get(value) ?? []);
    const size = lists.reduce((sum, { length }) => sum + length, 0);
    if (fewest === undefined || size < fewest.size) {
      fewest = { lists, size };
    }
  }
  if (fewest === undefined) {
    return all;
  }
  return fewest.lists
    .flat()
    .sort((one, other) => one - other)
    .map((index) => all[index]);
}
