import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { E2E } from '../cluster/paths';
import { waitFor } from '../cluster/wait';

/** Seconds until its pods serve, and until it has an address. */
const LIMITS = { available: 60, address: 30 };

/**
 * Deploys a controller for the Ingresses of a namespace into a namespace of its own, which `cleanUp` removes,
 * and returns its address when it serves: at port 80, those of the class `inner`, which is the default.
 */
export async function deployIngressController(cluster: Cluster, served: string): Promise<string> {
  const own = `${served}-ingress`;
  await cluster.kubectl(['apply', '--filename', '-'], ingressController(served, own));
  const timeout = `--timeout=${LIMITS.available}s`;
  await cluster.kubectl(['--namespace', own, 'rollout', 'status', 'deployment/ingress', timeout]);
  const path = '--output=jsonpath={.status.loadBalancer.ingress[0].ip}';
  let address = '';
  await waitFor('an address for the ingress controller', LIMITS.address * 1000, async () => {
    address = await cluster.kubectl(['--namespace', own, 'get', 'service', 'ingress', path]);
    return address !== '';
  });
  return address;
}

/** The manifests of a controller for the Ingresses of a namespace. */
export function ingressController(served: string, own: string): string {
  const text = readFileSync(join(E2E, 'ingress', 'controller.yaml'), 'utf8');
  return text.replaceAll('${SERVED}', served).replaceAll('${OWN}', own);
}
