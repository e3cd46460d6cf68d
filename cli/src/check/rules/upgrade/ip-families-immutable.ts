import { isHeadless } from '../../model/services/service.js';
import { at, shown } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const ipFamiliesImmutable: UpgradeRule = {
  id: 'ip-families-immutable',
  severity: 'error',
  reason:
    'the API server refuses another first IP family, and one family less without SingleStack, so the apply fails',
  fix: 'keep the first family; to give up the second, write ipFamilyPolicy: SingleStack',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before: old, object }) => {
      const [before, after] = [old, object].map(familiesOf);
      if (isHeadless(old) || isHeadless(object) || before.length === 0 || after.length === 0) {
        return [];
      }
      const givesUp = after.length < before.length && policyOf(object) !== 'SingleStack';
      const changes = before.some((family, index) => index < after.length && family !== after[index]);
      if (!changes && !givesUp) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'ipFamilies'],
          what: `they were ${before.join(', ')} and are ${after.join(', ')}`,
        },
      ];
    }),
};

function familiesOf({ body }: ManifestObject): readonly string[] {
  const families = at(body, 'spec', 'ipFamilies');
  return Array.isArray(families) ? families.map(shown) : [];
}

function policyOf({ body }: ManifestObject): unknown {
  return at(body, 'spec', 'ipFamilyPolicy');
}
