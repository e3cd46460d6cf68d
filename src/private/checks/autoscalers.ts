import type { Size } from 'cdk8s';
import { SizeRoundingBehavior } from 'cdk8s';
import type { Container } from 'cdk8s-plus-27';
import { Metric, MetricTarget } from 'cdk8s-plus-27';
import type { Autoscaler } from './app/app-index';
import { millicores } from '../kubernetes/quantities';
import { Refusal } from '../refusals/refusal';
import type { MetricSource } from '../settings/scaling-metrics';
import { sourceOf } from '../settings/scaling-metrics';
import type { Checked } from './checked';
import { longRunning } from './long-running';

/** Source: Kubernetes' own default for autoscalers without a metric. */
const KUBERNETES_DEFAULT = Metric.resourceCpu(MetricTarget.averageUtilization(80));
/** Source: the autoscaler's tolerance of 10 %: it adds pods above so much of the target. */
const TOLERANCE = 1.1;

/**
 * Autoscalers of the Deployment, ours and those of the user, that would not work or work against each other.
 */
export function* autoscalers(checked: Checked): Iterable<Refusal> {
  const { deployment, index } = checked;
  const autoscalers = index.autoscalersOf(deployment);
  yield* severalAutoscalers(autoscalers);
  yield* replicasBesideAnAutoscaler(autoscalers, checked);
  for (const autoscaler of autoscalers) {
    yield* metricsWithoutValue(autoscaler, checked);
  }
}

function* severalAutoscalers([first, ...others]: Autoscaler[]): Iterable<Refusal> {
  for (const { object } of others) {
    yield new Refusal(
      object.kind,
      object.node.path,
      `${first.object.node.path} scales the Deployment too, and Kubernetes then follows neither`,
      'Keep one of them, with the metrics of both',
    );
  }
}

function* replicasBesideAnAutoscaler(
  [autoscaler]: Autoscaler[],
  { deployment, settings }: Checked,
): Iterable<Refusal> {
  if (autoscaler && !deployment.hasAutoscaler) {
    yield new Refusal(
      'replicas',
      settings.rollout.replicas ?? 2,
      `${autoscaler.object.node.path} scales the Deployment, and each apply would set the number of pods back to this one, whatever the load`,
      `Write autoscaling instead of the ${autoscaler.object.kind}, or leave replicas out and call deployment.markHasAutoscaler()`,
    );
  }
}

function* metricsWithoutValue({ autoscaler }: Autoscaler, checked: Checked): Iterable<Refusal> {
  if (!autoscaler) {
    return;
  }
  const own = autoscaler === checked.horizontalPodAutoscaler;
  const prop = `${own ? 'autoscaling' : 'HorizontalPodAutoscaler'}.metrics`;
  const leftOut = own ? !checked.settings.autoscaling?.metrics : !autoscaler.metrics;
  for (const [i, metric] of (autoscaler.metrics ?? [KUBERNETES_DEFAULT]).entries()) {
    const label = leftOut ? `the default of ${prop}` : `${prop}[${i}]`;
    yield* metricWithoutValue(label, sourceOf(metric), longRunning(checked.deployment, checked.settings));
  }
}

function* metricWithoutValue(
  label: string,
  { resource, container, target }: MetricSource,
  all: Container[],
): Iterable<Refusal> {
  if (resource !== 'cpu' && resource !== 'memory') {
    return;
  }
  const counted = all.filter(({ name }) => container === undefined || name === container);
  if (counted.length === 0) {
    yield new Refusal(
      `${label}.container`,
      JSON.stringify(container),
      'the pods have no container of this name, so the autoscaler would never get a value',
      `Write one of ${all.map(({ name }) => name).join(', ')}`,
    );
  }
  const { averageUtilization } = target;
  if (averageUtilization === undefined) {
    return;
  }
  const amounts = counted.map((each) => amountsOf(each, resource));
  for (const [i, { request }] of amounts.entries()) {
    if (!request) {
      yield new Refusal(
        `${resource} request of container ${counted[i].name}`,
        request,
        `${label} is a percentage of it, so the autoscaler would never get a value`,
        `Write a ${resource} request in its resources, or a metric with MetricTarget.averageValue()`,
      );
    }
  }
  yield* targetAboveLimit(label, averageUtilization, resource, amounts);
}

/** A container never uses more than its limit, so it may never seem busy enough. */
function* targetAboveLimit(
  label: string,
  utilization: number,
  resource: string,
  amounts: Amounts[],
): Iterable<Refusal> {
  const limits = amounts.reduce((sum, { limit = Infinity }) => sum + limit, 0);
  // A missing request is reported already.
  const requests = amounts.reduce((sum, { request = NaN }) => sum + request, 0);
  const most = (100 * limits) / requests;
  if (most <= utilization * TOLERANCE) {
    yield new Refusal(
      `${label}.target`,
      `${utilization} %`,
      `the ${resource} limit lets the pods use at most ${Math.round(most)} % of what they request, and pods are added only above ${Math.round(utilization * TOLERANCE)} %, so none ever would`,
      `Write ${Math.ceil(most / TOLERANCE) - 1} or less, or a higher ${resource} limit or none`,
    );
  }
}

interface Amounts {
  readonly request?: number;
  readonly limit?: number;
}

/** What a container requests and may use at most; a limit alone is its request too. */
function amountsOf({ resources }: Container, resource: string): Amounts {
  const { request, limit } =
    resource === 'cpu' ? counts(resources?.cpu, millicores) : counts(resources?.memory, kibibytes);
  return { request: request ?? limit, limit };
}

function counts<T extends object>(
  { request, limit }: { readonly request?: T; readonly limit?: T } = {},
  count: (amount: T) => number,
): Amounts {
  return { request: request && count(request), limit: limit && count(limit) };
}

function kibibytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}
