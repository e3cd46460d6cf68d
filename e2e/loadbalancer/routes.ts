import { run } from '../cluster/shell';
import { type BalancedService, keyOf, type Target } from './service';

/** Whether a node has ready endpoints of a Service, according to its healthCheckNodePort. */
export type IsHealthy = (service: BalancedService, target: Target) => boolean;

/**
 * The nodes that each routed address leads to, by address: all of them, or with externalTrafficPolicy Local
 * those that have a ready endpoint. An address without any node has no route, since BGP would withdraw it.
 */
export function desiredRoutes(
  services: readonly BalancedService[],
  addresses: ReadonlyMap<string, string>,
  nodes: readonly Target[],
  isHealthy: IsHealthy,
): Map<string, string[]> {
  const routes = new Map<string, string[]>();
  for (const service of services) {
    const address = addresses.get(keyOf(service));
    const usable = nodes.filter(
      (node) => service.healthCheckNodePort === undefined || isHealthy(service, node),
    );
    if (address && usable.length > 0) {
      routes.set(
        address,
        usable.map((node) => node.address),
      );
    }
  }
  return routes;
}

/**
 * A router with resilient hashing: an open connection only moves when its own node leaves. 256 parts of the
 * traffic are shared out; one that is in use stays where it is while that node is there.
 */
const RESILIENT = 'type resilient buckets 256 idle_timer 120 unbalanced_timer 0';

/** Commands for `ip -batch` that turn the current routes into the desired ones. */
export function routeChanges(
  present: ReadonlyMap<string, string[]>,
  desired: ReadonlyMap<string, string[]>,
): string[] {
  const gone = [...present.keys()].filter((address) => !desired.has(address));
  const changed = [...desired].filter(([address, via]) => present.get(address)?.join() !== via.join());
  return [
    ...gone.flatMap((address) => [`route delete ${address}/32`, `nexthop delete id ${groupId(address)}`]),
    ...changed.flatMap(([address, via]) => [
      ...via.flatMap((node) => hopIds(node).map((id) => `nexthop replace id ${id} via ${node} dev eth0`)),
      `nexthop replace id ${groupId(address)} group ${via.flatMap(hopIds).join('/')} ${RESILIENT}`,
      `route replace ${address}/32 nhid ${groupId(address)}`,
    ]),
  ];
}

/** The client's routes to routed addresses: equal-cost over the nodes, as a router has them from BGP. */
export class Router {
  private present = new Map<string, string[]>();

  constructor(private readonly namespace: string) {}

  /** Removes the routes of an earlier run: they are deleted together with their nexthops. */
  async start(): Promise<void> {
    await run('ip', ['-n', this.namespace, 'nexthop', 'flush']);
  }

  /** Applies the desired routes, and returns what it changed. */
  async apply(desired: Map<string, string[]>): Promise<string[]> {
    const changes = routeChanges(this.present, desired);
    if (changes.length > 0) {
      await run('ip', ['-n', this.namespace, '-batch', '-'], { input: changes.join('\n') });
      this.present = desired;
    }
    return changes;
  }
}

/** Each node has two nexthops: in a group of a single one the kernel does not track which connections are in use. */
function hopIds(node: string): number[] {
  const lastNumber = Number(node.slice(node.lastIndexOf('.') + 1));
  return [lastNumber, 1000 + lastNumber];
}

/** The id of the group of nodes that an address leads to: all its 32 bits, since addresses of two pools may end with the same number. */
function groupId(address: string): number {
  return address.split('.').reduce((id, number) => id * 256 + Number(number), 0);
}
