import type { Fields } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import { addTo } from './grouped.js';
import { meets, requirementsOf, selectorOf, type Requirement } from './selector.js';

/** What a selector may select. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Fields;
}

/** So many times are labels compared with what selectors ask, before it would take too long. */
export const mostComparisons = 5_000_000;

/** Many objects have selectors that differ, and that each select many pods. */
export class TooManySelected extends Error {
  override name = 'TooManySelected';

  /** @param object the one with which it was too much */
  constructor(readonly object: ManifestObject) {
    super('too many selectors that differ select too many pods; check the namespaces one by one');
  }
}

/** Everything of one namespace, and the places of what has a label, by its name and value. */
interface Place<T> {
  readonly all: T[];
  readonly byLabel: Map<string, Map<unknown, number[]>>;
}

/** What has labels, so that a selector is not compared with all of it. */
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
   * @throws TooManySelected if that takes too long, with all that was selected before
   */
  select(object: ManifestObject, namespace = object.namespace): readonly T[] {
    const place = this.namespaces.get(namespace);
    const requirements = requirementsOf(selectorOf(object));
    if (place === undefined || requirements === undefined) {
      return [];
    }
    const candidates = candidatesIn(place, requirements);
    this.comparisons += candidates.length * Math.max(1, requirements.length);
    if (this.comparisons > mostComparisons) {
      throw new TooManySelected(object);
    }
    return candidates.filter(({ labels }) => requirements.every((requirement) => meets(labels, requirement)));
  }
}

function newPlace<T>(): Place<T> {
  return { all: [], byLabel: new Map() };
}

/** What has one of the values of the label of which the fewest have one; all if no value is asked for. */
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
