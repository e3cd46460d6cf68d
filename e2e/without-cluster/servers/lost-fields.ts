import type { Manifest } from '../../../test/helpers';

/**
 * The fields of an object that was sent which the answer does not have, or has with another value, as paths.
 * Fields that the server has added do not count.
 */
export function lostFields(sent: Manifest, stored: Manifest, path = ''): string[] {
  if (isNothing(sent) && stored === undefined) {
    return [];
  }
  if (sent === null || typeof sent !== 'object') {
    return same(sent, stored, path) ? [] : [path];
  }
  if (stored === null || typeof stored !== 'object') {
    return [path];
  }
  if (Array.isArray(sent) && sent.length !== stored.length) {
    return [path];
  }
  return Object.keys(sent).flatMap((key) => lostFields(sent[key], stored[key], `${path}.${key}`));
}

/** For Kubernetes, an empty string or list is the same as none. */
function isNothing(sent: Manifest): boolean {
  return sent === '' || (Array.isArray(sent) && sent.length === 0);
}

/** The fields that hold a quantity, which the server writes in its own way: 1000m as 1, and 1000 as 1k. */
const QUANTITY = /\.(resources\.(requests|limits)\.[\w-]+|target\.(averageValue|value)|sizeLimit)$/;

function same(sent: Manifest, stored: Manifest, path: string): boolean {
  return sent === stored || (QUANTITY.test(path) && Math.abs(quantity(sent) - quantity(stored)) <= SMALLEST);
}

/** The server rounds up to it. */
const SMALLEST = 1e-9;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

function quantity(written: number | string): number {
  const [, number, unit] = /^([\d.]+(?:e[+-]?\d+)?)([A-Za-z]*)$/.exec(String(written)) ?? [];
  const exponent = 3 * (DECIMAL.indexOf(unit) - DECIMAL.indexOf(''));
  if (BINARY.indexOf(unit) > 0) {
    return Number(number) * 1024 ** BINARY.indexOf(unit);
  }
  // A product with a fraction would not be exact.
  return exponent < 0 ? Number(number) / 10 ** -exponent : Number(number) * 10 ** exponent;
}
