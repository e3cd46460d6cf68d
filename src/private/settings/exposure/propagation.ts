import type { PropagationTimes } from '../../../exposure-options';
import type { Part } from '../../clouds/cloud';
import { wholeSeconds } from '../../kubernetes/numbers';
import { PROPAGATION } from '../../kubernetes/times';
import type { Propagation } from './timing';

/**
 * How the load balancer or proxy in front of the pods follows them, as the options say.
 *
 * @param otherwise what counts for options that are left out
 */
export function askedPropagation(
  { removalTime, additionTime }: PropagationTimes,
  otherwise: Propagation = { removal: [], addition: [] },
): Propagation {
  return {
    removal: asked('removalTime', removalTime) ?? otherwise.removal,
    addition: asked('additionTime', additionTime) ?? otherwise.addition,
  };
}

function asked(option: string, time: PropagationTimes['removalTime']): Part[] | undefined {
  return time && [{ seconds: wholeSeconds(`exposure.${option}`, time, PROPAGATION), reason: `of ${option}` }];
}
