import type { Metric } from 'cdk8s-plus-27';
import type { MetricTargetValue } from '../kubernetes/cdk8s-plus';
import { kubeMetric } from '../kubernetes/cdk8s-plus';
import { wholeNumber } from '../kubernetes/numbers';
import { checkEach, Refusal } from '../refusals/refusal';

/** Where the value of a metric comes from, and what it should be. */
export interface MetricSource {
  readonly type: string;
  /** `cpu` or `memory`, if it is a metric of the pods' resources. */
  readonly resource?: string;
  /** The only container that counts; all of them if left out. */
  readonly container?: string;
  /** Name of any other metric. */
  readonly name?: string;
  readonly target: MetricTargetValue;
}

/** Source: the API server's validation of HorizontalPodAutoscalers, Kubernetes 1.34. */
const TARGETS: Record<string, readonly string[]> = {
  Resource: ['Utilization', 'AverageValue'],
  ContainerResource: ['Utilization', 'AverageValue'],
  Pods: ['AverageValue'],
  Object: ['AverageValue', 'Value'],
  External: ['AverageValue', 'Value'],
};
/** Source: Kubernetes' largest quantity, which it writes instead of a larger one. */
const TOO_LARGE = 2 ** 63;
const EXAMPLES: Record<string, string> = {
  Utilization: 'MetricTarget.averageUtilization(70)',
  AverageValue: 'MetricTarget.averageValue(100)',
  Value: 'MetricTarget.value(100)',
};

/**
 * What a metric measures and aims at.
 */
export function sourceOf(metric: Metric): MetricSource {
  const kube = kubeMetric(metric);
  const ofPods = kube.containerResource ?? kube.resource;
  if (ofPods) {
    const { name, target } = ofPods;
    return { type: kube.type, resource: name, container: kube.containerResource?.container, target };
  }
  const { metric: named, target } = (kube.pods ?? kube.object ?? kube.external)!;
  return { type: kube.type, name: named.name, target };
}

/**
 * Refuses metrics that could never scale the pods, whatever the pods are.
 */
export function checkMetrics(metrics?: Metric[]): void {
  if (metrics?.length === 0) {
    throw new Refusal(
      'autoscaling.metrics',
      '[]',
      'there is nothing by which the number of pods could be chosen',
      'Name a metric, or leave the prop out to scale by CPU',
    );
  }
  checkEach(metrics ?? [], (metric, i) => checkMetric(`autoscaling.metrics[${i}]`, sourceOf(metric)));
}

function checkMetric(prop: string, { type, resource, name, target }: MetricSource): void {
  if (resource !== undefined && !['cpu', 'memory'].includes(resource)) {
    throw new Refusal(
      prop,
      JSON.stringify(resource),
      'the resource metrics of Kubernetes are cpu and memory alone, so the autoscaler would never get a value',
      'Write Metric.resourceCpu or Metric.resourceMemory, or Metric.pods with a metric of your own',
    );
  }
  // Source: the API server takes the name as a part of a path.
  if (name !== undefined && (/[/%]/.test(name) || ['', '.', '..'].includes(name))) {
    throw new Refusal(
      `${prop}.name`,
      JSON.stringify(name),
      'the API server does not take it as the name of a metric',
      "Write a name without '/' and '%', for example 'http_requests_per_second'",
    );
  }
  checkTarget(`${prop}.target`, type, target);
}

function checkTarget(prop: string, metricType: string, target: MetricTargetValue): void {
  const allowed = TARGETS[metricType];
  const fix = `Write for example ${allowed.map((each) => EXAMPLES[each]).join(' or ')}`;
  if (!allowed.includes(target.type)) {
    throw new Refusal(
      prop,
      target.type,
      `the API server does not take it for a metric of type ${metricType}`,
      fix,
    );
  }
  if (target.averageUtilization !== undefined) {
    wholeNumber(prop, target.averageUtilization);
    return;
  }
  const value = Number((target.averageValue ?? target.value)!.value);
  if (!(value > 0 && value < TOO_LARGE)) {
    throw new Refusal(prop, value, 'it has to be a number above 0 and below 2^63', fix);
  }
}
