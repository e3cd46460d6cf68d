import type { Cluster } from '../cluster/cluster';
import type { Manifests } from '../manifests/manifests';

/**
 * Applies manifests in a namespace, with the test images where this cluster finds them.
 * @param options further options of `kubectl apply`
 */
export async function applyManifests(
  cluster: Cluster,
  namespace: string,
  manifests: Manifests,
  ...options: string[]
): Promise<void> {
  const yaml = manifests.withImagePrefix(cluster.imagePrefix).toYaml();
  await cluster.kubectl(['--namespace', namespace, 'apply', ...options, '-f', '-'], yaml);
}
