import { at } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const rollbackHistoryRemoved: UpgradeRule = {
  id: 'rollback-history-removed',
  severity: 'warning',
  reason: 'old ReplicaSets are deleted, and kubectl rollout undo finds nothing to go back to',
  fix: 'keep revisionHistoryLimit at 1 or more; the default is 10',
  check: (from, to) =>
    to
      .changes(from, to.ofKind('apps', 'Deployment'))
      .filter(({ before, object }) => {
        const [old, now] = [before, object].map(({ body }) => at(body, 'spec', 'revisionHistoryLimit'));
        return old !== 0 && now === 0;
      })
      .map(({ object }) => ({
        object,
        path: ['spec', 'revisionHistoryLimit'],
        what: 'revisionHistoryLimit is 0',
      })),
};
