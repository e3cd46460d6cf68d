import { isIPv4 } from 'node:net';
import { type BalancedService, keyOf, type Scheme } from './service';

/** The last numbers of a pool's addresses, by scheme: no address is of both, so a changed scheme changes the address. */
const NUMBERS: Readonly<Record<Scheme, readonly number[]>> = {
  internal: numbers(1, 127),
  'internet-facing': numbers(128, 254),
};

/**
 * Gives each Service an address that is nobody else's: the one that it asks for, else the one that it has if that is of
 * its scheme, else the lowest free one of its scheme, which is `internal` unless it says another. What asks for an
 * address that is taken or in no pool has none, as with MetalLB; so has what finds the pool empty.
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
    if (address === undefined || taken.has(address) || assigned.has(keyOf(service))) {
      return;
    }
    assigned.set(keyOf(service), address);
    taken.add(address);
  };
  const inPools = (address: string) =>
    isIPv4(address) && [pool, ...requestable].some((prefix) => address.startsWith(prefix));
  const ofScheme = (scheme: Scheme) => NUMBERS[scheme].map((number) => `${pool}${number}`);

  /** What a Service asks for or has, if it may have it. */
  const wish = ({ address, requestedAddress, scheme }: BalancedService) => {
    const wanted = requestedAddress ?? address;
    if (wanted === undefined || !inPools(wanted)) {
      return undefined;
    }
    const free = requestedAddress !== undefined || scheme === undefined;
    return free || ofScheme(scheme).includes(wanted) ? wanted : undefined;
  };
  const holders = services.filter((service) => wish(service) === service.address);
  for (const service of [...holders, ...services]) {
    give(service, wish(service));
  }
  for (const service of services) {
    if (service.requestedAddress !== undefined) {
      continue;
    }
    const lowestFree = ofScheme(service.scheme ?? 'internal').find((address) => !taken.has(address));
    give(service, lowestFree);
  }
  return assigned;
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
