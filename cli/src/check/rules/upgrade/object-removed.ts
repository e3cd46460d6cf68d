import { once } from '../../model/once.js';
import type { State } from '../../model/state.js';
import type { Workload } from '../../model/workload.js';
import { at, isFields } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';
import { lostAddresses } from '../removals/addresses.js';
import { removedEntries } from '../removals/entries.js';
import { neededByOthers } from '../removals/needed.js';
import { renamedIngresses } from '../removals/renamed-ingresses.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const objectRemoved: UpgradeRule = {
  id: 'object-removed',
  severity: 'error',
  reason: 'where what is no longer in the manifests is deleted, requests to it, or through it, fail at once',
  fix: 'keep the object until nobody uses it; under a new name, add the new one first and remove the old one in a later change',
  check: function* (from, to) {
    yield* removedServicesAndWorkloads(from, to);
    yield* removedEntries(from, to);
    yield* neededByOthers(from, to);
    yield* lostAddresses(from, to);
    yield* renamedIngresses(from, to);
  },
};

function removedServicesAndWorkloads(from: State, to: State): readonly Breach[] {
  const areGone = once((running: readonly Workload[]) =>
    running.every(({ object }) => to.after(object) === undefined),
  );
  const successorOf = successors(from, to);
  const workloads = from
    .serving()
    .filter((workload) => from.servicesOf(workload).some(([service]) => areGone(from.runningBehind(service))))
    .map(({ object }) => object);
  return [...from.services, ...workloads]
    .filter((object) => to.deletes(object))
    .map((object) => {
      const successor = successorOf(object);
      const renamed = successor === undefined ? '' : `, and ${title(successor)} takes its place`;
      return { object, path: [], what: `it is not in the new manifests${renamed}` };
    });
}

/** Finds the new object that probably replaces one that is gone: for the same pods, under another name, kind or namespace. */
function successors(from: State, to: State): (old: ManifestObject) => ManifestObject | undefined {
  const isNew = (object: ManifestObject) => from.find(object) === undefined;
  const services = new NewObjects(to.services.filter(isNew), ({ body }) => at(body, 'spec', 'selector'));
  const workloads = new NewObjects(
    to.workloadObjects.filter(isNew),
    (object) => to.workload(object)?.pod.labels,
  );
  return (old) => {
    const workload = from.workload(old);
    if (workload !== undefined) {
      return workloads.find(old.name, workload.pod.labels);
    }
    const selector = at(old.body, 'spec', 'selector');
    return selector === undefined ? undefined : services.find(old.name, selector);
  };
}

/** New objects by their names and by the labels of their pods. */
class NewObjects {
  private readonly places = new Map<string, number>();

  constructor(
    private readonly objects: readonly ManifestObject[],
    labelsOf: (object: ManifestObject) => unknown,
  ) {
    objects.forEach((object, place) => {
      for (const key of keysOf(object.name, labelsOf(object))) {
        if (!this.places.has(key)) {
          this.places.set(key, place);
        }
      }
    });
  }

  /** The first one that has the name or the labels. */
  find(name: string, labels: unknown): ManifestObject | undefined {
    const places = keysOf(name, labels).flatMap((key) => this.places.get(key) ?? []);
    return places.length === 0 ? undefined : this.objects[Math.min(places[0], places[places.length - 1])];
  }
}

function keysOf(name: string, labels: unknown): readonly string[] {
  const inOrder = isFields(labels)
    ? Object.keys(labels)
        .sort()
        .map((label) => [label, labels[label]])
    : labels;
  return [`name ${name}`, `labels ${JSON.stringify(inOrder)}`];
}
