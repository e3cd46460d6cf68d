import { at, number } from '../../read/fields.js';
import type { Breach, StateRule } from '../rule.js';
import type { Workload } from '../../model/workloads/workload.js';

export const rolloutHeld: StateRule = {
  id: 'rollout-held',
  severity: 'warning',
  reason: 'pods keep the old version, whatever is applied, until somebody changes this by hand',
  fix: 'remove it from the manifest; to hold a rollout for a while, use kubectl rollout pause or kubectl patch',
  check: (state) => state.serving().flatMap((workload) => [...paused(workload), ...partitioned(workload)]),
};

const PAUSABLE: ReadonlySet<string> = new Set(['CloneSet', 'Deployment', 'DeploymentConfig', 'Rollout']);

function paused({ object, spec }: Workload): readonly Breach[] {
  const path = object.kind === 'CloneSet' ? ['spec', 'updateStrategy', 'paused'] : ['spec', 'paused'];
  if (!PAUSABLE.has(object.kind) || at(spec, ...path.slice(1)) !== true) {
    return [];
  }
  return [{ object, path, what: `the ${object.kind} is paused` }];
}

function partitioned({ object, spec }: Workload): readonly Breach[] {
  const path = ['spec', 'updateStrategy', 'rollingUpdate', 'partition'];
  const partition = number(at(spec, ...path.slice(1))) ?? 0;
  if (object.kind !== 'StatefulSet' || partition === 0) {
    return [];
  }
  return [{ object, path, what: `a rollout leaves out the pods with a number below ${partition}` }];
}
