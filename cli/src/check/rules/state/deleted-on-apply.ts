import { entriesOf } from '../../model/entries/entries.js';
import { gatewaysOf } from '../../model/entries/listeners.js';
import { recreationOf, recreationOfAll, type Recreation } from '../../model/apply/recreated.js';
import { configsOf } from '../../model/references/references.js';
import type { State } from '../../model/state.js';
import type { Workload } from '../../model/workloads/workload.js';
import type { ManifestObject } from '../../read/object.js';
import type { Breach, StateRule } from '../rule.js';

export const deletedOnApply: StateRule = {
  id: 'deleted-on-apply',
  severity: 'error',
  reason: 'the deployment tool deletes the object before it makes it anew, and until then nobody answers',
  fix: 'remove this setting; for a change that the API server refuses, make a second object under another name',
  check: function* (state) {
    for (const object of live(state)) {
      const recreation = recreationOf(object);
      if (recreation !== undefined) {
        yield breach(object, recreation);
      }
    }
    for (const object of mountedBy(state.serving(), state)) {
      const recreation = recreationOf(object);
      if (recreation?.isGone) {
        yield { ...breach(object, recreation), ...MOUNTED };
      }
    }
    for (const object of [
      ...state.ofKind('argoproj.io', 'Application'),
      ...state.ofKind('kustomize.toolkit.fluxcd.io', 'Kustomization'),
    ]) {
      const recreation = recreationOfAll(object);
      if (recreation !== undefined) {
        yield breach(object, recreation);
      }
    }
  },
};

const MOUNTED: Pick<Breach, 'reason' | 'fix'> = {
  reason: 'the deployment tool deletes the object when the hook is over, and pods that start later find none',
  fix: 'make it an object of its own, without the hook',
};

/** The objects that requests need: what serves, the ways to it, and what has other objects in it. */
function live(state: State): ReadonlySet<ManifestObject> {
  return new Set([
    ...state.serving().map(({ object }) => object),
    ...state.services.filter((service) => state.runningBehind(service).length > 0),
    ...entriesOf(state),
    ...gatewaysOf(state),
    ...['Namespace', 'PersistentVolumeClaim'].flatMap((kind) => state.ofKind('', kind)),
    ...state.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition'),
  ]);
}

/** The ConfigMaps and Secrets of workloads. */
function mountedBy(workloads: readonly Workload[], state: State): ReadonlySet<ManifestObject> {
  return new Set(
    workloads.flatMap(({ object, pod }) =>
      configsOf(pod).flatMap(({ kind, name }) => state.beside(object, '', kind, name) ?? []),
    ),
  );
}

function breach(object: ManifestObject, { name, value, always }: Recreation): Breach {
  const path = name.startsWith('spec.') ? name.split('.') : ['metadata', 'annotations', name];
  return always
    ? { object, path, what: `${name} is ${value}, so each deployment deletes it first` }
    : {
        object,
        path,
        what: `${name} is ${value}, so a change that the API server refuses deletes it first`,
        severity: 'warning',
      };
}
