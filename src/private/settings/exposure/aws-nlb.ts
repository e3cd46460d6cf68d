import { ServiceType } from 'cdk8s-plus-27';
import type { AwsNlbOptions } from '../../../exposure-options';
import { AwsTargetType } from '../../../exposure-options';
import { ExternalTrafficPolicy } from '../../../external-traffic-policy';
import { wholeSeconds } from '../../kubernetes/numbers';
import { keyPath } from '../../refusals/key-path';
import { checkEach, Refusal } from '../../refusals/refusal';
import type { HealthCheckLimits, HealthCheckTiming } from './health-check';
import { checksThatDecide, nodesFollowing, resolveHealthCheck } from './health-check';
import type { Profile } from './profile';
import type { Following, Part } from './timing';

/** Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/ */
const HEALTH_CHECK: HealthCheckTiming = { interval: 10, unhealthyThreshold: 3, healthyThreshold: 3 };
/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
const LIMITS: HealthCheckLimits = { interval: { min: 5, max: 300 }, threshold: { min: 2, max: 10 } };

/** Source: "available range is 0-3600 seconds", in the annotations above. */
const MAX_DEREGISTRATION_SECONDS = 3600;
/** Source: the example of the annotations above; as long as it takes anyway, see DEREGISTERING. */
const DEREGISTRATION_SECONDS = 120;

/** Source: "at least 2 minutes regardless", https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366 */
const DEREGISTERING: Part = { seconds: 120, reason: 'until a deregistered target gets no new connection' };
/** Source: "about ~3 minutes", https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834 */
const REGISTERING: Part = { seconds: 180, reason: 'until a new target is checked' };
/** Source: "30-40 seconds" after it is unhealthy, https://github.com/aws/containers-roadmap/issues/470 */
const CONSEQUENCE: Part = { seconds: 40, reason: 'until it acts on them' };

/**
 * A node whose last pod goes is unhealthy with `Local`, and requests to that pod are still in flight: they must not
 * be cut, which is the default.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html#unhealthy-target-connection-termination
 */
const KEEP_IN_FLIGHT = { 'target_health_state.unhealthy.connection_termination.enabled': 'false' };

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/**
 * A Network Load Balancer of AWS as the AWS Load Balancer Controller makes it.
 */
export function awsNlb(options: AwsNlbOptions): Profile {
  const healthCheck = resolveHealthCheck(options, HEALTH_CHECK, LIMITS);
  const deregistrationSeconds = options.deregistrationDelay
    ? wholeSeconds('exposure.deregistrationDelay', options.deregistrationDelay, {
        min: 0,
        max: MAX_DEREGISTRATION_SECONDS,
      })
    : DEREGISTRATION_SECONDS;
  const toPods = options.targetType === AwsTargetType.IP;
  checkReadinessGate(options, toPods);
  return {
    name: `an AWS NLB with ${toPods ? 'IP' : 'instance'} targets`,
    type: ServiceType.LOAD_BALANCER,
    // Kubernetes' own controller leaves a Service with a class to the one that has this class.
    loadBalancerClass: 'service.k8s.aws/nlb',
    annotations: {
      [`${PREFIX}nlb-target-type`]: options.targetType,
      [`${PREFIX}scheme`]: options.internalLoadBalancer ? 'internal' : 'internet-facing',
      [`${PREFIX}healthcheck-interval`]: String(healthCheck.interval),
      [`${PREFIX}healthcheck-unhealthy-threshold`]: String(healthCheck.unhealthyThreshold),
      [`${PREFIX}healthcheck-healthy-threshold`]: String(healthCheck.healthyThreshold),
      [`${PREFIX}target-group-attributes`]: attributes(options, deregistrationSeconds, toPods),
    },
    otherWords: /\/aws-load-balancer-(type|internal)$/,
    sendsToPods: toPods,
    ...(toPods
      ? { ...podsFollowing(healthCheck, deregistrationSeconds), readinessGate: options.readinessGate }
      : nodesFollowing(healthCheck, options.externalTrafficPolicy, [CONSEQUENCE])),
  };
}

function podsFollowing(
  { interval, healthyThreshold }: HealthCheckTiming,
  deregistrationSeconds: number,
): Following {
  return {
    removal: [DEREGISTERING],
    addition: [REGISTERING, checksThatDecide(interval, healthyThreshold)],
    deregistrationSeconds,
  };
}

function attributes(
  { targetGroupAttributes = {}, externalTrafficPolicy }: AwsNlbOptions,
  deregistrationSeconds: number,
  toPods: boolean,
): string {
  const own: Record<string, string> = {
    'deregistration_delay.timeout_seconds': String(deregistrationSeconds),
    ...(!toPods && externalTrafficPolicy === ExternalTrafficPolicy.LOCAL && KEEP_IN_FLIGHT),
  };
  checkEach(Object.keys(targetGroupAttributes), (key) => {
    const value = targetGroupAttributes[key];
    if (!/^[^,=\s]+$/.test(key) || !/^[^,\s]+$/.test(value)) {
      throw new Refusal(
        keyPath('exposure.targetGroupAttributes', key),
        JSON.stringify(value),
        'all of them are one annotation, in which , ends a value and = a name, so the controller would read others',
        "Write for example { 'preserve_client_ip.enabled': 'true' }",
      );
    }
    if (Object.hasOwn(own, key) && own[key] !== value) {
      throw new Refusal(
        keyPath('exposure.targetGroupAttributes', key),
        JSON.stringify(value),
        `the exposure makes it ${own[key]}, and drain and minReady count on that`,
        'Remove the attribute; deregistrationDelay is an option of its own',
      );
    }
  });
  return Object.entries({ ...own, ...targetGroupAttributes })
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function checkReadinessGate({ readinessGate, targetType }: AwsNlbOptions, toPods: boolean): void {
  if (readinessGate && !toPods) {
    throw new Refusal(
      'exposure.readinessGate',
      true,
      `targetType is ${targetType}, and the load balancer knows only nodes, so no pod would get a gate`,
      'Write targetType: AwsTargetType.IP, or leave readinessGate out',
    );
  }
}
