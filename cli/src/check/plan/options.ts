import { readDuration, type Option, type Parsed } from '../../shared/command-line.js';
import { UsageError } from '../../shared/errors.js';
import { groupBy } from '../model/values/grouped.js';
import { State } from '../model/state.js';
import type { Workload } from '../model/workloads/workload.js';
import type { ManifestObject } from '../read/object.js';
import { planRollouts, type Plan } from './plan.js';
import { isPlanned } from './strategy.js';

/**
 * The time until the containers of a pod start, unless it is given: the image is on the node, and there are no init containers.
 */
const DEFAULT_POD_START = '1s';

/** The options of the command line about plans. */
export const PLAN_OPTIONS: Readonly<Record<string, Option>> = {
  plan: { help: 'say what the next rollout of each Deployment does: waves, pods, time' },
  startup: {
    value: '[NAME=]DURATION',
    multiple: true,
    help: 'how long an application takes until it answers, of all Deployments or of one; can be given again [the delay of its probe and one period]',
  },
  'pod-start': {
    value: 'DURATION',
    help: `how long a pod takes until its containers start: scheduling, image, init containers [${DEFAULT_POD_START}]`,
  },
};

/** What the command line says about plans. */
export interface Planning {
  readonly startups: readonly Startup[];
  readonly podStartMs: number;
}

/** A start-up time: of the Deployment that is named, as NAME or NAMESPACE/NAME, or of all. */
interface Startup {
  readonly name?: string;
  readonly startupMs: number;
  /** As it is on the command line. */
  readonly written: string;
}

/**
 * Reads what the command line says about plans; undefined if it asks for none.
 * @throws UsageError for what is not a duration, and for start-up times without a plan
 */
export function readPlanning({ values }: Parsed): Planning | undefined {
  const [startups, podStart] = [values.startup, values['pod-start']];
  if (!values.plan && values['plan-svg'] === undefined) {
    if (startups === undefined && podStart === undefined) {
      return undefined;
    }
    const lost = startups === undefined ? 'pod-start' : 'startup';
    throw new UsageError(`--${lost}: write --plan or --plan-svg with it`);
  }
  return {
    startups: (Array.isArray(startups) ? startups.map(String) : []).map(readStartup),
    podStartMs: duration('--pod-start', String(podStart ?? DEFAULT_POD_START)),
  };
}

/**
 * Plans the next rollout of every Deployment.
 * @throws UsageError for a start-up time of a Deployment that is not among them
 */
export function planAll(objects: readonly ManifestObject[], { startups, podStartMs }: Planning): Plan[] {
  const state = new State(objects);
  const deployments = state.workloads.filter(isPlanned);
  const byName = groupBy(deployments, ({ object }) => object.name);
  const byFullName = groupBy(deployments, ({ object }) => `${object.namespace}/${object.name}`);
  let ofAll: number | undefined;
  const ofOne = new Map<Workload, number>();
  for (const { name, startupMs, written } of startups) {
    if (name === undefined) {
      ofAll = startupMs;
      continue;
    }
    const named = [...(byName.get(name) ?? []), ...(byFullName.get(name) ?? [])];
    if (named.length === 0) {
      throw new UsageError(`--startup: got "${written}"; there is no Deployment ${name} in the manifests`);
    }
    for (const workload of named) {
      ofOne.set(workload, startupMs);
    }
  }
  return planRollouts(state, { podStartMs, startupOf: (workload) => ofOne.get(workload) ?? ofAll });
}

function readStartup(written: string): Startup {
  const equals = written.lastIndexOf('=');
  return {
    name: equals === -1 ? undefined : written.slice(0, equals),
    startupMs: duration('--startup', written, written.slice(equals + 1)),
    written,
  };
}

function duration(option: string, written: string, text = written): number {
  try {
    return readDuration(text);
  } catch {
    throw new UsageError(`${option}: got "${written}"; write a duration such as 500ms, 10s or 2m`);
  }
}
