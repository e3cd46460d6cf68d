import { isIP } from 'node:net';

/** Ranges of addresses, such as 10.0.0.0/8, that can be searched without going through all of them. */
export class IpRanges {
  private readonly written: ReadonlySet<string>;
  /** The bits that the addresses of a range begin with. */
  private readonly starts: ReadonlySet<string>;

  constructor(ranges: readonly string[]) {
    this.written = new Set(ranges);
    this.starts = new Set(ranges.flatMap((range) => startOf(range) ?? []));
  }

  /** Whether one of them contains the whole of a range. */
  cover(range: string): boolean {
    const start = startOf(range);
    if (start === undefined) {
      return this.written.has(range);
    }
    // Each start has at most 129 parts.
    return Array.from(start, (_, length) => start.slice(0, length + 1)).some((one) => this.starts.has(one));
  }
}

/** The version of a range's addresses, and the bits that they all begin with; undefined if it is not a range. */
function startOf(range: string): string | undefined {
  const [address, length] = range.trim().split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  if (version === 0 || address.includes('%') || !Number.isInteger(bits) || bits < 0 || bits > most) {
    return undefined;
  }
  return version === 4 ? `4${bitsOfIPv4(address).slice(0, bits)}` : `6${bitsOfIPv6(address).slice(0, bits)}`;
}

function bitsOfIPv4(address: string): string {
  return address
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
}

function bitsOfIPv6(address: string): string {
  // A URL writes it in hexadecimal groups only: [2001:db8::1].
  const [head, tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::').map(groupsOf);
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array.from({ length: zeros }, () => '0'), ...(tail ?? [])]
    .map((group) => parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}

function groupsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':');
}
