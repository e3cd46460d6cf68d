import { posix } from 'node:path';
import type { Client } from '../cluster/cluster';
import { NODES } from '../cluster/topology';
import { waitFor } from '../cluster/wait';
import type { LoadProfile } from '../load/profile';
import { curl } from '../proof/curl';
import { TRIAL_TIMEOUTS } from '../timeouts';
import { findIngress } from './objects';
import type { TrialWorld } from './trial-world';

/** Where load goes, and comes from. */
export interface Target {
  readonly url: string;
  readonly client: Client;
  /** The host that requests name, which an Ingress is for; none if it is the URL's. */
  readonly host?: string;
  /** The Service whose address is in the URL; none if that is the ingress controller's. */
  readonly service?: { readonly name: string; readonly address: string };
}

/** The load for a target: behind an Ingress, only what is below its path has an answer. */
export function loadFor({ url, host }: Pick<Target, 'url' | 'host'>, load: LoadProfile): LoadProfile {
  if (host === undefined) {
    return load;
  }
  const slowPath = posix.join(new URL(url).pathname, load.slowPath);
  return { ...load, slowPath, request: [...load.request, '--header', `Host: ${host}`] };
}

/**
 * The first path of the first Ingress, else the first Service that has a load balancer, whose address is waited for;
 * none if there is neither.
 * @param ingressAddress the address of the ingress controller that serves the namespace
 */
export async function targetOf(world: TrialWorld, ingressAddress?: string): Promise<Target | undefined> {
  const { client } = world.cluster;
  const ingress = findIngress(world.objects);
  if (ingress !== undefined) {
    const [{ host, http }] = ingress.spec.rules;
    return { url: `http://${ingressAddress}${http.paths[0].path}`, client, host };
  }
  const service = world.objects.find(({ kind, spec }) => kind === 'Service' && spec.type === 'LoadBalancer');
  if (service === undefined) {
    return undefined;
  }
  const { name } = service.metadata;
  const address = await world.waitForAddress(name);
  const url = `http://${address}:${service.spec.ports[0].port}/`;
  return { url, client, service: { name, address } };
}

/** The cluster's own address of the first Service, asked for from a node that has no pod of the namespace. */
export async function targetFromNode(world: TrialWorld): Promise<Target> {
  const { metadata, spec } = world.objects.find(({ kind }) => kind === 'Service');
  const path = '--output=jsonpath={.spec.clusterIP}';
  const address = await world.kubectl('get', 'service', metadata.name, path);
  const taken = (await world.pods()).map(({ spec }) => spec.nodeName);
  const free = NODES.find(({ name }) => !taken.includes(name));
  if (free === undefined) {
    throw new Error('every node has a pod');
  }
  return {
    url: `http://${address}:${spec.ports[0].port}/`,
    client: { namespace: free.namespace, addresses: [] },
  };
}

/** Waits until a target answers twenty times in a row: until every pod that gets requests serves. */
export async function waitUntilServed({ url, client, host }: Target): Promise<void> {
  const header = host === undefined ? [] : ['--header', `Host: ${host}`];
  const limit = ['--max-time', `${TRIAL_TIMEOUTS.request}`];
  const request = ['--silent', '--fail', ...limit, '--output', '/dev/null', ...header, url];
  const requests = Array.from({ length: 20 }, (_, i) => (i === 0 ? request : ['--next', ...request])).flat();
  await waitFor(`an answer from ${host ?? url}`, TRIAL_TIMEOUTS.answer, () =>
    curl(client, ['--fail-early', ...requests]),
  );
}
