import { fewTitles } from '../../model/values/few.js';
import { once } from '../../model/values/once.js';
import type { OtherPod } from '../../model/workloads/other-pod.js';
import { endsByItself } from '../../model/workloads/pod.js';
import type { StateRule } from '../rule.js';

export const serviceSelectsJob: StateRule = {
  id: 'service-selects-job',
  severity: 'warning',
  reason: 'while it runs, a part of the requests goes to a pod that does not answer them',
  fix: 'give the pods of the job other labels, or add a label to spec.selector that they do not have',
  check: (state) => {
    const ending = once((pods: readonly OtherPod[]) =>
      fewTitles(pods.filter(({ pod }) => endsByItself(pod))),
    );
    return state.services
      .filter((object) => state.behind(object).length > 0)
      .flatMap((object) =>
        ending(state.otherPodsReachedBy(object)).map((owner) => ({
          object,
          path: ['spec', 'selector'],
          what: `its selector matches the pods of ${owner} too`,
        })),
      );
  },
};
