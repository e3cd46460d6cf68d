import { Duration } from 'cdk8s';
import { DeploymentStrategy, PercentOrAbsolute } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { HealthCheck } from '../../src';
import { expectAccepted, expectRefused, render } from '../helpers';

const { absolute, percent } = PercentOrAbsolute;
const seconds = (n: number) => Duration.seconds(n);

describe('replicas', () => {
  test('a single pod is refused', () => {
    expectRefused(
      { replicas: 1 },
      'replicas = 1: when a node is drained, its only pod goes before another one serves. Write 2 or more, or acceptDowntimeOnDrain: true.',
    );
  });

  test.each([
    [0, 2],
    [-1, 2],
    [1.5, 2],
    [2.5, 3],
    [2 ** 31, 2 ** 31 - 1],
  ])('%d is refused', (replicas, nearest) => {
    expectRefused(
      { replicas },
      `replicas = ${replicas}: it has to be a whole number of at least 2. Write ${nearest}.`,
    );
  });

  test('two are taken, and one with acceptDowntimeOnDrain', () => {
    expectAccepted({ replicas: 2 });
    expect(render({ replicas: 1, acceptDowntimeOnDrain: true }).deployment.spec.replicas).toBe(1);
  });

  test('none is refused even with acceptDowntimeOnDrain', () => {
    expectRefused(
      { replicas: 0, acceptDowntimeOnDrain: true },
      'replicas = 0: it has to be a whole number of at least 1. Write 1.',
    );
  });
});

describe('maxSurge', () => {
  test.each([absolute(0), percent(0)])('of none is refused: %#', (maxSurge) => {
    const message = `rollout.maxSurge = ${maxSurge.value}: with maxUnavailable 0 no new pod could ever start. Write PercentOrAbsolute.absolute(1) or more.`;
    expectRefused({ rollout: { maxSurge } }, message);
    expectRefused({ rollout: { maxSurge }, acceptDowntimeOnRollout: true }, message);
  });

  test.each([absolute(1), percent(1), percent(100), percent(150)])('is taken: %#', (maxSurge) => {
    expect(render({ rollout: { maxSurge } }).deployment.spec.strategy.rollingUpdate).toEqual({
      maxSurge: maxSurge.value,
      maxUnavailable: 0,
    });
  });

  test.each([absolute(-1), absolute(1.5), absolute(NaN), absolute(2 ** 31), percent(-5), percent(12.5)])(
    'is a whole number or percentage: %#',
    (maxSurge) => {
      expectRefused(
        { rollout: { maxSurge } },
        `rollout.maxSurge = ${maxSurge.value}: it has to be a whole number of pods or a whole percentage. Write for example PercentOrAbsolute.absolute(1) or PercentOrAbsolute.percent(25).`,
      );
    },
  );

  test('beside a strategy is refused', () => {
    expectRefused(
      {
        rollout: { maxSurge: absolute(3), strategy: DeploymentStrategy.recreate() },
        acceptDowntimeOnRollout: true,
      },
      'rollout.maxSurge = 3: strategy is given too, and both say how many pods surge. Write only one of the two.',
    );
  });
});

describe('strategy', () => {
  const rollingUpdate = (maxSurge: PercentOrAbsolute, maxUnavailable?: PercentOrAbsolute) =>
    DeploymentStrategy.rollingUpdate({ maxSurge, maxUnavailable });
  const unavailable = (value: number | string) =>
    `rollout.strategy.maxUnavailable = ${value}: old pods would go before new ones serve (DeploymentStrategy.rollingUpdate fills in 25% when maxUnavailable is left out). Write maxSurge instead of strategy, or maxUnavailable: PercentOrAbsolute.absolute(0), or acceptDowntimeOnRollout: true.`;

  test('Recreate is refused', () => {
    expectRefused(
      { rollout: { strategy: DeploymentStrategy.recreate() } },
      'rollout.strategy = Recreate: it stops every old pod before the first new one starts. Leave strategy out, or write acceptDowntimeOnRollout: true.',
    );
  });

  test('with unavailable pods is refused', () => {
    expectRefused({ rollout: { strategy: rollingUpdate(absolute(1)) } }, unavailable('25%'));
    expectRefused({ rollout: { strategy: rollingUpdate(absolute(1), absolute(1)) } }, unavailable(1));
    expectRefused({ rollout: { strategy: rollingUpdate(absolute(0), percent(10)) } }, unavailable('10%'));
  });

  test('takes no more than all pods away, even with acceptDowntimeOnRollout', () => {
    const strategy = (share: number) => rollingUpdate(absolute(1), percent(share));
    expectRefused(
      { rollout: { strategy: strategy(101) }, acceptDowntimeOnRollout: true },
      'rollout.strategy.maxUnavailable = 101%: it is more than all pods, so the API server refuses it. Write PercentOrAbsolute.percent(100) or less.',
    );
    expectAccepted({ rollout: { strategy: strategy(100) }, acceptDowntimeOnRollout: true });
  });

  test('with none unavailable is taken', () => {
    const { deployment } = render({ rollout: { strategy: rollingUpdate(absolute(3), absolute(0)) } });
    expect(deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 3, maxUnavailable: 0 });
    expectAccepted({ rollout: { strategy: rollingUpdate(absolute(1), percent(0)) } });
  });

  test('is whatever the user wants with acceptDowntimeOnRollout', () => {
    const strategyOf = (strategy: DeploymentStrategy) =>
      render({ rollout: { strategy }, acceptDowntimeOnRollout: true }).deployment.spec.strategy;
    expect(strategyOf(DeploymentStrategy.recreate())).toEqual({ type: 'Recreate' });
    expect(strategyOf(rollingUpdate(absolute(0), percent(50)))).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: '50%' },
    });
  });

  test('has whole numbers even with acceptDowntimeOnRollout', () => {
    const WHOLE =
      'it has to be a whole number of pods or a whole percentage. Write for example PercentOrAbsolute.absolute(1) or PercentOrAbsolute.percent(25).';
    expectRefused(
      { rollout: { strategy: rollingUpdate(absolute(1), absolute(-1)) }, acceptDowntimeOnRollout: true },
      `rollout.strategy.maxUnavailable = -1: ${WHOLE}`,
    );
    expectRefused(
      { rollout: { strategy: rollingUpdate(percent(0.5), absolute(1)) }, acceptDowntimeOnRollout: true },
      `rollout.maxSurge = 0.5%: ${WHOLE}`,
    );
  });
});

describe('minReady', () => {
  test('is whole seconds', () => {
    expectRefused(
      { rollout: { minReady: Duration.millis(500) } },
      'rollout.minReady = 0.5 s: it has to be a whole number of seconds from 0 to 21600. Write Duration.seconds(1).',
    );
    expectAccepted({ rollout: { minReady: seconds(0) } });
    expectAccepted({ rollout: { minReady: seconds(1) } });
  });
});

describe('progressDeadline', () => {
  const readiness = HealthCheck.tcp({ initialDelay: seconds(400) });
  const message = (value: string, slowest: number, enough: number) =>
    `rollout.progressDeadline = ${value}: a pod may take ${slowest} s (startupBudget or a longer readiness initialDelay, + minReady), so a healthy rollout would be reported as failed. Write Duration.seconds(${enough}) or leave the prop out.`;

  test('that a slow start-up reaches is refused', () => {
    expectRefused({ rollout: { progressDeadline: seconds(300) } }, message('300 s', 300, 600));
    expectRefused(
      { startupBudget: seconds(60), rollout: { minReady: seconds(30), progressDeadline: seconds(89) } },
      message('89 s', 90, 390),
    );
  });

  test('that sidecars for which the application waits reach is refused', () => {
    const sidecars = ['a', 'b'].map((name) => ({
      name,
      image: 'proxy:1',
      readiness: HealthCheck.command(['/ready']),
    }));
    expectRefused(
      { sidecars, rollout: { progressDeadline: seconds(900) } },
      'rollout.progressDeadline = 900 s: a pod may take 900 s (startupBudget or a longer readiness initialDelay, the same for each sidecar with readiness, + minReady), so a healthy rollout would be reported as failed. Write Duration.seconds(1200) or leave the prop out.',
    );
    expectAccepted({ sidecars, rollout: { progressDeadline: seconds(901) } });
  });

  test('that a long initial delay of readiness reaches is refused', () => {
    expectRefused({ readiness, rollout: { progressDeadline: seconds(400) } }, message('400 s', 400, 700));
    expectRefused(
      { readiness, rollout: { minReady: seconds(30), progressDeadline: seconds(429) } },
      message('429 s', 430, 730),
    );
  });

  test('that is longer is taken', () => {
    expectAccepted({ rollout: { progressDeadline: seconds(301) } });
    expectAccepted({ readiness, rollout: { progressDeadline: seconds(401) } });
    expectAccepted({
      startupBudget: seconds(60),
      rollout: { minReady: seconds(30), progressDeadline: seconds(91) },
    });
  });

  test('is whole seconds', () => {
    expectRefused(
      { rollout: { progressDeadline: Duration.millis(600_500) } },
      'rollout.progressDeadline = 600.5 s: it has to be a whole number of seconds from 1 to 172800. Write Duration.seconds(601).',
    );
  });
});

describe('revisionHistoryLimit', () => {
  test('of none is refused', () => {
    expectRefused(
      { rollout: { revisionHistoryLimit: 0 } },
      'rollout.revisionHistoryLimit = 0: no old revision is kept, so a rollback is impossible. Write 1 or more, or acceptNoRollback: true.',
    );
    expectAccepted({ rollout: { revisionHistoryLimit: 1 } });
  });

  test('of none is taken with acceptNoRollback', () => {
    const { deployment } = render({ rollout: { revisionHistoryLimit: 0 }, acceptNoRollback: true });
    expect(deployment.spec.revisionHistoryLimit).toBe(0);
  });

  test('is a whole number', () => {
    expectRefused(
      { rollout: { revisionHistoryLimit: 1.5 } },
      'rollout.revisionHistoryLimit = 1.5: it has to be a whole number of at least 1. Write 2.',
    );
    expectRefused(
      { rollout: { revisionHistoryLimit: -1 }, acceptNoRollback: true },
      'rollout.revisionHistoryLimit = -1: it has to be a whole number of at least 0. Write 0.',
    );
  });
});

describe('disruptionBudget', () => {
  test.each([absolute(0), percent(0)])('of none is refused: %#', (disruptionBudget) => {
    const message = `podDisruptionBudget.maxUnavailable = ${disruptionBudget.value}: no pod may ever be evicted, so a node drain hangs for ever. Write PercentOrAbsolute.absolute(1) or more.`;
    expectRefused({ podDisruptionBudget: { maxUnavailable: disruptionBudget } }, message);
    expectRefused(
      { podDisruptionBudget: { maxUnavailable: disruptionBudget }, acceptDowntimeOnDrain: true },
      message,
    );
  });

  test.each([absolute(-1), absolute(1.5), percent(33.3)])(
    'is a whole number or percentage: %#',
    (disruptionBudget) => {
      expectRefused(
        { podDisruptionBudget: { maxUnavailable: disruptionBudget } },
        `podDisruptionBudget.maxUnavailable = ${disruptionBudget.value}: it has to be a whole number of pods or a whole percentage. Write for example PercentOrAbsolute.absolute(1) or PercentOrAbsolute.percent(25).`,
      );
    },
  );

  test('of more than all pods is refused, even with acceptDowntimeOnDrain', () => {
    expectRefused(
      { podDisruptionBudget: { maxUnavailable: percent(101) }, acceptDowntimeOnDrain: true },
      'podDisruptionBudget.maxUnavailable = 101%: it is more than all pods, so the API server refuses it. Write PercentOrAbsolute.percent(100) or less.',
    );
    expectAccepted({ podDisruptionBudget: { maxUnavailable: percent(100) }, acceptDowntimeOnDrain: true });
  });
});
