import { disruptionsAllowed, limitPath, protection, type Protected } from '../../model/workloads/budget.js';
import { endsByItself } from '../../model/workloads/pod.js';
import { once } from '../../model/values/once.js';
import type { OtherPod } from '../../model/workloads/other-pod.js';
import type { Workload } from '../../model/workloads/workload.js';
import { at, fields, isFields, type Path } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';
import type { Breach, StateRule } from '../rule.js';

export const pdbBlocks: StateRule = {
  id: 'pdb-blocks',
  severity: 'error',
  reason:
    'no pod may ever be evicted: drains wait until somebody deletes pods by hand, all of a node at once',
  fix: 'let one pod go at least: maxUnavailable: 1, and 2 replicas or more',
  check: (state) => {
    const protectedBy = protection(state);
    const firstDaemonSet = once((workloads: readonly Workload[]) =>
      workloads.find(({ object }) => object.kind === 'DaemonSet'),
    );
    // A drain leaves the pods of DaemonSets alone.
    const hasDrained = once((workloads: readonly Workload[]) =>
      state.running(workloads).some(({ object }) => object.kind !== 'DaemonSet'),
    );
    const lasting = once((pods: readonly OtherPod[]) =>
      pods.filter(({ object, pod }) => object.kind === 'Pod' && !endsByItself(pod)),
    );
    const firstJob = once((pods: readonly OtherPod[]) =>
      pods.find(({ object }) => object.kind !== 'Pod' && !isOfHook(object)),
    );
    return state.budgets.flatMap((object): readonly Breach[] => {
      const found = protectedBy(object);
      const others = state.otherPodsProtectedBy(object);
      const bare = lasting(others);
      const ofWorkloads = hasDrained(found.workloads);
      if (!ofWorkloads && (bare.length === 0 || found.workloads.length > 0)) {
        return [];
      }
      const owners = ofWorkloads ? found.owners : title(bare[0].object);
      if (!isLimited(object)) {
        return breach(object, ['spec'], `without minAvailable or maxUnavailable, no pod of ${owners} may go`);
      }
      if (!needsScale(object)) {
        return firstDaemonSet(found.workloads) || !ofWorkloads ? [] : blocked(object, found);
      }
      const uncounted = firstDaemonSet(found.workloads) ?? firstJob(others);
      if (uncounted !== undefined) {
        return breach(
          object,
          limitPath(object),
          `no pod of ${owners} may go, as how many ${title(uncounted.object)} has is unknown; select others, or write minAvailable as a number`,
        );
      }
      return ofWorkloads
        ? blocked(object, found)
        : breach(
            object,
            limitPath(object),
            `${owners} has no workload that says how many there are, so it may not go; write minAvailable as a number`,
          );
    });
  },
};

function blocked(object: ManifestObject, { pods, owners }: Protected): readonly Breach[] {
  return pods > 0 && disruptionsAllowed(object, pods) === 0
    ? breach(object, limitPath(object), `none of the ${pods} pods of ${owners} may go`)
    : [];
}

function breach(object: ManifestObject, path: Path, what: string): readonly Breach[] {
  return [{ object, path, what }];
}

function isLimited({ body }: ManifestObject): boolean {
  const { minAvailable, maxUnavailable } = fields(at(body, 'spec'));
  return (minAvailable ?? maxUnavailable ?? undefined) !== undefined || !isFields(at(body, 'spec'));
}

/**
 * Whether a budget asks the workloads of its pods how many there should be, which DaemonSets, Jobs and bare pods do not say.
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors
 */
function needsScale({ body }: ManifestObject): boolean {
  const { minAvailable, maxUnavailable } = fields(at(body, 'spec'));
  return (maxUnavailable ?? undefined) !== undefined || typeof minAvailable === 'string';
}

/** Whether the pods of a Job are deleted with it as soon as it has succeeded, or before the next one. */
function isOfHook({ body }: ManifestObject): boolean {
  const annotations = at(body, 'metadata', 'annotations');
  return ['argocd.argoproj.io/hook', 'helm.sh/hook'].some((name) => at(annotations, name) !== undefined);
}
