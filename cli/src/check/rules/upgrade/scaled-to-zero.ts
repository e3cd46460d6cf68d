import { fewIn, titles } from '../../model/values/few.js';
import type { UpgradeRule } from '../rule.js';

export const scaledToZero: UpgradeRule = {
  id: 'scaled-to-zero',
  severity: 'error',
  reason: 'all pods behind the Service end at once, and an autoscaler does not start any from 0 replicas',
  fix: 'keep at least one pod, or move the clients away and take the Service out too',
  check: (from, to) =>
    to.workloads
      .filter(({ object, replicas }) => {
        const before = from.find(object);
        return replicas === 0 && before !== undefined && from.workload(before)?.replicas !== 0;
      })
      .flatMap((workload) => {
        const stopped = to.servicesOf(workload).filter(([service]) => to.runningBehind(service).length === 0);
        return titles(fewIn(stopped)).map((service) => ({
          object: workload.object,
          path: ['spec', 'replicas'],
          what: `replicas is 0, and nothing else is behind ${service}`,
        }));
      }),
};
