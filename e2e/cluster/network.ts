import { run } from './shell';
import type { State } from './state';
import {
  BALANCER,
  BALANCER_ADDRESSES,
  CLIENT,
  CLIENT_ADDRESSES,
  CONTROL,
  HOST_LINK,
  NODES,
  type Place,
  PROXIED_POOL,
} from './topology';

const BRIDGE = 'bridge';

/**
 * A node whose kube-proxy has no rule for an address would send it back to the bridge and tell the client to
 * go elsewhere by ICMP redirect; the client would remember that for minutes, which no router does.
 */
const NO_REDIRECTS = ['all', 'default'].flatMap((scope) => [
  `net.ipv4.conf.${scope}.accept_redirects=0`,
  `net.ipv4.conf.${scope}.send_redirects=0`,
]);

/** Makes all network namespaces, the bridge that joins them and the routes between them. */
export async function createNetwork(state: State): Promise<void> {
  for (const place of [CONTROL, BALANCER, CLIENT, ...NODES]) {
    await createNamespace(state, place);
  }
  await ip(CONTROL, 'link', 'add', BRIDGE, 'type', 'bridge', 'forward_delay', '0');
  await ip(CONTROL, 'address', 'add', `${CONTROL.address}/24`, 'dev', BRIDGE);
  await ip(CONTROL, 'link', 'set', BRIDGE, 'up');
  for (const place of [BALANCER, CLIENT, ...NODES]) {
    await plugIn(place);
  }
  await plugInHost(state);
  await addAddresses(CLIENT, CLIENT_ADDRESSES);
  await addAddresses(BALANCER, BALANCER_ADDRESSES);
  // Spread over the nodes by ports, too, not by addresses alone.
  await sysctl(CLIENT, 'net.ipv4.fib_multipath_hash_policy=1');
  // Many connections from few addresses.
  const manyPorts = ['net.ipv4.ip_local_port_range=1024 65000', 'net.ipv4.tcp_tw_reuse=1'];
  for (const place of [CLIENT, BALANCER]) {
    await sysctl(place, ...manyPorts);
  }
  for (const node of NODES) {
    await sysctl(node, 'net.ipv4.ip_forward=1');
  }
  await createRoutes();
}

async function createNamespace(state: State, place: Place): Promise<void> {
  state.add({ kind: 'namespace', name: place.namespace });
  await run('ip', ['netns', 'add', place.namespace]);
  await ip(place, 'link', 'set', 'lo', 'up');
  await sysctl(place, ...NO_REDIRECTS);
}

async function plugIn(place: Place): Promise<void> {
  await ip(
    CONTROL,
    'link',
    'add',
    place.name,
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    place.namespace,
  );
  await ip(CONTROL, 'link', 'set', place.name, 'master', BRIDGE, 'up');
  await ip(place, 'address', 'add', `${place.address}/24`, 'dev', 'eth0');
  await ip(place, 'link', 'set', 'eth0', 'up');
}

async function addAddresses(place: Place, addresses: string[]): Promise<void> {
  const input = addresses.map((address) => `address add ${address}/24 dev eth0`).join('\n');
  await run('ip', ['-n', place.namespace, '-batch', '-'], { input });
}

async function plugInHost(state: State): Promise<void> {
  state.add({ kind: 'link', name: HOST_LINK.link });
  const here = ['netns', String(process.pid)];
  await ip(CONTROL, 'link', 'add', 'host', 'type', 'veth', 'peer', 'name', HOST_LINK.link, ...here);
  await ip(CONTROL, 'link', 'set', 'host', 'master', BRIDGE, 'up');
  await run('ip', ['address', 'add', `${HOST_LINK.address}/24`, 'dev', HOST_LINK.link]);
  await run('ip', ['link', 'set', HOST_LINK.link, 'up']);
}

async function createRoutes(): Promise<void> {
  for (const place of [CONTROL, ...NODES]) {
    for (const node of NODES) {
      if (node.name !== place.name) {
        await ip(place, 'route', 'add', node.podCidr, 'via', node.address);
      }
    }
  }
  for (const node of NODES) {
    await ip(node, 'route', 'add', PROXIED_POOL, 'via', BALANCER.address);
    // kube-proxy only sees packets to a Service that have a route.
    await ip(node, 'route', 'add', 'default', 'via', CONTROL.address);
  }
  await ip(CLIENT, 'route', 'add', PROXIED_POOL, 'via', BALANCER.address);
}

async function ip(place: Place, ...args: string[]): Promise<void> {
  await run('ip', ['-n', place.namespace, ...args]);
}

async function sysctl(place: Place, ...settings: string[]): Promise<void> {
  await run('ip', ['netns', 'exec', place.namespace, 'sysctl', '-qw', ...settings]);
}
