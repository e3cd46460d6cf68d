import { endsByItself, resolvePort } from '../../model/pod.js';
import { servicePorts } from '../../model/service.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const serviceSelectsJob: StateRule = {
  id: 'service-selects-job',
  severity: 'warning',
  reason: 'while it runs, a part of the requests goes to a pod that does not answer them',
  fix: 'give the pods of the job other labels, or add a label to spec.selector that they do not have',
  check: (state) =>
    state.otherPods
      .filter(({ pod }) => endsByItself(pod))
      .flatMap((other) =>
        state
          .servicesOfOther(other)
          .filter((service) => state.behind(service).length > 0)
          .filter((service) =>
            servicePorts(service).some(({ targetPort }) => resolvePort(other.pod, targetPort)),
          )
          .map((service) => ({
            object: service,
            path: ['spec', 'selector'],
            what: `its selector matches the pods of ${title(other.object)} too`,
          })),
      ),
};
