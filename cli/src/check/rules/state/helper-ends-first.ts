import { isBeside, isInPath, isReverseProxy, waitsByItself } from '../../model/workloads/helpers.js';
import type { Container } from '../../model/workloads/pod.js';
import { waitOf } from '../../model/workloads/pre-stop.js';
import type { State } from '../../model/state.js';
import { POD_PATH, type Workload } from '../../model/workloads/workload.js';
import { inTurn } from '../in-turn.js';
import type { Breach, StateRule } from '../rule.js';

export const helperEndsFirst: StateRule = {
  id: 'helper-ends-first',
  severity: 'warning',
  reason: 'requests that the application still answers need this container, and fail while the pod ends',
  fix: 'make it a native sidecar (initContainers, restartPolicy: Always), or give it the same preStop wait',
  check: (state) => inTurn(state.serving(), (workload) => endsFirst(state, workload)),
};

function endsFirst(state: State, workload: Workload): readonly Breach[] {
  const { pod, object } = workload;
  const answering = state.answering(workload);
  const last = longestWait(workload, answering);
  if (last === undefined) {
    return [];
  }
  const { container: main, seconds } = last;
  return pod.containers
    .filter((one) => one !== main && !one.isSidecar && !waitsByItself(one))
    .filter((one) => isInPath(one) || (isReverseProxy(main) && answering.length === 1 && !isBeside(one)))
    .flatMap((one) => {
      const wait = waitOf(one, pod);
      if (wait === undefined || wait >= seconds) {
        return [];
      }
      const when = wait === 0 ? 'at once' : `after ${wait} s`;
      return [
        {
          object,
          path: [...POD_PATH, ...one.path],
          what: `container ${one.name} has to end ${when}, and container ${main.name} waits ${seconds} s in preStop`,
        },
      ];
    });
}

/** The container that answers for longest after its pod has begun to end. */
function longestWait({ pod }: Workload, answering: readonly Container[]) {
  let last: { readonly container: Container; readonly seconds: number } | undefined;
  for (const container of answering.filter((one) => !isInPath(one) || isReverseProxy(one))) {
    const seconds = waitOf(container, pod) ?? 0;
    if (seconds > (last?.seconds ?? 0)) {
      last = { container, seconds };
    }
  }
  return last;
}
