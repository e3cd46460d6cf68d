import type { Manifest } from '../../test/helpers';

/**
 * The fields of an object that was sent which the answer does not have, or has with another value, as paths.
 * What the server added does not count.
 */
export function lostFields(sent: Manifest, stored: Manifest, path = ''): string[] {
  if (isNothing(sent) && stored === undefined) return [];
  if (sent === null || typeof sent !== 'object') return same(sent, stored, path) ? [] : [path];
  if (stored === null || typeof stored !== 'object') return [path];
  if (Array.isArray(sent) && sent.length !== stored.length) return [path];
  return Object.keys(sent).flatMap((key) => lostFields(sent[key], stored[key], `${path}.${key}`));
}

/** Kubernetes does not tell an empty text or list from none. */
function isNothing(sent: Manifest): boolean {
  return sent === '' || (Array.isArray(sent) && sent.length === 0);
}

function same(sent: Manifest, stored: Manifest, path: string): boolean {
  const isQuantity = /\.resources\.(requests|limits)\.\w+$/.test(path);
  return sent === stored || (isQuantity && quantity(sent) === quantity(stored));
}

const UNITS: Record<string, number> = {
  '': 1000,
  m: 1,
  Ki: 1000 * 2 ** 10,
  Mi: 1000 * 2 ** 20,
  Gi: 1000 * 2 ** 30,
};

/** CPU or memory in thousandths; the server stores 1000m as 1. */
function quantity(text: string): number {
  const [, number, unit] = /^([\d.]+)(\w*)$/.exec(text) ?? [];
  return Number(number) * UNITS[unit];
}
