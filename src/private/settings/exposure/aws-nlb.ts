import { ServiceType } from 'cdk8s-plus-27';
import type { AwsNlbOptions } from '../../../exposure-options';
import { AwsTargetType } from '../../../exposure-options';
import { ExternalTrafficPolicy } from '../../../external-traffic-policy';
import { AWS_NLB, AWS_PREFIX } from '../../clouds/aws-nlb';
import { wholeSeconds } from '../../kubernetes/numbers';
import { keyPath } from '../../refusals/key-path';
import { checkEach, Refusal } from '../../refusals/refusal';
import type { HealthCheckTiming } from './health-check';
import {
  checksThatDecide,
  healthCheckAnnotations,
  nodePropagation,
  resolveHealthCheck,
} from './health-check';
import type { Profile } from './profile';
import type { Propagation } from './timing';

/**
 * With `Local`, a node whose last pod goes becomes unhealthy while requests to that pod are still in flight. By
 * default AWS cuts them.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html#unhealthy-target-connection-termination
 */
const KEEP_IN_FLIGHT = { 'target_health_state.unhealthy.connection_termination.enabled': 'false' };

/**
 * A Network Load Balancer of AWS as the AWS Load Balancer Controller makes it.
 */
export function awsNlb(options: AwsNlbOptions): Profile {
  const healthCheck = resolveHealthCheck(options, AWS_NLB.nodes.healthCheck);
  const deregistrationSeconds = options.deregistrationDelay
    ? wholeSeconds('exposure.deregistrationDelay', options.deregistrationDelay, AWS_NLB.deregistration)
    : AWS_NLB.deregistration.default;
  const toPods = options.targetType === AwsTargetType.IP;
  checkReadinessGate(options, toPods);
  return {
    name: `an AWS NLB with ${toPods ? 'IP' : 'instance'} targets`,
    type: ServiceType.LOAD_BALANCER,
    loadBalancerClass: AWS_NLB.classes[0],
    annotations: {
      [`${AWS_PREFIX}nlb-target-type`]: options.targetType,
      [`${AWS_PREFIX}scheme`]: options.internalLoadBalancer ? 'internal' : 'internet-facing',
      ...healthCheckAnnotations(AWS_NLB.nodes.healthCheck, healthCheck),
      [`${AWS_PREFIX}target-group-attributes`]: attributes(options, deregistrationSeconds, toPods),
    },
    conflictingAnnotations: /\/aws-load-balancer-(type|internal)$/,
    sendsToPods: toPods,
    ...(toPods
      ? { ...podPropagation(healthCheck, deregistrationSeconds), readinessGate: options.readinessGate }
      : nodePropagation(AWS_NLB.nodes, options.externalTrafficPolicy, healthCheck)),
  };
}

function podPropagation(
  { interval, healthyThreshold }: HealthCheckTiming,
  deregistrationSeconds: number,
): Propagation {
  return {
    removal: [AWS_NLB.pods.removal],
    addition: [AWS_NLB.pods.addition, checksThatDecide(interval, healthyThreshold)],
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
