import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { State } from '../../src/check/model/state.js';
import {
  countPods,
  leastReady,
  mostPods,
  mostWithTerminating,
  wavesOf,
  goneAfter,
  type PodCounts,
} from '../../src/check/plan/counts.js';
import { planRollouts } from '../../src/check/plan/plan.js';
import type { Cohort } from '../../src/check/plan/rollout.js';
import { parse } from '../../src/check/read/parse.js';

/** The folder of the recordings, which `npm run e2e:rollouts` writes. */
export const recordingsFolder = fileURLToPath(new URL('../../../docs/proof/rollouts', import.meta.url));

interface Recording {
  readonly name: string;
  readonly kubernetes: string;
  readonly recordedAt: string;
  readonly commit: string;
  readonly deployment: object;
  readonly podStartMs: number;
  readonly startupMs: number;
  readonly completeMs: number;
  readonly pods: readonly {
    readonly version: 'old' | 'new';
    readonly createdMs?: number;
    readonly readyMs?: number;
    readonly deletedMs?: number;
    readonly goneMs?: number;
  }[];
}

/**
 * How long more pods than planned may be there, in ms. The ReplicaSets of old and new pods are changed together and act each for
 * itself, so a new pod may be created some ms before the old one is deleted that it replaces.
 */
export const crossingMs = 100;

/** What a rollout is judged by. */
export interface Figures {
  readonly leastReady: number;
  /** The most for `crossingMs` or longer. */
  readonly mostPods: number;
  /** The most at any moment. */
  readonly peakPods: number;
  readonly mostWithTerminating: number;
  /** Pods of each wave. */
  readonly waves: readonly number[];
  readonly completeMs: number;
  readonly goneMs: number;
}

/** A rollout of the real cluster beside its plan. */
export interface Comparison {
  readonly recording: Recording;
  readonly planned: Figures;
  readonly recorded: Figures;
}

/** Reads the recordings, and plans each of their Deployments with the start-up time that was measured before the rollout. */
export function readComparisons(): Comparison[] {
  return readdirSync(recordingsFolder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => compare(JSON.parse(readFileSync(join(recordingsFolder, file), 'utf8')) as Recording));
}

function compare(recording: Recording): Comparison {
  const { deployment, podStartMs, startupMs, completeMs } = recording;
  const state = new State(parse(recording.name, JSON.stringify(deployment)).objects);
  const [{ rollout }] = planRollouts(state, { podStartMs, startupOf: () => startupMs });
  if (rollout === undefined) {
    throw new Error(`${recording.name} has no plan`);
  }
  const lives = recording.pods.map((pod): Cohort =>
    pod.version === 'old'
      ? { version: 'old', pods: 1, deletedMs: pod.deletedMs!, goneMs: pod.goneMs! }
      : {
          version: 'new',
          pods: 1,
          createdMs: pod.createdMs!,
          readyMs: pod.readyMs!,
          availableMs: pod.readyMs!,
        },
  );
  return {
    recording,
    planned: figures(rollout.cohorts, rollout.complete.expectedMs),
    recorded: figures(lives, completeMs),
  };
}

function figures(cohorts: readonly Cohort[], completeMs: number): Figures {
  const counts = countPods(cohorts);
  return {
    leastReady: leastReady(counts),
    mostPods: mostPods(lasting(counts)),
    peakPods: mostPods(counts),
    mostWithTerminating: mostWithTerminating(counts),
    waves: wavesOf(cohorts).map(({ pods }) => pods),
    completeMs,
    goneMs: goneAfter(cohorts),
  };
}

/** Without what is there only while old and new pods cross. */
function lasting(counts: readonly PodCounts[]): PodCounts[] {
  return counts.filter((count, i) => {
    const isFewer = (other: PodCounts) => mostPods([other]) < mostPods([count]);
    const from = counts[counts.slice(0, i).map(isFewer).lastIndexOf(true) + 1].atMs;
    const until = counts.slice(i).find(isFewer)?.atMs ?? Infinity;
    return until - from >= crossingMs;
  });
}

/** How much longer, or shorter, a rollout took than its plan says: 0.1 is 10 % longer. */
export function deviation({ planned, recorded }: Comparison): number {
  return recorded.completeMs / planned.completeMs - 1;
}
