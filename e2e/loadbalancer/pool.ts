import { isIPv4 } from 'node:net';
import { type BalancedService, keyOf, type Scheme } from './service';

/** The last numbers of a pool's addresses, by scheme. No address belongs to both, so a change of the scheme changes the address. */
const NUMBERS: Readonly<Record<Scheme, readonly number[]>> = {
  internal: numbers(1, 127),
  'internet-facing': numbers(128, 254),
};

/**
 * Gives each Service an address of its own: the one that it asks for, else the one that it has if that belongs to its
 * scheme, else the lowest free one of its scheme. The scheme is `internal` if the Service has none. A Service that asks for
 * an address that is taken or in no pool gets none, as with MetalLB, and so does a Service for which none is free.
 * @param pool its first three numbers, such as `10.216.0.`
 * @param requestable the first three numbers of pools whose addresses only go to Services that ask for them
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

  /** The address that a Service asks for, else the one that it has, if it may have it. */
  const requestedOrCurrent = ({ address, requestedAddress, scheme }: BalancedService) => {
    const wanted = requestedAddress ?? address;
    if (wanted === undefined || !inPools(wanted)) {
      return undefined;
    }
    const free = requestedAddress !== undefined || scheme === undefined;
    return free || ofScheme(scheme).includes(wanted) ? wanted : undefined;
  };
  const holders = services.filter((service) => requestedOrCurrent(service) === service.address);
  for (const service of [...holders, ...services]) {
    give(service, requestedOrCurrent(service));
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
