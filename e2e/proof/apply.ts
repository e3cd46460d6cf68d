import type { Cluster } from '../cluster/cluster';
import type { Manifests } from '../manifests/manifests';

/** Applies manifests in a namespace, with the test images where this cluster finds them. */
export async function applyManifests(
  cluster: Cluster,
  namespace: string,
  manifests: Manifests,
): Promise<void> {
  const yaml = manifests.withImagePrefix(cluster.imagePrefix).toYaml();
  await cluster.kubectl(['--namespace', namespace, 'apply', '-f', '-'], yaml);
}
