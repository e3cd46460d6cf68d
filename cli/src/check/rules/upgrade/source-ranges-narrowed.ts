import { IpRanges } from '../../model/ip-range.js';
import { typeOf } from '../../model/service.js';
import { at } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const sourceRangesNarrowed: UpgradeRule = {
  id: 'source-ranges-narrowed',
  severity: 'warning',
  reason: 'connections of clients from the addresses that are left out fail at once',
  fix: 'keep the ranges from which clients come; look at the logs of the load balancer first',
  check: (from, to) =>
    to
      .changes(from, to.services)
      .filter((change) => Object.values(change).every((service) => typeOf(service) === 'LoadBalancer'))
      .flatMap(({ before, object }) => {
        const ranges = new IpRanges(rangesOf(object));
        return rangesOf(before)
          .filter((range) => !ranges.cover(range))
          .map((range) => ({
            object,
            path: ['spec', 'loadBalancerSourceRanges'],
            what: `${range === '0.0.0.0/0' ? 'not every address' : `not all of ${range}`} may connect any more`,
          }));
      }),
};

/** The ranges from which clients may come; without any, all. */
function rangesOf({ body }: ManifestObject): readonly string[] {
  const ranges = at(body, 'spec', 'loadBalancerSourceRanges');
  const written = (Array.isArray(ranges) ? ranges : []).filter((range) => typeof range === 'string');
  return written.length > 0 ? written : ['0.0.0.0/0', '::/0'];
}
