import { isIP, isIPv4 } from 'node:net';
import { UsageError } from '../shared/errors.js';

const FORMS = 'write an address (10.0.0.2), a range (10.0.0.2-10.0.0.65) or a block (10.0.0.0/26)';
const MAX_ADDRESSES = 4096;

/** Reads one value of `--local-address`: an address, an IPv4 range or an IPv4 block, all of whose addresses count. */
export function parseLocalAddresses(text: string): string[] {
  if (isIP(text)) {
    return [text];
  }
  const [first, last] = text.includes('/') ? block(text) : range(text);
  if (last - first >= MAX_ADDRESSES) {
    throw new UsageError(`got "${text}"; ${FORMS}, of at most ${MAX_ADDRESSES} addresses`);
  }
  return Array.from({ length: last - first + 1 }, (_, i) => toText(first + i));
}

function range(text: string): [number, number] {
  const [first = '', last = '', ...rest] = text.split('-');
  if (!isIPv4(first) || !isIPv4(last) || rest.length > 0 || toNumber(last) < toNumber(first)) {
    throw new UsageError(`got "${text}"; ${FORMS}`);
  }
  return [toNumber(first), toNumber(last)];
}

function block(text: string): [number, number] {
  const [address = '', bits = ''] = text.split('/');
  if (!isIPv4(address) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) {
    throw new UsageError(`got "${text}"; ${FORMS}`);
  }
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(toNumber(address) / size) * size;
  return [first, first + size - 1];
}

function toNumber(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

function toText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
