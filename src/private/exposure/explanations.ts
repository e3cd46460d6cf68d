import { annotationKey } from '../annotations';
import { Profile } from './profile';
import { explain, Part, Timing, total } from './timing';

/**
 * Annotations of the Deployment which say what the way to the pods asks of it, and why. Nothing where it asks for
 * no more than the defaults.
 */
export function explanations({ name, removal }: Profile, timing: Timing): Record<string, string> {
  const asked: [string, Part[]][] = [
    ['drain', removal.length > 0 ? timing.drain : []],
    ['min-ready', timing.minReady],
    ['readiness-gate', timing.readiness],
    ['grace-period', timing.gracePeriod],
  ];
  return Object.fromEntries(
    asked
      .filter(([, parts]) => total(parts) > 0)
      .map(([key, parts]) => [
        annotationKey(key),
        `at least ${total(parts)} s behind ${name}: ${explain(parts)}`,
      ]),
  );
}
