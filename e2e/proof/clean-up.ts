import type { Cluster } from '../cluster/cluster';

/** Label of every namespace of a scenario, and of its objects outside of namespaces. */
export const PROOF_LABEL = 'zero-downtime.test/proof';
/** Label of a node while a scenario drains it. */
export const DRAINED_LABEL = 'zero-downtime.test/drained';
/** Label that excludes a node from load balancers. */
export const EXCLUDED_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';
/** Its value if a scenario has set it. */
export const EXCLUDED_VALUE = 'zero-downtime.test';

/** Removes what scenarios that were interrupted left in the cluster. */
export async function cleanUp(cluster: Cluster): Promise<void> {
  const found = async (...args: string[]) =>
    (await cluster.kubectl(['get', ...args, '--output=name'])).split('\n').filter(Boolean);
  for (const node of await found('nodes', '--selector', DRAINED_LABEL)) {
    await cluster.kubectl(['uncordon', node]);
    await cluster.kubectl(['label', node, `${DRAINED_LABEL}-`]);
  }
  for (const node of await found('nodes', '--selector', `${EXCLUDED_LABEL}=${EXCLUDED_VALUE}`)) {
    await cluster.kubectl(['label', node, `${EXCLUDED_LABEL}-`]);
  }
  const kinds = 'namespaces,ingressclasses,priorityclasses,persistentvolumes,customresourcedefinitions';
  const own = await found(kinds, '--selector', PROOF_LABEL);
  if (own.length > 0) {
    await cluster.kubectl(['delete', '--wait=false', ...own]);
  }
}
