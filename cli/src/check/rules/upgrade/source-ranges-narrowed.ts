import { narrowedPolicies } from '../narrowed/network-policies.js';
import { narrowedRanges } from '../narrowed/ranges.js';
import type { UpgradeRule } from '../rule.js';

export const sourceRangesNarrowed: UpgradeRule = {
  id: 'source-ranges-narrowed',
  severity: 'warning',
  reason: 'connections of those who are left out fail at once',
  fix: 'let in all who connect today; look at the logs first',
  check: function* (from, to) {
    yield* narrowedRanges(from, to);
    yield* narrowedPolicies(from, to);
  },
};
