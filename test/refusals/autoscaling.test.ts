import type { Chart } from 'cdk8s';
import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { type AutoscalingOptions, Drain } from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefused,
  expectRefusedAtSynth,
  expectSynthError,
  newChart,
  objectOf,
  type Props,
} from '../helpers';

const { Metric, MetricTarget, Replicas, PercentOrAbsolute, Cpu } = kplus;
const seconds = (n: number) => Duration.seconds(n);
const autoscaling = (options: Partial<AutoscalingOptions>): Props => ({
  autoscaling: { maxReplicas: 10, ...options },
});
const byMetric = (...metrics: kplus.Metric[]) => autoscaling({ metrics });

describe('autoscaling beside replicas', () => {
  test('is refused', () => {
    expectRefused(
      { replicas: 3, ...autoscaling({}) },
      'replicas = 3: autoscaling is given too, and each apply would set the number of pods back to this one, whatever the load. Write minReplicas and maxReplicas of autoscaling instead, or leave autoscaling out.',
    );
  });
});

describe('minReplicas', () => {
  test('of a single pod is refused', () => {
    expectRefused(
      autoscaling({ minReplicas: 1 }),
      'autoscaling.minReplicas = 1: when a node is drained, its only pod goes before another one serves. Write 2 or more, or acceptDowntimeOnDrain: true.',
    );
    expectAccepted({ ...autoscaling({ minReplicas: 1 }), acceptDowntimeOnDrain: true });
    expectAccepted(autoscaling({ minReplicas: 2 }));
  });

  test.each([
    [0, 2],
    [2.5, 3],
  ])('of %d is refused', (minReplicas, nearest) => {
    expectRefused(
      autoscaling({ minReplicas }),
      `autoscaling.minReplicas = ${minReplicas}: it has to be a whole number of at least 2. Write ${nearest}.`,
    );
  });

  test('of none is refused even with acceptDowntimeOnDrain', () => {
    expectRefused(
      { ...autoscaling({ minReplicas: 0 }), acceptDowntimeOnDrain: true },
      'autoscaling.minReplicas = 0: it has to be a whole number of at least 1. Write 1.',
    );
  });
});

describe('maxReplicas', () => {
  const message = (max: number, min: number) =>
    `autoscaling.maxReplicas = ${max}: minReplicas is ${min}, so the API server refuses the HorizontalPodAutoscaler. Write ${min} or more.`;

  test('below minReplicas is refused', () => {
    expectRefused(autoscaling({ minReplicas: 4, maxReplicas: 3 }), message(3, 4));
    expectRefused(autoscaling({ maxReplicas: 1 }), message(1, 2));
  });

  test('of minReplicas is taken: it holds the number while somebody looks into something', () => {
    expectAccepted(autoscaling({ minReplicas: 4, maxReplicas: 4 }));
  });

  test('is a whole number', () => {
    expectRefused(
      autoscaling({ maxReplicas: 4.5 }),
      'autoscaling.maxReplicas = 4.5: it has to be a whole number of at least 1. Write 5.',
    );
  });
});

describe('metrics', () => {
  test('none at all are refused', () => {
    expectRefused(
      byMetric(),
      'autoscaling.metrics = []: there is nothing by which the number of pods could be chosen. Name a metric, or leave the prop out to scale by CPU.',
    );
  });

  const UTILIZATION = MetricTarget.averageUtilization(70);
  test.each([
    ['storage', Metric.resourceStorage(UTILIZATION)],
    ['ephemeral-storage', Metric.resourceEphemeralStorage(UTILIZATION)],
  ])('of %s are refused', (resource, metric) => {
    expectRefused(
      byMetric(metric),
      `autoscaling.metrics[0] = "${resource}": the resource metrics of Kubernetes are cpu and memory alone, so the autoscaler would never get a value. Write Metric.resourceCpu or Metric.resourceMemory, or Metric.pods with a metric of your own.`,
    );
  });

  test.each(['', '.', '..', 'pubsub.googleapis.com/subscription', 'a%b'])(
    'of the name %j are refused',
    (name) => {
      expectRefused(
        byMetric(Metric.external({ name, target: MetricTarget.value(1) })),
        `autoscaling.metrics[0].name = "${name}": the API server does not take it as the name of a metric. Write a name without '/' and '%', for example 'http_requests_per_second'.`,
      );
    },
  );

  const named = { name: 'requests' };
  const UTILIZED = 'MetricTarget.averageUtilization(70)';
  const AVERAGE = 'MetricTarget.averageValue(100)';
  test.each([
    ['Resource', 'Value', Metric.resourceCpu(MetricTarget.value(1)), `${UTILIZED} or ${AVERAGE}`],
    ['Pods', 'Value', Metric.pods({ ...named, target: MetricTarget.value(1) }), AVERAGE],
    ['Pods', 'Utilization', Metric.pods({ ...named, target: UTILIZATION }), AVERAGE],
    [
      'External',
      'Utilization',
      Metric.external({ ...named, target: UTILIZATION }),
      `${AVERAGE} or MetricTarget.value(100)`,
    ],
  ])('of type %s with a target of type %s are refused', (type, target, metric, how) => {
    expectRefused(
      byMetric(Metric.resourceCpu(UTILIZATION), metric),
      `autoscaling.metrics[1].target = ${target}: the API server does not take it for a metric of type ${type}. Write for example ${how}.`,
    );
  });

  test('of another object with a utilization are refused', () => {
    const { service: object } = addWeb(newChart());
    expectRefused(
      byMetric(Metric.object({ ...named, object, target: UTILIZATION })),
      `autoscaling.metrics[0].target = Utilization: the API server does not take it for a metric of type Object. Write for example ${AVERAGE} or MetricTarget.value(100).`,
    );
  });

  test.each([0, -1, 0.5])('with a utilization of %d are refused', (utilization) => {
    expectRefused(
      byMetric(Metric.resourceMemory(MetricTarget.averageUtilization(utilization))),
      `autoscaling.metrics[0].target = ${utilization}: it has to be a whole number of at least 1. Write 1.`,
    );
  });

  test.each([0, -0.5, NaN, Infinity, 2 ** 63])('with a value of %d are refused', (value) => {
    expectRefused(
      byMetric(Metric.pods({ ...named, target: MetricTarget.averageValue(value) })),
      `autoscaling.metrics[0].target = ${value}: it has to be a number above 0 and below 2^63. Write for example ${AVERAGE}.`,
    );
    expectRefused(
      byMetric(Metric.external({ ...named, target: MetricTarget.value(value) })),
      `autoscaling.metrics[0].target = ${value}: it has to be a number above 0 and below 2^63. Write for example ${AVERAGE} or MetricTarget.value(100).`,
    );
  });

  test.each([
    Metric.resourceCpu(MetricTarget.averageValue(0.5)),
    Metric.pods({ ...named, target: MetricTarget.averageValue(0.001) }),
    Metric.pods({ ...named, target: MetricTarget.averageValue(2 ** 62) }),
    Metric.external({ name: 'pubsub.googleapis.com|subscription', target: MetricTarget.value(1) }),
  ])('that the API server takes are taken: %#', (metric) => {
    expectAccepted(byMetric(metric));
  });
});

describe('scaleUp', () => {
  test('that is disabled is refused', () => {
    expectRefused(
      autoscaling({ scaleUp: { strategy: kplus.ScalingStrategy.DISABLED } }),
      'autoscaling.scaleUp.strategy = Disabled: pods that were taken away would never come back. Leave it out, or write scaleDown with this strategy, or replicas instead of autoscaling.',
    );
  });
});

describe.each(['scaleUp', 'scaleDown'] as const)('%s', (direction) => {
  const rules = (asked: kplus.ScalingRules) => autoscaling({ [direction]: asked });

  test('without a policy is refused', () => {
    expectRefused(
      rules({ policies: [] }),
      `autoscaling.${direction}.policies = []: the API server refuses rules without a policy. Name one, or leave the prop out.`,
    );
  });

  test.each([
    [Replicas.percent(0), 0, 1],
    [Replicas.absolute(1.5), 1.5, 2],
  ])('of no whole number of pods or percent is refused: %#', (replicas, value, nearest) => {
    expectRefused(
      rules({ policies: [{ replicas: Replicas.absolute(1) }, { replicas }] }),
      `autoscaling.${direction}.policies[1].replicas = ${value}: it has to be a whole number of at least 1. Write ${nearest}.`,
    );
  });

  test.each([
    [0, 1],
    [1801, 1800],
  ])('for a duration of %d s is refused', (duration, nearest) => {
    expectRefused(
      rules({ policies: [{ replicas: Replicas.absolute(1), duration: seconds(duration) }] }),
      `autoscaling.${direction}.policies[0].duration = ${duration} s: it has to be a whole number of seconds from 1 to 1800. Write Duration.seconds(${nearest}).`,
    );
    expectAccepted(rules({ policies: [{ replicas: Replicas.absolute(1), duration: seconds(nearest) }] }));
  });

  test('with a window of more than an hour, or a part of a second, is refused', () => {
    const message = (value: string, nearest: number) =>
      `autoscaling.${direction}.stabilizationWindow = ${value}: it has to be a whole number of seconds from 0 to 3600. Write Duration.seconds(${nearest}).`;
    expectRefused(rules({ stabilizationWindow: seconds(3601) }), message('3601 s', 3600));
    expectRefused(rules({ stabilizationWindow: Duration.millis(500_500) }), message('500.5 s', 501));
    expectAccepted(rules({ stabilizationWindow: seconds(3600) }));
  });
});

describe('a window of scaleDown that a rollout outlasts', () => {
  const within = (window: number, props: Props = {}): Props => ({
    ...props,
    ...autoscaling({ scaleDown: { stabilizationWindow: seconds(window) } }),
  });
  const message = (window: number, hidden: number, waves: number, grace: number) =>
    `autoscaling.scaleDown.stabilizationWindow = ${window} s: a rollout may hide load from the autoscaler for ${hidden} s (${waves} waves, in each of which pods that stop serve on uncounted for ${grace} s, and figures come 30 s late), so it would take away pods that are needed. Write Duration.seconds(${hidden}) or more, or leave the prop out, or a higher maxSurge of rollout, or acceptDowntimeOnRollout: true.`;

  test('is refused', () => {
    expectRefused(within(0), message(0, 300, 4, 45));
    expectRefused(within(299), message(299, 300, 4, 45));
    expectAccepted(within(300));
  });

  test('is counted from the time that a pod may take to stop', () => {
    const drain = Drain.sleep(seconds(100));
    expectRefused(within(639, { drain }), message(639, 640, 4, 130));
    expectAccepted(within(640, { drain }));
  });

  test('is counted from the size of a wave', () => {
    const one = PercentOrAbsolute.absolute(1);
    const three = PercentOrAbsolute.absolute(3);
    const all = PercentOrAbsolute.percent(100);
    expectRefused(within(299, { rollout: { maxSurge: three } }), message(299, 300, 4, 45));
    expectRefused(within(749, { rollout: { maxSurge: one } }), message(749, 750, 10, 45));
    expectRefused(within(74, { rollout: { maxSurge: all } }), message(74, 75, 1, 45));
    expectAccepted(within(750, { rollout: { maxSurge: one } }));
    expectAccepted(within(75, { rollout: { maxSurge: all } }));
    expectAccepted(within(75, { rollout: { maxSurge: PercentOrAbsolute.absolute(20) } }));
  });

  test('counts ten waves at most: what fewer than a tenth of the pods do is within the tolerance', () => {
    const maxSurge = PercentOrAbsolute.percent(5);
    expectRefused(within(749, { rollout: { maxSurge } }), message(749, 750, 10, 45));
    expectAccepted(within(750, { rollout: { maxSurge } }));
  });

  test('is at most the longest that Kubernetes knows', () => {
    const shutdownBudget = Duration.hours(1);
    expectRefused(within(3599, { shutdownBudget }), message(3599, 3600, 4, 3615));
    expectAccepted(within(3600, { shutdownBudget }));
  });

  test('is taken where no pod is ever taken away, and with acceptDowntimeOnRollout', () => {
    expectAccepted(
      autoscaling({
        scaleDown: { stabilizationWindow: seconds(0), strategy: kplus.ScalingStrategy.DISABLED },
      }),
    );
    expectAccepted(within(0, { acceptDowntimeOnRollout: true }));
    const strategy = kplus.DeploymentStrategy.recreate();
    expectAccepted(within(0, { acceptDowntimeOnRollout: true, rollout: { strategy } }));
  });
});

describe('a disruption budget of all pods that the autoscaler keeps', () => {
  test('is refused', () => {
    const disruptionBudget = PercentOrAbsolute.absolute(2);
    expectRefusedAtSynth(
      { podDisruptionBudget: { maxUnavailable: disruptionBudget }, ...autoscaling({}) },
      () => {},
      'podDisruptionBudget.maxUnavailable = 2: node drains may take all 2 pods at once. Write PercentOrAbsolute.absolute(1) or less, or acceptDowntimeOnDrain: true.',
    );
    expectAccepted({
      podDisruptionBudget: { maxUnavailable: disruptionBudget },
      ...autoscaling({ minReplicas: 3 }),
    });
    expectAccepted({
      podDisruptionBudget: { maxUnavailable: disruptionBudget },
      ...autoscaling({}),
      acceptDowntimeOnDrain: true,
    });
  });
});

describe('a percentage of a request that is not there', () => {
  const message = (resource: string, container: string, metric: string) =>
    `${resource} request of container ${container} = undefined: ${metric} is a percentage of it, so the autoscaler would never get a value. Write a ${resource} request in its resources, or a metric with MetricTarget.averageValue().`;
  const UTILIZATION = MetricTarget.averageUtilization(70);

  test.each([
    [{}],
    [{ memory: { request: Size.mebibytes(100) } }],
    [{ cpu: { request: Cpu.millis(100) } }],
    [{ cpu: {}, memory: {} }],
  ])('is there where the props say nothing of it: %#', (resources) => {
    expectAccepted({ resources, ...autoscaling({}) });
    expectAccepted({
      resources,
      ...byMetric(Metric.resourceCpu(UTILIZATION), Metric.resourceMemory(UTILIZATION)),
    });
  });

  const NO_REQUEST =
    "container 'sidecar' resources = no request of cpu: the scheduler would keep no room for the container, and a HorizontalPodAutoscaler by utilization of cpu does nothing as soon as one container asks for none. Write for example { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(64) } }.";

  test('is refused for every container that counts', () => {
    const addSidecar = ({ deployment }: { deployment: kplus.Deployment }) =>
      void deployment.addContainer({ name: 'sidecar', image: 'sidecar:1', resources: {} });
    expectRefusedAtSynth(
      byMetric(Metric.resourceCpu(UTILIZATION)),
      addSidecar,
      NO_REQUEST,
      message('cpu', 'sidecar', 'autoscaling.metrics[0]'),
    );
    expectRefusedAtSynth(autoscaling({}), addSidecar, NO_REQUEST);
  });

  test('is refused for an autoscaler of cdk8s-plus, whose own default is one', () => {
    const add =
      (metrics?: kplus.Metric[]) =>
      ({ deployment }: { deployment: kplus.Deployment }, chart: Chart) => {
        deployment.addContainer({ name: 'sidecar', image: 'sidecar:1', resources: {} });
        new kplus.HorizontalPodAutoscaler(chart, 'Own', {
          target: deployment,
          minReplicas: 2,
          maxReplicas: 3,
          metrics,
        });
      };
    expectRefusedAtSynth(
      {},
      add(),
      NO_REQUEST,
      message('cpu', 'sidecar', 'the default of HorizontalPodAutoscaler.metrics'),
    );
    expectRefusedAtSynth(
      {},
      add([Metric.resourceCpu(UTILIZATION)]),
      NO_REQUEST,
      message('cpu', 'sidecar', 'HorizontalPodAutoscaler.metrics[0]'),
    );
  });

  test('is taken where a limit is given, which is the request too, and for other targets', () => {
    const resources = { cpu: { limit: Cpu.units(1) }, memory: { limit: Size.gibibytes(1) } };
    expectAccepted({
      resources,
      ...byMetric(Metric.resourceCpu(UTILIZATION), Metric.resourceMemory(UTILIZATION)),
    });
    expectAccepted({ resources: {}, ...byMetric(Metric.resourceCpu(MetricTarget.averageValue(0.5))) });
  });
});

describe('the sidecars', () => {
  const cpu = { request: Cpu.millis(50), limit: Cpu.millis(50) };
  const memory = { request: Size.mebibytes(64) };
  const sidecars = [{ name: 'proxy', image: 'proxy:1', resources: { cpu, memory } }];

  test('can be what an autoscaler looks at', () => {
    const container = new kplus.Container({ name: 'proxy', image: 'any' });
    expectAccepted({
      ...byMetric(Metric.containerCpu({ container, target: MetricTarget.averageUtilization(70) })),
      sidecars,
    });
  });

  test('count where all containers do', () => {
    const app = { cpu: { request: Cpu.millis(50), limit: Cpu.millis(100) } };
    const metric = byMetric(Metric.resourceCpu(MetricTarget.averageUtilization(140)));
    expectAccepted({ ...metric, resources: app });
    expectRefusedAtSynth(
      { ...metric, resources: app, sidecars },
      () => {},
      'autoscaling.metrics[0].target = 140 %: the cpu limit lets the pods use at most 150 % of what they request, and pods are added only above 154 %, so none ever would. Write 136 or less, or a higher cpu limit or none.',
    );
  });
});

describe('a container that the pods do not have', () => {
  test('is refused', () => {
    const container = new kplus.Container({ name: 'app', image: 'any' });
    const target = MetricTarget.averageUtilization(70);
    expectRefusedAtSynth(
      byMetric(Metric.containerCpu({ container, target })),
      ({ deployment }) => void deployment.addContainer({ name: 'sidecar', image: 'sidecar:1' }),
      'autoscaling.metrics[0].container = "app": the pods have no container of this name, so the autoscaler would never get a value. Write one of main, sidecar.',
    );
    expectAccepted({
      container: { name: 'app' },
      ...byMetric(Metric.containerMemory({ container, target })),
    });
  });
});

describe('a target that the limit keeps out of reach', () => {
  const cpu = (request: number, limit: number) => ({
    cpu: { request: Cpu.millis(request), limit: Cpu.millis(limit) },
  });
  const message = (target: number, resource: string, most: number, above: number, fix: number) =>
    `autoscaling.metrics[0].target = ${target} %: the ${resource} limit lets the pods use at most ${most} % of what they request, and pods are added only above ${above} %, so none ever would. Write ${fix} or less, or a higher ${resource} limit or none.`;
  const byCpu = (target: number) => byMetric(Metric.resourceCpu(MetricTarget.averageUtilization(target)));

  test.each([
    [91, cpu(500, 500), message(91, 'cpu', 100, 100, 90)],
    [110, cpu(500, 550), message(110, 'cpu', 110, 121, 99)],
    [182, { cpu: { request: Cpu.millis(500), limit: Cpu.units(1) } }, message(182, 'cpu', 200, 200, 181)],
  ])('of %d %% of CPU is refused', (target, resources, refusal) => {
    expectRefusedAtSynth({ resources, ...byCpu(target) }, () => {}, refusal);
  });

  test('of memory is refused', () => {
    expectRefusedAtSynth(
      {
        resources: { memory: { request: Size.mebibytes(512), limit: Size.gibibytes(1) } },
        ...byMetric(Metric.resourceMemory(MetricTarget.averageUtilization(190))),
      },
      () => {},
      message(190, 'memory', 200, 209, 181),
    );
  });

  test('is taken just below, and without a limit', () => {
    expectAccepted({ resources: cpu(500, 500), ...byCpu(90) });
    expectAccepted({ resources: cpu(500, 1000), ...byCpu(181) });
    expectAccepted(byCpu(300));
  });

  test('is taken where another container has no limit', () => {
    expectAccepted({ resources: cpu(500, 500), ...byCpu(95) }, ({ deployment }) => {
      const resources = { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(10) } };
      deployment.addContainer({ name: 'sidecar', image: 'sidecar:1', resources });
    });
  });
});

describe('two autoscalers of one Deployment', () => {
  const two = (kind: string, second: string) =>
    `${kind} = ${second}: chart/web/HorizontalPodAutoscaler/Resource scales the Deployment too, and Kubernetes then follows neither. Keep one of them, with the metrics of both.`;

  test('are refused where the other is one of cdk8s-plus', () => {
    expectRefusedAtSynth(
      autoscaling({}),
      ({ deployment: target }, chart) =>
        void new kplus.HorizontalPodAutoscaler(chart, 'Own', { target, minReplicas: 2, maxReplicas: 3 }),
      two('HorizontalPodAutoscaler', 'chart/Own/Resource'),
    );
  });

  test.each([
    ['autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: { kind: 'Deployment', name: 'web' } }],
    ['keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { name: 'web' } }],
  ])('are refused where the other is plain: %s %s', (apiVersion, kind, spec) => {
    expectRefusedAtSynth(
      { ...autoscaling({}), acceptDowntimeOnDrain: true },
      (_, chart) => void new ApiObject(chart, 'Plain', { apiVersion, kind, spec }),
      two(kind, 'chart/Plain'),
    );
  });

  test('are none where the other scales something else', () => {
    const chart = newChart('shop');
    addWeb(chart, autoscaling({}));
    const plain = (id: string, kind: string, name: string, namespace?: string) =>
      new ApiObject(chart, id, {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { namespace },
        spec: { scaleTargetRef: { kind, name } },
      });
    plain('Set', 'StatefulSet', 'web');
    plain('Other', 'Deployment', 'other');
    plain('Elsewhere', 'Deployment', 'web', 'elsewhere');
    new ApiObject(chart, 'Empty', { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' });
    expect(objectOf(chart, 'Deployment').spec).not.toHaveProperty('replicas');
  });

  test('of one name are refused for that too', () => {
    const chart = newChart();
    const { deployment: target } = addWeb(chart, autoscaling({}));
    const metadata = { name: 'web' };
    new kplus.HorizontalPodAutoscaler(chart, 'Own', { metadata, target, minReplicas: 2, maxReplicas: 3 });
    expectSynthError(chart, [
      '[chart/web] name = "web": chart/Own/Resource is a HorizontalPodAutoscaler of this name in the same namespace, and the one applied last would replace the other. Give each a name or a namespace of its own; charts for different clusters belong into different Apps.',
      `[chart/web] ${two('HorizontalPodAutoscaler', 'chart/Own/Resource')}`,
    ]);
  });
});

describe('a plain autoscaler', () => {
  const add =
    (spec: object, kind = 'HorizontalPodAutoscaler') =>
    (_: unknown, chart: Chart) =>
      void new ApiObject(chart, 'Plain', {
        apiVersion: kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2',
        kind,
        spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, ...spec },
      });
  const reset = (replicas: number, kind = 'HorizontalPodAutoscaler') =>
    `replicas = ${replicas}: chart/Plain scales the Deployment, and each apply would set the number of pods back to this one, whatever the load. Write autoscaling instead of the ${kind}, or leave replicas out and call deployment.markHasAutoscaler().`;

  test('beside a number of pods in the Deployment is refused', () => {
    expectRefusedAtSynth({}, add({ minReplicas: 2 }), reset(2));
    expectRefusedAtSynth({ replicas: 5 }, add({ minReplicas: 2 }), reset(5));
    expectRefusedAtSynth({}, add({ minReplicaCount: 2 }, 'ScaledObject'), reset(2, 'ScaledObject'));
  });

  test.each([
    ['HorizontalPodAutoscaler', 'minReplicas', 1],
    ['ScaledObject', 'minReplicaCount', 0],
  ])('%s that may go down to fewer than two is refused', (kind, field, otherwise) => {
    expectRefusedAtSynth(
      {},
      (web, chart) => {
        web.deployment.markHasAutoscaler();
        add({}, kind)(web, chart);
      },
      `${kind} ${field} = ${otherwise}: when a node is drained, its only pod goes before another one serves. Write ${field}: 2 or more, or acceptDowntimeOnDrain: true.`,
    );
  });

  test('is taken where the Deployment has no number', () => {
    const chart = newChart();
    addWeb(chart).deployment.markHasAutoscaler();
    add({ minReplicas: 2 })(undefined, chart);
    expect(objectOf(chart, 'Deployment').spec).not.toHaveProperty('replicas');
  });

  test('is read anew at each synth', () => {
    const chart = newChart();
    addWeb(chart).deployment.markHasAutoscaler();
    add({ minReplicas: 1 })(undefined, chart);
    const plain = chart.node.findChild('Plain') as ApiObject;
    expect(() => objectOf(chart, 'Deployment')).toThrow('HorizontalPodAutoscaler minReplicas = 1');
    plain.addJsonPatch(JsonPatch.replace('/spec/minReplicas', 2));
    expect(objectOf(chart, 'HorizontalPodAutoscaler').spec.minReplicas).toBe(2);
  });
});
