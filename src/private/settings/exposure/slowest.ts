import type { ServiceExposure } from './exposure';
import type { Timing } from './timing';
import { total } from './timing';

/**
 * The way to the pods that asks most of them in one respect. Who suits it suits the others, too.
 */
export function slowest(exposures: readonly ServiceExposure[], respect: keyof Timing): ServiceExposure {
  return exposures.reduce((one, other) =>
    total(other.timing[respect]) > total(one.timing[respect]) ? other : one,
  );
}
