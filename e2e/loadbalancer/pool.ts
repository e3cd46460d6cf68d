import { isIPv4 } from 'node:net';
import { type BalancedService, keyOf } from './service';

/**
 * Gives each Service an address that is nobody else's: the one that it asks for, else the one that it has, else the
 * lowest free one of the pool. What asks for an address that is taken or in no pool has none, as with MetalLB; so has
 * what finds the pool empty.
 * @param pool its first three numbers, such as `10.216.0.`
 * @param requestable the same of pools whose addresses only those get who ask for them
 */
export function assignAddresses(
  services: readonly BalancedService[],
  pool: string,
  requestable: readonly string[] = [],
): Map<string, string> {
  const assigned = new Map<string, string>();
  const taken = new Set<string>();
  const give = (service: BalancedService, address: string | undefined) => {
    if (address === undefined || taken.has(address) || assigned.has(keyOf(service))) return;
    assigned.set(keyOf(service), address);
    taken.add(address);
  };
  const inPools = (address: string | undefined) =>
    isIPv4(address ?? '') && [pool, ...requestable].some((prefix) => address!.startsWith(prefix));

  const holders = services.filter((service) => wish(service) === service.address);
  for (const service of [...holders, ...services]) {
    if (inPools(wish(service))) give(service, wish(service));
  }
  const all = Array.from({ length: 254 }, (_, n) => `${pool}${n + 1}`);
  for (const service of services.filter(({ requestedAddress }) => requestedAddress === undefined)) {
    const lowestFree = all.find((address) => !taken.has(address));
    give(service, lowestFree);
  }
  return assigned;
}

function wish({ address, requestedAddress }: BalancedService): string | undefined {
  return requestedAddress ?? address;
}
