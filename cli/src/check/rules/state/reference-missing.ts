import { groupBy } from '../../model/values/grouped.js';
import { madeByOthers } from '../../model/references/made-names.js';
import { claimsOf, configsOf } from '../../model/references/references.js';
import type { State } from '../../model/state.js';
import type { Workload } from '../../model/workloads/workload.js';
import { text } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const referenceMissing: StateRule = {
  id: 'reference-missing',
  severity: 'warning',
  reason: 'pods that need it do not start, so the rollout waits, and a pod that is lost is not replaced',
  fix: 'add it, correct its name, or write optional: true where a pod can do without',
  check: (state) => {
    const places = new Map(KINDS.map((kind) => [kind, names(state, kind)]));
    if ([...places.values()].every(({ size }) => size === 0)) {
      return [];
    }
    const isMade = madeByOthers(state);
    return inTurn(state.running(state.workloads), (workload) => {
      const { object } = workload;
      return referencesOf(workload)
        .filter(({ kind, name }) => {
          const namespace = kind === 'PriorityClass' ? '' : object.namespace;
          // If a namespace has none of the kind here, those of its pods are in other manifests.
          const others = places.get(kind)?.get(namespace);
          return (
            others !== undefined &&
            !others.all.has(name) &&
            (kind !== 'Secret' || others.stems.has(stemOf(name)))
          );
        })
        .filter(({ name }) => !isMade(object.namespace, name))
        .map(({ kind, name }) => ({
          object,
          path: ['spec', 'template', 'spec'],
          what: `its pods need the ${kind} ${name}, which is not in the manifests`,
        }));
    });
  },
};

const KINDS = ['ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim', 'PriorityClass'] as const;

interface Needed {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
}

/** What a pod cannot start without. What Kubernetes, OpenShift and Istio put into every namespace is left out. */
function referencesOf({ pod }: Workload): readonly Needed[] {
  const account = text(pod.spec.serviceAccountName) ?? text(pod.spec.serviceAccount) ?? '';
  const priority = text(pod.spec.priorityClassName) ?? '';
  return [
    ...configsOf(pod).filter(
      ({ name }) => !/^(?:kube-root-ca\.crt|openshift-service-ca\.crt|istio-ca-root-cert)$/.test(name),
    ),
    // The claims of a StatefulSet have numbers, and are made by it.
    ...claimsOf(pod).filter(({ name }) => !/-\d+$/.test(name)),
    ...(account === '' || account === 'default' ? [] : [{ kind: 'ServiceAccount' as const, name: account }]),
    ...(priority === '' || priority.startsWith('system-')
      ? []
      : [{ kind: 'PriorityClass' as const, name: priority }]),
  ];
}

/** The names of a kind in each namespace, and what they have in common with other versions of them. */
function names(state: State, kind: Needed['kind']) {
  const group = kind === 'PriorityClass' ? 'scheduling.k8s.io' : '';
  const byNamespace = groupBy(state.ofKind(group, kind), ({ namespace }) => namespace);
  return new Map(
    [...byNamespace].map(([namespace, objects]) => [
      namespace,
      {
        all: new Set(objects.map(({ name }) => name)),
        stems: new Set(objects.map(({ name }) => stemOf(name))),
      },
    ]),
  );
}

/**
 * A name without the version at its end. Most Secrets are in no manifests, so that a missing one is told only if another
 * version of it is there.
 */
function stemOf(name: string): string {
  const end = name.lastIndexOf('-');
  const version = name.slice(end + 1);
  return end >= 0 && /^[\da-z]+$/.test(version) && /\d/.test(version) ? name.slice(0, end) : name;
}
