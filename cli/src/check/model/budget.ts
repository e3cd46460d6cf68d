import { fields } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import { share } from './rounding.js';

/** How many of so many pods a PodDisruptionBudget lets go at once; none if it says nothing that can be read. */
export function disruptionsAllowed(budget: ManifestObject, pods: number): number | undefined {
  const spec = fields(budget.body.spec);
  if (spec.maxUnavailable !== undefined) return share(spec.maxUnavailable, pods, 'up');
  const healthy = share(spec.minAvailable, pods, 'up');
  return healthy === undefined ? undefined : Math.max(0, pods - healthy);
}
