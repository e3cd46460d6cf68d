import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../cluster/wait';
import { PROOF_TIMEOUTS } from './timeouts';

/**
 * Evicts a pod, as a drain does: asks again as long as the PodDisruptionBudget refuses.
 * @throws TimeoutError
 */
export async function evict(
  cluster: Cluster,
  namespace: string,
  pod: string,
  seconds = PROOF_TIMEOUTS.rollout,
): Promise<void> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  await waitFor(`the eviction of ${pod}`, seconds * 1000, async () => {
    await cluster.kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
    return true;
  });
}
