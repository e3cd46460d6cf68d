import { readDuration } from '../../command-line.js';
import { UsageError } from '../../errors.js';
import type { State } from '../model/state.js';
import type { Workload } from '../model/workload.js';
import type { Timing } from './plan.js';

/** What a pod takes until its containers start if nobody says it: image on the node, no init containers. */
export const defaultPodStart = '1s';

/**
 * Reads what the command line says of start-up times.
 * @param startups values of --startup: a duration for all Deployments, or NAME=DURATION or NAMESPACE/NAME=DURATION for one
 * @throws UsageError for one that is not a duration, or names no Deployment of the manifests
 */
export function readTiming(startups: readonly string[], podStart: string, state: State): Timing {
  const deployments = state.workloads.filter(({ object }) => object.kind === 'Deployment');
  let ofAll: number | undefined;
  const ofOne = new Map<Workload, number>();
  for (const written of startups) {
    const equals = written.lastIndexOf('=');
    const startupMs = read('--startup', written, written.slice(equals + 1));
    if (equals === -1) {
      ofAll = startupMs;
      continue;
    }
    const name = written.slice(0, equals);
    const named = deployments.filter(({ object }) =>
      [object.name, `${object.namespace}/${object.name}`].includes(name),
    );
    if (named.length === 0) {
      throw new UsageError(`--startup: got "${written}"; there is no Deployment ${name} in the manifests`);
    }
    for (const workload of named) ofOne.set(workload, startupMs);
  }
  return {
    podStartMs: read('--pod-start', podStart, podStart),
    startupOf: (workload) => ofOne.get(workload) ?? ofAll,
  };
}

function read(option: string, written: string, duration: string): number {
  try {
    return readDuration(duration);
  } catch {
    throw new UsageError(`${option}: got "${written}"; write a duration such as 500ms, 10s or 2m`);
  }
}
