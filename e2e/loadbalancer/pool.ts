import { type BalancedService, keyOf } from './service';

/**
 * Gives each Service an address of the pool: the one it has if that is in the pool and nobody else's,
 * else the lowest free one. Services that find the pool empty get none.
 * @param prefix the pool's first three numbers, such as `10.216.0.`
 */
export function assignAddresses(services: readonly BalancedService[], prefix: string): Map<string, string> {
  const assigned = new Map<string, string>();
  const taken = new Set<string>();
  for (const service of services) {
    const { address } = service;
    if (!address?.startsWith(prefix) || taken.has(address)) continue;
    assigned.set(keyOf(service), address);
    taken.add(address);
  }
  for (const service of services) {
    if (assigned.has(keyOf(service))) continue;
    const free = Array.from({ length: 254 }, (_, n) => `${prefix}${n + 1}`).find(
      (address) => !taken.has(address),
    );
    if (free === undefined) break;
    assigned.set(keyOf(service), free);
    taken.add(free);
  }
  return assigned;
}
