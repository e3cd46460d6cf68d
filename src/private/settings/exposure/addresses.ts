import { isIP } from 'node:net';
import { checkEach, Refusal } from '../../refusals/refusal';

/**
 * An annotation with the addresses, if any are asked for.
 */
export function addressAnnotation(key: string, addresses: string[] = []): Record<string, string> {
  checkEach(addresses, (address, i) => {
    const sameFamily = addresses.findIndex((other) => isIP(other) === isIP(address)) < i;
    if (isIP(address) === 0 || sameFamily) {
      throw new Refusal(
        `exposure.addresses[${i}]`,
        JSON.stringify(address),
        'the Service would get no address: each has to be an IP address, at most one of each family',
        "Write for example ['192.0.2.10'] or ['192.0.2.10', '2001:db8::10']",
      );
    }
  });
  return addresses.length > 0 ? { [key]: addresses.join(',') } : {};
}
