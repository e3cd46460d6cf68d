import type { PropagationTimes } from '../../../exposure-options';
import type { Part } from '../../clouds/cloud';
import { wholeSeconds } from '../../kubernetes/numbers';
import { FOLLOWING } from '../../kubernetes/times';
import type { Following } from './timing';

/**
 * How the load balancer or proxy in front of the pods follows them, as the options say.
 *
 * @param otherwise what counts for options that are left out
 */
export function askedFollowing(
  { removalTime, additionTime }: PropagationTimes,
  otherwise: Following = { removal: [], addition: [] },
): Following {
  return {
    removal: asked('removalTime', removalTime) ?? otherwise.removal,
    addition: asked('additionTime', additionTime) ?? otherwise.addition,
  };
}

function asked(option: string, time: PropagationTimes['removalTime']): Part[] | undefined {
  return time && [{ seconds: wholeSeconds(`exposure.${option}`, time, FOLLOWING), reason: `of ${option}` }];
}
