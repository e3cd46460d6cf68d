import { isIP } from 'node:net';
import { ServiceType } from 'cdk8s-plus-27';
import { ServiceSpec } from '../../../imports/k8s';
import { ZeroDowntimeDeploymentProps } from '../../zero-downtime-deployment-props';
import { firstAddress } from '../ip-range';
import { wholeSeconds } from '../numbers';
import { Refusal } from '../refusal';
import { Profile } from './profile';
import { Timing, timingOf } from './timing';

/** How clients reach the pods. */
export interface ServiceExposure {
  readonly type: ServiceType;
  /** What cdk8s-plus-27 cannot say of a Service. */
  readonly spec: ServiceSpec;
  readonly annotations?: Record<string, string>;
  /** What the prop `exposure` says, if it is given. */
  readonly profile?: Profile;
  /** What is asked of the pods. */
  readonly timing: Timing;
}

/** Source: the API server's limit for `clientIP.timeoutSeconds`. */
const MAX_AFFINITY_SECONDS = 86_400;

/** Annotations by which clouds configure a load balancer. */
const OF_LOAD_BALANCER = /^service\.beta\.kubernetes\.io\/(aws|azure|do)-load-?balancer-/;
/** Those that say whether an AWS load balancer sends to pods. */
const OF_AWS_TARGETS = /\/aws-load-balancer-(nlb-target-type|type)$/;

/**
 * The Service's type, annotations and traffic settings, and what they ask of the pods.
 */
export function resolveExposure(props: ZeroDowntimeDeploymentProps): ServiceExposure {
  const profile = props.exposure?._resolve(props.externalTrafficPolicy);
  if (profile) {
    checkProfile(profile, props);
  } else {
    checkAnnotationsAlone(props);
  }
  const type = profile?.type ?? props.serviceType ?? ServiceType.LOAD_BALANCER;
  checkType(type, props);
  for (const range of props.loadBalancerSourceRanges ?? []) {
    checkRange(range);
  }
  const timeout = props.sessionAffinity?._timeout;
  return {
    type,
    spec: {
      externalTrafficPolicy: props.externalTrafficPolicy,
      loadBalancerClass: profile?.loadBalancerClass ?? props.loadBalancerClass,
      loadBalancerSourceRanges: props.loadBalancerSourceRanges,
      sessionAffinity: props.sessionAffinity?._type,
      sessionAffinityConfig: timeout && {
        clientIp: {
          timeoutSeconds: wholeSeconds('sessionAffinity timeout', timeout, { max: MAX_AFFINITY_SECONDS }),
        },
      },
    },
    annotations: profile ? { ...profile.annotations, ...props.serviceAnnotations } : props.serviceAnnotations,
    profile,
    timing: timingOf(profile ?? { removal: [], addition: [] }),
  };
}

/** Refuses annotations for which the defaults are too short, or which no controller reads. */
function checkAnnotationsAlone({
  serviceAnnotations = {},
  serviceType = ServiceType.LOAD_BALANCER,
  drain,
  acceptDowntimeOnRollout,
}: ZeroDowntimeDeploymentProps): void {
  for (const [key, value] of Object.entries(serviceAnnotations)) {
    if (OF_LOAD_BALANCER.test(key) && serviceType !== ServiceType.LOAD_BALANCER) {
      throw new Refusal(
        `serviceAnnotations['${key}']`,
        JSON.stringify(value),
        `a Service of type ${serviceType} has no load balancer that it could configure`,
        'Remove the annotation, or write an exposure instead of serviceType',
      );
    }
    if (OF_AWS_TARGETS.test(key) && /^(nlb-)?ip$/.test(value) && !drain && !acceptDowntimeOnRollout) {
      throw new Refusal(
        `serviceAnnotations['${key}']`,
        JSON.stringify(value),
        'the load balancer then sends to a pod for minutes after it has to go, and takes minutes until it sends to a new one, which the defaults of drain and minReady do not wait for',
        'Write exposure: Exposure.awsNlb({ targets: AwsTargets.IP }) instead, or the drain and the minReady that it needs too',
      );
    }
  }
}

/** Refuses what says something else than the profile, or the same a second time. */
function checkProfile(profile: Profile, props: ZeroDowntimeDeploymentProps): void {
  const { serviceType, loadBalancerClass, externalTrafficPolicy, serviceAnnotations = {} } = props;
  for (const [prop, value] of Object.entries({ serviceType, loadBalancerClass })) {
    if (value !== undefined) {
      throw new Refusal(
        prop,
        JSON.stringify(value),
        `exposure is given too, and ${profile.name} has its own`,
        'Write only one of the two',
      );
    }
  }
  if (externalTrafficPolicy && profile.sendsToPods) {
    throw new Refusal(
      'externalTrafficPolicy',
      JSON.stringify(externalTrafficPolicy),
      `${profile.name} sends to the pods, so no node passes traffic on`,
      'Leave it out, or write an exposure that sends to nodes',
    );
  }
  for (const [key, value] of Object.entries(serviceAnnotations)) {
    const own = Object.hasOwn(profile.annotations, key) ? profile.annotations[key] : value;
    if (own !== value || profile.otherWords?.test(key)) {
      throw new Refusal(
        `serviceAnnotations['${key}']`,
        JSON.stringify(value),
        'exposure decides this, and drain and minReady follow from what it decides',
        'Remove the annotation, and write what it says as an option of the exposure',
      );
    }
  }
}

function checkType(type: ServiceType, props: ZeroDowntimeDeploymentProps): void {
  if (type === ServiceType.EXTERNAL_NAME) {
    throw new Refusal(
      'serviceType',
      type,
      'it is an alias of a DNS name and reaches no pod',
      'Write ServiceType.LOAD_BALANCER, NODE_PORT or CLUSTER_IP',
    );
  }
  const fix = props.exposure
    ? 'Leave it out, or write an exposure with a load balancer'
    : 'Leave it out, or write serviceType: ServiceType.LOAD_BALANCER';
  if (type !== ServiceType.LOAD_BALANCER) {
    refuseIfSet('loadBalancerClass', props.loadBalancerClass, type, fix);
    refuseIfSet('loadBalancerSourceRanges', props.loadBalancerSourceRanges, type, fix);
  }
  if (type === ServiceType.CLUSTER_IP) {
    refuseIfSet('externalTrafficPolicy', props.externalTrafficPolicy, type, fix);
  }
}

function refuseIfSet(prop: string, value: unknown, type: ServiceType, fix: string): void {
  if (value !== undefined) {
    throw new Refusal(
      prop,
      JSON.stringify(value),
      `the API server refuses it on a Service of type ${type}`,
      fix,
    );
  }
}

function checkRange(range: string): void {
  const [address, prefix = '', ...rest] = range.split('/');
  // The API server takes neither an address with a zone nor IPv4 written as IPv6.
  const family = /%|^::ffff:/i.test(address) ? 0 : isIP(address);
  const bits = { 0: -1, 4: 32, 6: 128 }[family]!;
  if (!/^\d+$/.test(prefix) || Number(prefix) > bits || rest.length > 0) {
    throw new Refusal(
      'loadBalancerSourceRanges',
      JSON.stringify(range),
      'it is not a range of IP addresses, so the API server refuses the Service',
      "Write for example '203.0.113.0/24'",
    );
  }
  const usual = `${firstAddress(address, Number(prefix))}/${Number(prefix)}`;
  if (range !== usual) {
    throw new Refusal(
      'loadBalancerSourceRanges',
      JSON.stringify(range),
      'a range is written with its first address in the usual form, else the API server warns that it may be a mistake',
      `Write '${usual}'`,
    );
  }
}
