import type { ServiceExposure } from './exposure';
import type { Timing } from './timing';
import { total } from './timing';

/**
 * The exposure that needs the longest time in one respect. Pods that suit it suit the others too.
 */
export function slowest(exposures: readonly ServiceExposure[], respect: keyof Timing): ServiceExposure {
  return exposures.reduce((one, other) =>
    total(other.timing[respect]) > total(one.timing[respect]) ? other : one,
  );
}
