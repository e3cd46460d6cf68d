import { PropagationTimes } from '../../exposure-options';
import { wholeSeconds } from '../numbers';
import { Following } from './timing';

/**
 * How a load balancer or proxy follows the pods, as the user says.
 */
export function askedFollowing({ removalTime, additionTime }: PropagationTimes): Following {
  const part = (prop: string, time: PropagationTimes['removalTime'], reason: string) =>
    time ? [{ seconds: wholeSeconds(`exposure ${prop}`, time, { min: 0 }), reason }] : [];
  return {
    removal: part('removalTime', removalTime, 'of removalTime'),
    addition: part('additionTime', additionTime, 'of additionTime'),
  };
}
