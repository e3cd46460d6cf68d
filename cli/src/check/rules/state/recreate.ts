import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const recreate: StateRule = {
  id: 'recreate',
  severity: 'error',
  reason: 'all old pods are ended before the first new one starts',
  fix: 'set strategy.type: RollingUpdate',
  check: (state) =>
    state
      .serving()
      .filter(
        ({ object, spec }) =>
          ['Deployment', 'DeploymentConfig'].includes(object.kind) &&
          at(spec, 'strategy', 'type') === 'Recreate',
      )
      .map(({ object }) => ({
        object,
        path: ['spec', 'strategy', 'type'],
        what: 'the strategy is Recreate',
      })),
};
