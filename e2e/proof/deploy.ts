import { waitFor } from '../cluster/wait';
import type { Manifests } from '../manifests/manifests';
import { curl } from './curl';
import type { World } from './world';

/** Applies manifests in a new namespace that enforces a Pod Security Standard, waits until they serve, and returns the URL. */
export async function deploy(
  world: World,
  manifests: Manifests,
  standard: 'restricted' | 'privileged' = 'restricted',
): Promise<string> {
  const { cluster, timeouts } = world;
  await world.create(standard);
  await world.applyManifests(manifests);
  await world.rolledOut(`deployment/${manifests.name}`, timeouts.available);
  const url = `${manifests.scheme}://${await world.waitForAddress(manifests.name)}/`;
  const request = ['--silent', '--insecure', '--fail', '--max-time', `${timeouts.request}`];
  // A pod without a readiness probe counts as available before it serves.
  await waitFor(`an answer from ${url}`, timeouts.answer, () =>
    curl(cluster.client, [...request, '--output', '/dev/null', url]),
  );
  return url;
}
