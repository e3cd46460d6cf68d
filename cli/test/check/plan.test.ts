import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rolloutBounds } from '../../src/check/model/workloads/rounding.js';
import { State } from '../../src/check/model/state.js';
import { plansToSvg } from '../../src/check/output/plan-svg.js';
import { plansToText } from '../../src/check/output/plan-text.js';
import {
  completeAfter,
  countPods,
  leastReady,
  mostPods,
  mostWithTerminating,
  wavesOf,
} from '../../src/check/plan/counts.js';
import { planRollouts, type Plan } from '../../src/check/plan/plan.js';
import { recreate, rollingUpdate } from '../../src/check/plan/rollout.js';
import { parse } from '../../src/check/read/parse.js';
import { fc } from '../random.js';
import { rolloutPage } from './rollout-page.js';
import { deviation, readComparisons, recordingsFolder } from './rollout-recordings.js';

const times = { readyMs: 4000, availableMs: 1000, goneMs: 6000 };
const sizes = (cohorts: Parameters<typeof wavesOf>[0]) => wavesOf(cohorts).map(({ pods }) => pods);

describe('rollingUpdate', () => {
  it.each([
    // replicas, maxSurge, maxUnavailable, waves, least ready, most pods, most with terminating ones
    [1, 1, 0, [1], 1, 2, 2],
    [3, '25%', '25%', [1, 1, 1], 3, 4, 6],
    [3, 1, 1, [2, 1], 2, 4, 6],
    [10, '25%', '25%', [5, 5], 8, 13, 20],
    [10, '50%', 0, [5, 5], 10, 15, 20],
    [10, 3, 0, [3, 3, 3, 1], 10, 13, 19],
    [5, 0, '25%', [1, 1, 1, 1, 1], 4, 5, 7],
    [2, '200%', 0, [2], 2, 4, 4],
    [2, 1, '100%', [2], 0, 2, 4],
  ])('%i replicas, %s more, %s fewer', (replicas, maxSurge, maxUnavailable, waves, least, most, all) => {
    const cohorts = rollingUpdate(replicas, rolloutBounds(replicas, maxSurge, maxUnavailable), times);
    const counts = countPods(cohorts);
    expect({
      waves: sizes(cohorts),
      least: leastReady(counts),
      most: mostPods(counts),
      all: mostWithTerminating(counts),
    }).toEqual({ waves, least, most, all });
    expect(completeAfter(cohorts)).toBe(waves.length * 5000);
  });

  const rollouts = fc.record({
    replicas: fc.integer({ min: 1, max: 60 }),
    maxSurge: fc.oneof(
      fc.nat(70),
      fc.nat(120).map((percent) => `${percent}%`),
    ),
    maxUnavailable: fc.oneof(
      fc.nat(70),
      fc.nat(100).map((percent) => `${percent}%`),
    ),
    readyMs: fc.integer({ min: 1, max: 90_000 }),
    availableMs: fc.nat(60_000),
    goneMs: fc.nat(120_000),
  });

  it('never goes below or above its bounds, and ends with new pods only', () => {
    fc.assert(
      fc.property(rollouts, ({ replicas, maxSurge, maxUnavailable, ...podTimes }) => {
        const bounds = rolloutBounds(replicas, maxSurge, maxUnavailable);
        const cohorts = rollingUpdate(replicas, bounds, podTimes);
        const counts = countPods(cohorts);
        expect(counts[0].old + counts[0].terminating).toBe(replicas);
        expect(leastReady(counts)).toBeGreaterThanOrEqual(replicas - bounds.unavailable);
        expect(mostPods(counts)).toBeLessThanOrEqual(replicas + bounds.surge);
        expect(counts.at(-1)).toMatchObject({ old: 0, starting: 0, ready: replicas, terminating: 0 });
      }),
    );
  });

  it('takes longer when pods take longer', () => {
    fc.assert(
      fc.property(rollouts, fc.nat(60_000), ({ replicas, maxSurge, maxUnavailable, ...podTimes }, longer) => {
        const bounds = rolloutBounds(replicas, maxSurge, maxUnavailable);
        const slow = { ...podTimes, readyMs: podTimes.readyMs + longer };
        expect(completeAfter(rollingUpdate(replicas, bounds, slow))).toBeGreaterThanOrEqual(
          completeAfter(rollingUpdate(replicas, bounds, podTimes)),
        );
      }),
    );
  });
});

describe('recreate', () => {
  it('starts the new pods when the old ones are gone', () => {
    const cohorts = recreate(3, times);
    expect(countPods(cohorts)).toEqual([
      { atMs: 0, old: 0, starting: 0, ready: 0, terminating: 3 },
      { atMs: 6000, old: 0, starting: 3, ready: 0, terminating: 0 },
      { atMs: 10_000, old: 0, starting: 0, ready: 3, terminating: 0 },
    ]);
    expect(completeAfter(cohorts)).toBe(11_000);
  });
});

interface Written {
  spec?: object;
  pod?: object;
  container?: object;
}

/** Plans a Deployment of three pods. */
function planOf({ spec, pod, container }: Written, startupMs?: number, others: object[] = []): Plan {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 3,
      template: { spec: { containers: [{ name: 'main', image: 'web:1', ...container }], ...pod } },
      ...spec,
    },
  };
  const list = { apiVersion: 'v1', kind: 'List', items: [deployment, ...others] };
  const { objects, problems } = parse('web.yaml', JSON.stringify(list));
  expect(problems).toEqual([]);
  return planRollouts(new State(objects), { podStartMs: 1000, startupOf: () => startupMs })[0];
}

describe('a pod is ready', () => {
  const readiness = (probe: object) => ({ readinessProbe: { httpGet: { port: 80 }, ...probe } });
  it.each([
    // container, start-up time, expected, at most
    ['half a second after its container runs, without a probe', {}, 9000, 1500, 2000],
    ['half a period after it answers, asked every second', readiness({ periodSeconds: 1 }), 3000, 4500, 5000],
    ['at the next question', readiness({ periodSeconds: 5 }), 3000, 7500, 9000],
    ['at the question after the delay', readiness({ initialDelaySeconds: 5 }), 3000, 12_500, 16_000],
    ['after as many successes', readiness({ periodSeconds: 1, successThreshold: 3 }), 3000, 6500, 7000],
    [
      'at once when it has started, with a start-up probe',
      { ...readiness({ periodSeconds: 10 }), startupProbe: { httpGet: { port: 80 }, periodSeconds: 1 } },
      3000,
      4500,
      5000,
    ],
    [
      'not before the delay of its readiness probe',
      {
        ...readiness({ periodSeconds: 2, initialDelaySeconds: 10 }),
        startupProbe: { httpGet: { port: 80 }, periodSeconds: 1 },
      },
      3000,
      12_500,
      13_000,
    ],
  ])('%s', (_, container, startupMs, expectedMs, mostMs) => {
    const ready = planOf({ container }, startupMs).rollout?.ready;
    expect(ready?.mostMs).toBe(mostMs);
    expect(Math.abs((ready?.expectedMs ?? 0) - expectedMs)).toBeLessThanOrEqual(50);
  });

  it('later when its application starts later', () => {
    const asked = { periodSeconds: fc.integer({ min: 1, max: 30 }) };
    const delayed = fc.record({ ...asked, initialDelaySeconds: fc.nat(30) });
    // One that starts a moment later can be ready earlier where a delay follows a start-up probe.
    const container = fc.oneof(
      fc.record({ readinessProbe: delayed }),
      fc.record({
        readinessProbe: fc.record(asked),
        startupProbe: delayed.map((probe) => ({ ...probe, failureThreshold: 999 })),
      }),
    );
    fc.assert(
      fc.property(container, fc.nat(60_000), fc.nat(60_000), (written, startupMs, longer) => {
        const [fast, slow] = [startupMs, startupMs + longer].map(
          (ms) => planOf({ container: written }, ms).rollout!,
        );
        expect(slow.ready.expectedMs).toBeGreaterThanOrEqual(fast.ready.expectedMs);
        expect(slow.ready.mostMs).toBeGreaterThanOrEqual(fast.ready.mostMs);
        expect(slow.complete.expectedMs).toBeGreaterThanOrEqual(fast.complete.expectedMs);
        for (const { ready } of [fast, slow]) {
          expect(ready.mostMs).toBeGreaterThanOrEqual(ready.expectedMs);
        }
      }),
    );
  });

  it('after a time assumed from its probe if none is given', () => {
    const { rollout } = planOf({ container: readiness({ initialDelaySeconds: 20, periodSeconds: 5 }) });
    expect(rollout).toMatchObject({ start: { startupMs: 25_000 }, startupAssumed: true });
  });
});

describe('a pod terminates', () => {
  const preStop = (handler: object) => ({ lifecycle: { preStop: handler } });
  it.each([
    [{}, undefined, 0, 30_000],
    [preStop({ sleep: { seconds: 15 } }), 45, 15_000, 45_000],
    [preStop({ sleep: { seconds: 15 } }), 10, 10_000, 12_000],
    [preStop({ httpGet: { port: 80 } }), 20, 0, 22_000],
  ])('%j with %s s', (container, terminationGracePeriodSeconds, leastMs, mostMs) => {
    const { rollout } = planOf({ container, pod: { terminationGracePeriodSeconds } }, 0);
    expect(rollout?.drain).toEqual({ leastMs, mostMs });
  });
});

describe('a plan', () => {
  it.each([
    [
      'cannot go on: maxSurge and maxUnavailable are both 0',
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
    ],
    ['maxSurge is "one", write a whole number', { strategy: { rollingUpdate: { maxSurge: 'one' } } }],
    ['maxUnavailable is "101%"', { strategy: { rollingUpdate: { maxUnavailable: '101%' } } }],
    ['strategy.type is "Rolling"', { strategy: { type: 'Rolling' } }],
    ['paused', { paused: true }],
    ['no pods', { replicas: 0 }],
    ['1000000000 pods: more than 10000', { replicas: 1e9 }],
    ['-1 pods', { replicas: -1 }],
  ])('says why there is none: %s', (why, spec) => {
    const plan = planOf({ spec });
    expect(plan.cannot).toContain(why);
    expect(plan.rollout).toBeUndefined();
  });

  it('plans no more pods than can be shown', () => {
    const deployments = ['a', 'b', 'c', 'd'].map((name) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: { replicas: 4000 },
    }));
    const { objects } = parse('web.yaml', deployments.map((one) => JSON.stringify(one)).join('\n'));
    const plans = planRollouts(new State(objects), { podStartMs: 1000, startupOf: () => undefined });
    expect(plans.map(({ object, cannot, rollout }) => [object.name, cannot, rollout?.mostPods])).toEqual([
      ['a', undefined, 5000],
      ['b', undefined, 5000],
      [
        'c',
        'this rollout and those before it have more than 10000 pods; this one and those after it are not planned',
        undefined,
      ],
    ]);
  });

  it('says that a quota leaves no room for a new pod', () => {
    const objects = (pods: number) => [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 3 } },
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'pods' }, spec: { hard: { pods } } },
    ];
    const cannot = (pods: number) => {
      const { objects: read } = parse(
        'web.yaml',
        objects(pods)
          .map((one) => JSON.stringify(one))
          .join('\n'),
      );
      return planRollouts(new State(read), { podStartMs: 1000, startupOf: () => undefined })[0].cannot;
    };
    expect(cannot(4)).toBeUndefined();
    expect(cannot(3)).toBe('cannot go on: one pod more than there are exceeds pods: 3 of ResourceQuota pods');
  });

  it('says that a start-up probe restarts what starts too slowly', () => {
    const container = { startupProbe: { periodSeconds: 2, failureThreshold: 5 } };
    expect(planOf({ container }, 10_000).cannot).toBeUndefined();
    expect(planOf({ container }, 10_001).cannot).toBe(
      'cannot go on: the start-up probe of container main restarts it after 10 s, before it answers',
    );
  });

  it('warns of what ends or hides a rollout', () => {
    expect(planOf({ container: { livenessProbe: {} } }, 60_000).warnings).toEqual([
      'no readiness probe: a pod counts as ready when its container runs, before it answers',
      'the liveness probe of container main restarts it after 30 s unless it answers by then',
    ]);
    expect(
      planOf({ container: { readinessProbe: {} }, spec: { progressDeadlineSeconds: 60 } }, 60_000).warnings,
    ).toEqual(['without progress for up to 71 s, but Kubernetes calls it failed after 60 s']);
  });

  it('is made of any numbers, and can be printed and drawn', () => {
    const any = fc.oneof(
      fc.integer({ min: -3, max: 30 }),
      fc.constantFrom(1e308, -1e308, 0.5, 2 ** 31, '5', null),
    );
    const written = fc.record({
      spec: fc.record({ replicas: any, minReadySeconds: any, progressDeadlineSeconds: any }),
      pod: fc.record({ terminationGracePeriodSeconds: any }),
      container: fc.record({
        readinessProbe: fc.record({ periodSeconds: any, initialDelaySeconds: any, successThreshold: any }),
        lifecycle: fc.record({ preStop: fc.record({ sleep: fc.record({ seconds: any }) }) }),
      }),
    });
    fc.assert(
      fc.property(written, fc.nat(60_000), ({ spec, pod, container }, startupMs) => {
        const plans = [planOf({ spec, pod, container }, startupMs)];
        expect(plansToText(plans) + plansToSvg(plans)).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });

  it.each([
    ['autoscaling/v2', 'HorizontalPodAutoscaler', { minReplicas: 8 }],
    ['keda.sh/v1alpha1', 'ScaledObject', { minReplicaCount: 8 }],
  ])('takes the pods of an autoscaler: %s %s', (apiVersion, kind, fewest) => {
    const scaleTargetRef = { kind: 'Deployment', name: 'web' };
    const autoscaler = { apiVersion, kind, metadata: { name: 'web' }, spec: { scaleTargetRef, ...fewest } };
    expect(planOf({}, 0, [autoscaler])).toMatchObject({ pods: 8, autoscaled: true, rollout: { surge: 2 } });
  });

  it('counts minReadySeconds before a rollout goes on', () => {
    const { rollout } = planOf({ spec: { minReadySeconds: 10 }, container: { readinessProbe: {} } }, 5000);
    expect(rollout?.available).toEqual({ expectedMs: 9500, mostMs: 10_000 });
  });
});

describe('plans beside recorded rollouts', () => {
  const comparisons = readComparisons();

  it('are there', () => {
    expect(comparisons.length).toBeGreaterThanOrEqual(8);
  });

  it.each(comparisons.map((comparison) => [comparison.recording.name, comparison] as const))(
    '%s',
    (_, comparison) => {
      const { planned, recorded } = comparison;
      const counts = ({ leastReady, mostPods, waves }: typeof planned) => ({ leastReady, mostPods, waves });
      expect(counts(recorded)).toEqual(counts(planned));
      expect(Math.abs(deviation(comparison))).toBeLessThanOrEqual(0.15);
    },
  );

  // After new recordings, or a change of the plan: npx vitest run cli/test/check/plan.test.ts --update
  it('are on a page', async () => {
    await expect(rolloutPage(comparisons)).toMatchFileSnapshot(join(recordingsFolder, 'README.md'));
  });
});
