import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const daemonSetDips: StateRule = {
  id: 'daemon-set-dips',
  severity: 'info',
  reason: 'the pod of a node ends before the next one serves there',
  fix: 'set updateStrategy.rollingUpdate.maxSurge: 1 and maxUnavailable: 0',
  check: (state) =>
    state
      .serving()
      .filter(
        ({ object, spec }) =>
          object.kind === 'DaemonSet' && at(spec, 'updateStrategy', 'type') !== 'OnDelete',
      )
      .filter(({ spec }) => !at(spec, 'updateStrategy', 'rollingUpdate', 'maxSurge'))
      .map(({ object }) => ({
        object,
        path: ['spec', 'updateStrategy'],
        what: 'a rollout takes the pod of a node away before the next one is there',
      })),
};
