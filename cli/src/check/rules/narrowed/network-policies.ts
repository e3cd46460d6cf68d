import { allowancesOf, Allowed, restricts, type Direction } from '../../model/services/network-policy.js';
import { groupBy } from '../../model/values/grouped.js';
import { once } from '../../model/values/once.js';
import { targetPorts } from '../../model/services/service.js';
import type { State } from '../../model/state.js';
import type { Workload } from '../../model/workloads/workload.js';
import { title, type ManifestObject } from '../../read/object.js';
import type { Breach } from '../rule.js';

const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

/** Connections of running pods that a NetworkPolicy forbids from now on. */
export function* narrowedPolicies(from: State, to: State): Iterable<Breach> {
  for (const direction of DIRECTIONS) {
    const policiesOf = (state: State) =>
      state.ofKind('networking.k8s.io', 'NetworkPolicy').filter((policy) => restricts(policy, direction));
    const old = policiesOf(from);
    const after = [...policiesOf(to), ...old.filter((policy) => to.after(policy) === policy)];
    // A policy that restricts nothing of this direction any more has forbidden nothing.
    yield* closed(from, old, after, direction);
    yield* lost(from, to, old, after, direction);
  }
}

/** Pods that everybody could connect to, and that now a policy is about. */
function* closed(
  from: State,
  old: readonly ManifestObject[],
  after: readonly ManifestObject[],
  direction: Direction,
): Iterable<Breach> {
  const known = new Set([...new Set(old.map((policy) => from.behind(policy)))].flat());
  const groups = groupBy(after, (policy) => from.behind(policy));
  const open = new Set<Workload>();
  const targetsOf = once((services: readonly ManifestObject[]) => targetPorts(services));
  for (const [selected, policies] of groups) {
    const allowed = new Allowed(policies.flatMap((policy) => allowancesOf(policy, direction)));
    for (const workload of allowed.hasEverybody ? selected : []) {
      const targets = from.servicesOf(workload).map(targetsOf);
      if (targets.every((ports) => allowed.opens(workload.pod, ports))) {
        open.add(workload);
      }
    }
  }
  for (const [selected, [policy]] of groups) {
    const workload = selected.find((one) => !known.has(one) && !open.has(one) && from.isServing(one));
    if (workload !== undefined) {
      known.add(workload);
      yield {
        object: policy,
        path: ['spec', direction.toLowerCase()],
        what:
          direction === 'Ingress'
            ? `only those that it names may connect to the pods of ${title(workload.object)} from now on`
            : `the pods of ${title(workload.object)} may connect only to those that it names from now on`,
      };
    }
  }
}

/** What a policy has allowed, and none of its namespace allows any more. */
function* lost(
  from: State,
  to: State,
  old: readonly ManifestObject[],
  after: readonly ManifestObject[],
  direction: Direction,
): Iterable<Breach> {
  const allowed = new Map(
    [...groupBy(after, ({ namespace }) => namespace)].map(([namespace, policies]) => [
      namespace,
      new Allowed(policies.flatMap((policy) => allowancesOf(policy, direction))),
    ]),
  );
  const restricted = new Set([...new Set(after.map((policy) => from.behind(policy)))].flat());
  const served = once((workloads: readonly Workload[]) =>
    workloads.find((one) => restricted.has(one) && from.isServing(one)),
  );
  for (const policy of old) {
    const still = allowed.get(policy.namespace);
    const gone = allowancesOf(policy, direction).some((one) => !still?.covers(one));
    const workload = gone ? served(from.behind(policy)) : undefined;
    if (workload !== undefined) {
      yield {
        object: to.find(policy) ?? policy,
        path: ['spec', direction.toLowerCase()],
        what:
          direction === 'Ingress'
            ? `not all that it let connect to the pods of ${title(workload.object)} may do so any more`
            : `the pods of ${title(workload.object)} may not connect to all that it named any more`,
      };
    }
  }
}
