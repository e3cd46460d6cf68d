import { isDeepStrictEqual } from 'node:util';
import type { State } from '../../model/state.js';
import { at } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const objectRemoved: UpgradeRule = {
  id: 'object-removed',
  severity: 'error',
  reason: 'where what is no longer in the manifests is deleted, requests to it fail at once',
  fix: 'keep the object until nobody uses it; under a new name, add the new one first and remove the old one in a later change',
  check: (from, to) => {
    const workloads = from
      .serving()
      .filter((workload) =>
        from
          .servicesOf(workload)
          .some((service) =>
            from.runningBehind(service).every(({ object }) => to.after(object) === undefined),
          ),
      )
      .map(({ object }) => object);
    return [...from.services, ...workloads]
      .filter((object) => to.deletes(object))
      .map((object) => {
        const successor = successorOf(object, from, to);
        const renamed = successor === undefined ? '' : `, and ${title(successor)} takes its place`;
        return { object, path: [], what: `it is not in the new manifests${renamed}` };
      });
  },
};

/** The new object that is likely meant instead of one that is gone: for the same pods, under another name, kind or namespace. */
function successorOf(old: ManifestObject, from: State, to: State): ManifestObject | undefined {
  const workload = from.workload(old);
  if (workload === undefined) {
    const selector = at(old.body, 'spec', 'selector');
    return to.services.find(
      (service) =>
        from.find(service) === undefined &&
        selector !== undefined &&
        (service.name === old.name || isDeepStrictEqual(at(service.body, 'spec', 'selector'), selector)),
    );
  }
  return to.workloads.find(
    ({ object, pod }) =>
      from.find(object) === undefined &&
      (object.name === old.name || isDeepStrictEqual(pod.labels, workload.pod.labels)),
  )?.object;
}
