import { at, items, number } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import { portsOf } from './pod.js';
import { matchesSelector } from './selector.js';
import type { Workload } from './workload.js';

/** Whether a NetworkPolicy restricts who may connect to the pods of a workload. */
export function restrictsIngress({ body, namespace }: ManifestObject, { object, pod }: Workload): boolean {
  const types = at(body, 'spec', 'policyTypes');
  return (
    namespace === object.namespace &&
    (!Array.isArray(types) || types.includes('Ingress')) &&
    matchesSelector(at(body, 'spec', 'podSelector') ?? {}, pod.labels)
  );
}

/** Whether NetworkPolicies let anybody at all connect to a port of the pods of a workload. */
export function letsSomebodyIn(
  policies: readonly ManifestObject[],
  workload: Workload,
  port: number,
  protocol: string,
): boolean {
  const own = policies.filter((policy) => restrictsIngress(policy, workload));
  if (own.length === 0) return true;
  return own.some(({ body }) =>
    items(at(body, 'spec', 'ingress')).some(({ item: { ports } }) => {
      const listed = items(ports);
      if (listed.length === 0) return true;
      return listed.some(({ item }) => (item.protocol ?? 'TCP') === protocol && allows(item, workload, port));
    }),
  );
}

function allows(rule: Readonly<Record<string, unknown>>, { pod }: Workload, port: number): boolean {
  if (rule.port === undefined) return true;
  const first = number(rule.port);
  if (first === undefined) {
    return portsOf(pod).some(({ name, containerPort }) => name === rule.port && containerPort === port);
  }
  return first <= port && port <= (number(rule.endPort) ?? first);
}
