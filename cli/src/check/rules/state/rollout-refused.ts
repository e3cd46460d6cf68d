import { wrongWorkload } from '../../model/refused/workload.js';
import { isZero } from '../../model/workloads/rounding.js';
import type { Workload } from '../../model/workloads/workload.js';
import { at, fields, isFields, number, shown } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { Breach, StateRule } from '../rule.js';

export const rolloutRefused: StateRule = {
  id: 'rollout-refused',
  severity: 'error',
  reason:
    'the API server refuses it, so nothing is rolled out, and what is applied together is applied in part',
  fix: 'correct the field; kubectl apply --dry-run=server tells all that the API server refuses, and changes nothing',
  check: (state) =>
    inTurn(state.workloads, (workload) => [
      ...ofDeployment(workload),
      ...ofDaemonSet(workload),
      ...ofDeadline(workload),
      ...wrongWorkload(workload.object).map((refusal) => ({ object: workload.object, ...refusal })),
    ]),
};

function ofDeployment({ object, spec }: Workload): readonly Breach[] {
  if (object.kind !== 'Deployment') {
    return [];
  }
  const rolling = at(spec, 'strategy', 'rollingUpdate');
  const path = ['spec', 'strategy', 'rollingUpdate'];
  if (at(spec, 'strategy', 'type') === 'Recreate') {
    return isFields(rolling)
      ? [{ object, path, what: 'the strategy is Recreate, with a rollingUpdate' }]
      : [];
  }
  if (!isZero(at(rolling, 'maxSurge')) || !isZero(at(rolling, 'maxUnavailable'))) {
    return [];
  }
  return [{ object, path, what: 'maxSurge and maxUnavailable are both 0; write maxSurge: 1 for instance' }];
}

function ofDaemonSet({ object, spec }: Workload): readonly Breach[] {
  if (object.kind !== 'DaemonSet' || at(spec, 'updateStrategy', 'type') === 'OnDelete') {
    return [];
  }
  const { maxSurge = 0, maxUnavailable = 1 } = fields(at(spec, 'updateStrategy', 'rollingUpdate'));
  if (isZero(maxSurge) !== isZero(maxUnavailable)) {
    return [];
  }
  return [
    {
      object,
      path: ['spec', 'updateStrategy', 'rollingUpdate'],
      what: `one of maxSurge and maxUnavailable has to be 0, and not both: got ${shown(maxSurge)} and ${shown(maxUnavailable)}`,
    },
  ];
}

function ofDeadline({ object, spec }: Workload): readonly Breach[] {
  const minReady = number(spec.minReadySeconds) ?? 0;
  const deadline = number(spec.progressDeadlineSeconds) ?? 600;
  if (object.kind !== 'Deployment' || deadline > minReady) {
    return [];
  }
  return [
    {
      object,
      path: ['spec', 'progressDeadlineSeconds'],
      what: `progressDeadlineSeconds ${deadline} has to be more than minReadySeconds ${minReady}`,
    },
  ];
}
