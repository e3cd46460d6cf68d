import type { Container } from '../../model/workloads/pod.js';
import { preStopOf } from '../../model/workloads/pre-stop.js';
import type { State } from '../../model/state.js';
import { boundsOf, POD_PATH, type Workload } from '../../model/workloads/workload.js';
import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const preStopMissing: StateRule = {
  id: 'pre-stop-missing',
  severity: 'warning',
  reason:
    'an ending pod still gets requests until every node and load balancer knows that it goes; unless its program waits by itself, they are lost',
  fix: 'add lifecycle.preStop.sleep.seconds, 15 for instance, or sleep as long before what the hook does',
  check: (state) =>
    state
      .serving()
      .filter((workload) => !leavesNobody(state, workload))
      .flatMap((workload) => {
        const { object } = workload;
        const containers = waiting(state, workload);
        const hooks = containers.map(({ spec }) => preStopOf(spec));
        if (hooks.some((hook) => hook && hook.waits !== 0)) {
          return [];
        }
        const place = hooks.findIndex((hook) => hook?.program !== undefined);
        if (place === -1) {
          const what = 'no container that answers has a preStop hook';
          return [{ object, path: [...POD_PATH, 'containers'], what }];
        }
        const { name, path } = containers[place];
        return [
          {
            object,
            path: [...POD_PATH, ...path, 'lifecycle', 'preStop'],
            what: `the preStop hook of container ${name} runs ${hooks[place]?.program} without a wait before it`,
          },
        ];
      }),
};

/** The containers that answer, and those that a native sidecar among them outlives. */
function waiting(state: State, workload: Workload): readonly Container[] {
  const answering = state.answering(workload);
  return answering.some((container) => container.isSidecar) ? workload.pod.containers : answering;
}

/** Whether the next pod starts after the only one or all of them have ended, so that no wait keeps requests from being lost. */
function leavesNobody(state: State, workload: Workload): boolean {
  const { object, spec } = workload;
  if (object.kind === 'DaemonSet') {
    return false;
  }
  if (at(spec, 'strategy', 'type') === 'Recreate') {
    return true;
  }
  const pods = state.fewestPods(workload);
  const isAlone = object.kind === 'StatefulSet' || boundsOf(workload, pods)?.unavailable === 1;
  return pods === 1 && isAlone;
}
