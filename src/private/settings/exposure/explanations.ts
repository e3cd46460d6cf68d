import { annotationKey } from '../annotations';
import type { ServiceExposure } from './exposure';
import { slowest } from './slowest';
import type { Timing } from './timing';
import { explain, total } from './timing';

const KEYS: Record<keyof Timing, string> = {
  drain: 'drain',
  minReady: 'min-ready',
  readiness: 'readiness-gate',
  gracePeriod: 'grace-period',
};

/**
 * Annotations of the Deployment that explain the times that its exposures need. None where the defaults are enough.
 */
export function explanations(exposures: readonly ServiceExposure[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [respect, key] of Object.entries(KEYS) as [keyof Timing, string][]) {
    const { profile, timing } = slowest(exposures, respect);
    const parts = timing[respect];
    const isDefault = respect === 'drain' && profile.removal.length === 0;
    if (total(parts) > 0 && !isDefault) {
      found[annotationKey(key)] = `at least ${total(parts)} s behind ${profile.name}: ${explain(parts)}`;
    }
  }
  return found;
}
