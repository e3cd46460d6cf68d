import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { type AutoscalingOptions, Drain } from '../src';
import { addWeb, type Manifest, newChart, objectOf, type Props, yamlOf } from './helpers';

const { Metric, MetricTarget, Replicas } = kplus;
const seconds = (n: number) => Duration.seconds(n);

/** The HorizontalPodAutoscaler of the construct with these options. */
function autoscaler(options: Partial<AutoscalingOptions> = {}, props: Props = {}): Manifest {
  const chart = newChart('shop');
  addWeb(chart, { ...props, autoscaling: { maxReplicas: 10, ...options } });
  return objectOf(chart, 'HorizontalPodAutoscaler');
}

describe('autoscaling with a maximum alone', () => {
  test('adds a HorizontalPodAutoscaler and takes the number of pods away from the Deployment', () => {
    const chart = newChart();
    addWeb(chart, { autoscaling: { maxReplicas: 10 } });
    const [deployment, ...others] = yamlOf(chart);
    expect(others.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
      'autoscaling/v2 HorizontalPodAutoscaler',
    ]);
    expect(deployment.spec).not.toHaveProperty('replicas');
  });

  test('has the name and labels of the Deployment, wherever the construct stands', () => {
    expect(autoscaler().metadata).toEqual({
      name: 'web',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' },
    });
    expect(autoscaler({}, { name: 'cart', selectorLabels: { app: 'cart' } }).metadata).toEqual({
      name: 'cart',
      namespace: 'shop',
      labels: { app: 'cart' },
    });
    expect(autoscaler({}, { name: 'cart' }).spec.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'cart',
    });
  });

  test('keeps two pods, so that one node can go', () => {
    expect(autoscaler().spec).toMatchObject({ minReplicas: 2, maxReplicas: 10 });
  });

  test('aims at 70 % of the CPU that the application requests, whatever runs beside it', () => {
    expect(autoscaler({}, { container: { name: 'app' } }).spec.metrics).toEqual([
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          container: 'app',
          target: { type: 'Utilization', averageUtilization: 70 },
        },
      },
    ]);
  });

  test('adds pods at once, as fast as Kubernetes does by itself', () => {
    expect(autoscaler().spec.behavior.scaleUp).toEqual({
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [
        { type: 'Pods', value: 4, periodSeconds: 15 },
        { type: 'Percent', value: 100, periodSeconds: 15 },
      ],
    });
  });

  test('takes few pods away, and only when the need was lower for longer than a rollout can hide it', () => {
    expect(autoscaler().spec.behavior.scaleDown).toEqual({
      stabilizationWindowSeconds: 300,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
    });
  });
});

describe('the time until pods are taken away', () => {
  const { absolute, percent } = kplus.PercentOrAbsolute;
  const scaleDown = (props: Props) => autoscaler({}, props).spec.behavior.scaleDown;

  test('grows with the time that a pod may take to stop', () => {
    const drain = Drain.sleep(seconds(100));
    expect(scaleDown({ drain })).toMatchObject({
      stabilizationWindowSeconds: 4 * (130 + 30),
      policies: [{ periodSeconds: 130 }],
    });
    expect(scaleDown({ drain: Drain.sleep(seconds(1)) }).stabilizationWindowSeconds).toBe(300);
  });

  test('grows with the number of waves of a rollout', () => {
    expect(scaleDown({ rollout: { maxSurge: absolute(2) } }).stabilizationWindowSeconds).toBe(5 * 75);
    expect(scaleDown({ rollout: { maxSurge: absolute(1) } }).stabilizationWindowSeconds).toBe(10 * 75);
    expect(scaleDown({ rollout: { maxSurge: percent(1) } }).stabilizationWindowSeconds).toBe(10 * 75);
    expect(scaleDown({ rollout: { maxSurge: percent(100) } }).stabilizationWindowSeconds).toBe(300);
    const strategy = kplus.DeploymentStrategy.recreate();
    expect(
      scaleDown({ rollout: { strategy }, acceptDowntimeOnRollout: true }).stabilizationWindowSeconds,
    ).toBe(300);
  });

  test('counts the faster of surging and unavailable pods, where those are accepted', () => {
    const strategy = kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: absolute(0),
      maxUnavailable: absolute(2),
    });
    expect(
      scaleDown({ rollout: { strategy }, acceptDowntimeOnRollout: true }).stabilizationWindowSeconds,
    ).toBe(5 * 75);
  });

  test('ends at what Kubernetes knows', () => {
    expect(scaleDown({ shutdownBudget: Duration.hours(1) })).toMatchObject({
      stabilizationWindowSeconds: 3600,
      policies: [{ periodSeconds: 1800 }],
    });
  });
});

describe('autoscaling options', () => {
  test('have their own limits', () => {
    expect(autoscaler({ minReplicas: 3, maxReplicas: 30 }).spec).toMatchObject({
      minReplicas: 3,
      maxReplicas: 30,
    });
  });

  test('have their own metrics', () => {
    const chart = newChart();
    const { service } = addWeb(chart, {}, 'queue');
    const labelSelector = kplus.LabelSelector.of({ labels: { queue: 'orders' } });
    addWeb(chart, {
      autoscaling: {
        maxReplicas: 10,
        metrics: [
          Metric.resourceCpu(MetricTarget.averageUtilization(60)),
          Metric.resourceMemory(MetricTarget.averageUtilization(80)),
          Metric.pods({ name: 'requests', target: MetricTarget.averageValue(100) }),
          Metric.object({ name: 'hits', object: service, target: MetricTarget.value(1000) }),
          Metric.external({ name: 'waiting', labelSelector, target: MetricTarget.averageValue(30) }),
        ],
      },
    });
    expect(objectOf(chart, 'HorizontalPodAutoscaler').spec.metrics).toEqual([
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
      },
      {
        type: 'Resource',
        resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } },
      },
      {
        type: 'Pods',
        pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: 100 } },
      },
      {
        type: 'Object',
        object: {
          describedObject: { apiVersion: 'v1', kind: 'Service', name: 'queue' },
          metric: { name: 'hits' },
          target: { type: 'Value', value: 1000 },
        },
      },
      {
        type: 'External',
        external: {
          metric: { name: 'waiting', selector: { matchLabels: { queue: 'orders' } } },
          target: { type: 'AverageValue', averageValue: 30 },
        },
      },
    ]);
  });

  test('have their own rules, and the defaults where those say nothing', () => {
    const { scaleUp, scaleDown } = autoscaler({
      scaleUp: { stabilizationWindow: seconds(30) },
      scaleDown: {
        strategy: kplus.ScalingStrategy.MIN_CHANGE,
        policies: [
          { replicas: Replicas.absolute(5), duration: seconds(90) },
          { replicas: Replicas.percent(20) },
        ],
      },
    }).spec.behavior;
    expect(scaleUp).toMatchObject({
      stabilizationWindowSeconds: 30,
      selectPolicy: 'Max',
      policies: [{ value: 4 }, { value: 100 }],
    });
    expect(scaleDown).toEqual({
      stabilizationWindowSeconds: 300,
      selectPolicy: 'Min',
      policies: [
        { type: 'Pods', value: 5, periodSeconds: 90 },
        { type: 'Percent', value: 20, periodSeconds: 15 },
      ],
    });
  });
});

describe('horizontalPodAutoscaler', () => {
  test('is the one of cdk8s-plus, and none without autoscaling', () => {
    const chart = newChart();
    const { horizontalPodAutoscaler: added } = addWeb(chart, { autoscaling: { maxReplicas: 10 } });
    added!.metadata.addAnnotation('team', 'shop');
    expect(objectOf(chart, 'HorizontalPodAutoscaler').metadata.annotations).toEqual({ team: 'shop' });
    expect(addWeb(newChart()).horizontalPodAutoscaler).toBeUndefined();
  });

  test('takes patches to fields that cdk8s-plus does not know', () => {
    const chart = newChart();
    const { horizontalPodAutoscaler: added } = addWeb(chart, { autoscaling: { maxReplicas: 10 } });
    ApiObject.of(added!).addJsonPatch(JsonPatch.add('/spec/behavior/scaleUp/tolerance', '0.05'));
    expect(objectOf(chart, 'HorizontalPodAutoscaler').spec.behavior.scaleUp.tolerance).toBe('0.05');
  });
});
