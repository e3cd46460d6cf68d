import { BlockList, isIP } from 'node:net';

/** Whether one range of addresses, such as 10.0.0.0/8, has all addresses of another in it. */
export function covers(range: string, other: string): boolean {
  const [outer, inner] = [range, other].map(read);
  if (outer === undefined || inner === undefined || outer.family !== inner.family) return range === other;
  const list = new BlockList();
  list.addSubnet(outer.address, outer.bits, outer.family);
  return outer.bits <= inner.bits && list.check(inner.address, inner.family);
}

function read(range: string) {
  const [address, bits] = range.trim().split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const length = bits === undefined ? most : Number(bits);
  if (version === 0 || !Number.isInteger(length) || length < 0 || length > most) return undefined;
  return { address, bits: length, family: version === 4 ? ('ipv4' as const) : ('ipv6' as const) };
}
