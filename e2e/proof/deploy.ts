import type { Client, Cluster } from '../cluster/cluster';
import { succeeds } from '../cluster/shell';
import { waitFor } from '../cluster/wait';
import type { Manifests } from '../manifests/manifests';
import { applyManifests } from './apply';
import { PROOF_LABEL } from './clean-up';
import { PROOF_TIMEOUTS } from './timeouts';

/**
 * Applies manifests in a new namespace that enforces a Pod Security Standard, and waits until they serve.
 * Gives the URL.
 */
export async function deploy(
  manifests: Manifests,
  cluster: Cluster,
  namespace: string,
  standard: 'restricted' | 'privileged' = 'restricted',
): Promise<string> {
  const labels = { [PROOF_LABEL]: '', 'pod-security.kubernetes.io/enforce': standard };
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } };
  await cluster.kubectl(['create', '--filename', '-'], JSON.stringify(object));
  const kubectl = (...args: string[]) => cluster.kubectl(['--namespace', namespace, ...args]);
  await applyManifests(cluster, namespace, manifests);
  await kubectl(
    'rollout',
    'status',
    `deployment/${manifests.name}`,
    `--timeout=${PROOF_TIMEOUTS.available}s`,
  );
  let address = '';
  await waitFor(`an address for service ${manifests.name}`, PROOF_TIMEOUTS.address * 1000, async () => {
    address = await kubectl(
      'get',
      'service',
      manifests.name,
      '--output=jsonpath={.status.loadBalancer.ingress[0].ip}',
    );
    return address !== '';
  });
  const url = `${manifests.scheme}://${address}/`;
  // A pod without a readiness probe counts as available before it serves.
  await waitFor(`an answer from ${url}`, PROOF_TIMEOUTS.answer * 1000, () => answers(url, cluster.client));
  return url;
}

/** Whether the service answers to the client. */
async function answers(url: string, { namespace }: Client): Promise<boolean> {
  const curl = ['curl', '--silent', '--insecure', '--fail', '--max-time', '1', '--output', '/dev/null', url];
  const [command, ...args] = namespace ? ['ip', 'netns', 'exec', namespace, ...curl] : curl;
  return succeeds(command, args);
}
