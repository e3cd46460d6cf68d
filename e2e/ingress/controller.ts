import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { E2E } from '../cluster/paths';
import { World } from '../proof/world';
import { TRIAL_TIMEOUTS } from '../timeouts';

/**
 * Deploys a controller for the Ingresses of a namespace into a namespace of its own, which `cleanUp` removes,
 * and returns its address when it serves. It listens on port 80 and serves the class `inner`, which is the default.
 */
export async function deployIngressController(cluster: Cluster, served: string): Promise<string> {
  const own = `${served}-ingress`;
  await cluster.kubectl(['apply', '--filename', '-'], ingressController(served, own));
  const world = new World(cluster, own, TRIAL_TIMEOUTS);
  await world.rolledOut('deployment/ingress', TRIAL_TIMEOUTS.available);
  return world.waitForAddress('ingress');
}

/** The manifests of a controller for the Ingresses of a namespace. */
export function ingressController(served: string, own: string): string {
  const text = readFileSync(join(E2E, 'ingress', 'controller.yaml'), 'utf8');
  return text.replaceAll('${SERVED}', served).replaceAll('${OWN}', own);
}
