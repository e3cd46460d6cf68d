import type { ManifestObject } from '../../read/object.js';

/** Custom resources from which an operator makes pods that the manifests do not show. */
const OPERATED_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['monitoring.coreos.com', ['Alertmanager', 'Prometheus', 'PrometheusAgent', 'ThanosRuler']],
  ['postgresql.cnpg.io', ['Cluster', 'Pooler']],
]);

/** Whether an operator makes pods for an object. */
export function hasPodsOfOperator({ group, kind }: ManifestObject): boolean {
  return OPERATED_KINDS.get(group)?.includes(kind) ?? false;
}
