import { isDeepStrictEqual } from 'node:util';
import { number, type Fields } from '../../read/fields.js';

/** What a probe asks; it has one of them. */
export const PROBE_HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

/** The longest time in seconds from the start of a container until a probe has failed for good. */
export function budget(probe: Fields): number {
  return (number(probe.initialDelaySeconds) ?? 0) + failureTime(probe);
}

/** For how many seconds a probe may fail. */
export function failureTime({ failureThreshold, periodSeconds }: Fields): number {
  return (number(failureThreshold) ?? 3) * (number(periodSeconds) ?? 10);
}

/** Whether two probes check the same thing. */
export function asksTheSame(one: Fields, other: Fields): boolean {
  return PROBE_HANDLERS.every((name) => isDeepStrictEqual(one[name], other[name]));
}
