import { once } from '../../model/values/once.js';
import { ownersOf, placesOf } from '../../model/services/places.js';
import type { Workload } from '../../model/workloads/workload.js';
import { servicePorts } from '../../model/services/service.js';
import type { State } from '../../model/state.js';
import { fields, isFields } from '../../read/fields.js';
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
  // Knative makes the way to the pods of its Services by itself.
  const served = [...from.services, ...from.ofKind('serving.knative.dev', 'Service'), ...workloads];
  return [...new Set(served)]
    .filter((object) => to.deletes(object))
    .map((object) => {
      const successor = successorOf(object);
      const renamed =
        successor === undefined
          ? ''
          : `, and ${title(successor)} takes its place${withOtherPlace(object, successor)}`;
      return { object, path: [], what: `it is not in the new manifests${renamed}` };
    });
}

/** What the new one of two Services needs so that it can be there before the old one is deleted. */
function withOtherPlace(old: ManifestObject, successor: ManifestObject): string {
  const same = placesOf(successor).find(ownersOf([old]));
  return same === undefined
    ? ''
    : `, which needs another ${same.kind} than ${same.value} to be there beside it`;
}

/** Finds the new object that probably replaces one that is gone: for the same pods, under another name, kind or namespace. */
function successors(from: State, to: State): (old: ManifestObject) => ManifestObject | undefined {
  const isNew = (object: ManifestObject) => from.find(object) === undefined;
  const services = new NewObjects(to.services.filter(isNew), keysOfService);
  const workloads = new NewObjects(to.workloadObjects.filter(isNew), (object) =>
    keysOfWorkload(object, to.workload(object)),
  );
  return (old) => {
    const workload = from.workload(old);
    return workload === undefined
      ? services.find(keysOfService(old))
      : workloads.find(keysOfWorkload(old, workload));
  };
}

/** New objects by what they may have in common with one that is gone. */
class NewObjects {
  private readonly byKey = new Map<string, readonly ManifestObject[]>();

  constructor(objects: readonly ManifestObject[], keysOf: (object: ManifestObject) => readonly string[]) {
    for (const object of objects) {
      for (const key of keysOf(object)) {
        this.byKey.set(key, [...(this.byKey.get(key) ?? []).slice(0, 1), object]);
      }
    }
  }

  /** The one that has most in common. Of several nobody knows which one takes the place. */
  find(keys: readonly string[]): ManifestObject | undefined {
    for (const key of keys) {
      const [first, second] = this.byKey.get(key) ?? [];
      if (first !== undefined) {
        return second === undefined ? first : undefined;
      }
    }
    return undefined;
  }
}

/** What identifies a Service to its clients and its pods, from the most that another one may have in common. */
function keysOfService(object: ManifestObject): readonly string[] {
  const { selector, clusterIP } = fields(object.body.spec);
  if (selector === undefined) {
    return [];
  }
  const ports = servicePorts(object).map(({ port }) => port.port);
  const pods = JSON.stringify([inOrder(selector), ports, clusterIP === 'None']);
  return keysOf(object, pods);
}

function keysOfWorkload(object: ManifestObject, workload: Workload | undefined): readonly string[] {
  return keysOf(object, JSON.stringify(inOrder(workload?.pod.labels)));
}

function keysOf({ namespace, name }: ManifestObject, pods: string): readonly string[] {
  return [
    `name ${name} and pods ${pods}`,
    `namespace ${namespace} and pods ${pods}`,
    `namespace ${namespace} and name ${name}`,
    `pods ${pods}`,
  ];
}

function inOrder(labels: unknown): unknown {
  return isFields(labels)
    ? Object.keys(labels)
        .sort()
        .map((label) => [label, labels[label]])
    : labels;
}
