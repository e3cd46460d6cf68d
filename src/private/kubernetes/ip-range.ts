import { isIPv4 } from 'node:net';
import { URL } from 'node:url';

/**
 * The first address of the range that an address lies in, in the form that Kubernetes writes.
 *
 * @param prefix bits that all addresses of the range have in common
 */
export function firstAddress(address: string, prefix: number): string {
  if (isIPv4(address)) {
    return masked(address.split('.').map(Number), 8, prefix).join('.');
  }
  const groups = masked(ipv6Groups(address), 16, prefix);
  return usualForm(groups.map((group) => group.toString(16)).join(':'));
}

/** The groups of bits of an address, with every bit after the prefix set to 0. */
function masked(groups: number[], width: number, prefix: number): number[] {
  return groups.map((group, i) => {
    const kept = Math.min(Math.max(prefix - i * width, 0), width);
    return (group >> (width - kept)) << (width - kept);
  });
}

function ipv6Groups(address: string): number[] {
  const [left, right = ''] = usualForm(address).split('::');
  const [head, tail] = [left, right].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((group) => parseInt(group, 16));
}

/**
 * RFC 5952: lower case, no leading zeros, `::` for the longest run of zeros. URLs write addresses in the same
 * form.
 */
function usualForm(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
