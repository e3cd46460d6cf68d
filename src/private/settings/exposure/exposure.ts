import { isIP } from 'node:net';
import { ServiceType } from 'cdk8s-plus-27';
import type { ServiceSpec } from '../../../../imports/k8s';
import type { AcceptedRisks } from '../../../accepted-risks';
import { Exposure } from '../../../exposure';
import type { ExposureProps } from '../../../exposure-props';
import { ExternalTrafficPolicy } from '../../../external-traffic-policy';
import type { NamingProps } from '../../../naming-props';
import type { LoadBalancerOptions } from '../../../service-options';
import type { TerminationProps } from '../../../termination-props';
import { firstAddress } from '../../kubernetes/ip-range';
import { wholeSeconds } from '../../kubernetes/numbers';
import { keyPath } from '../../refusals/key-path';
import { checkAll, checkEach, movedTo, part, Refusal } from '../../refusals/refusal';
import { checkServiceAnnotations } from '../keys';
import type { Profile } from './profile';
import { profileOf } from './profiles';
import type { Timing } from './timing';
import { timingOf } from './timing';

/** How clients reach the pods. */
export interface ServiceExposure {
  /** Its path in the props. */
  readonly path: string;
  readonly options: LoadBalancerOptions;
  /** What is in front of the pods. */
  readonly profile: Profile;
  /** Fields of the Service that cdk8s-plus-27 does not know. */
  readonly spec: ServiceSpec;
  /** Annotations of the Service. */
  readonly annotations: Record<string, string>;
  /** The times that the pods have to wait. */
  readonly timing: Timing;
}

/** The path of the first one in the props. */
export const PATH = 'exposure';

/** Source: the API server's limit for `clientIP.timeoutSeconds`. */
const MAX_AFFINITY_SECONDS = 86_400;

/** Annotations by which clouds configure a load balancer. */
const OF_LOAD_BALANCER = /^service\.beta\.kubernetes\.io\/(aws|azure|do)-load-?balancer-/;
/** Annotations that decide whether an AWS load balancer sends to pods. */
const OF_AWS_TARGETS = /\/aws-load-balancer-(nlb-target-type|type)$/;

/**
 * All ways to the pods, that of `exposure` first.
 */
export function resolveExposures(
  props: ExposureProps & NamingProps & TerminationProps & AcceptedRisks,
): ServiceExposure[] {
  const { exposure = Exposure.loadBalancer(), furtherExposures: further = [] } = props;
  const main = part(() => resolveExposure(PATH, exposure, props));
  const others = Array.from(further.keys(), (i) => {
    const path = `furtherExposures[${i}]`;
    return part(() => movedTo(path, PATH, () => resolveExposure(path, further[i], props)));
  });
  checkAll(main, ...others);
  return [main(), ...others.map((each) => each())];
}

/** The Service's type, annotations and traffic settings, and the times that the pods have to wait for them. */
function resolveExposure(
  path: string,
  exposure: Exposure,
  props: NamingProps & TerminationProps & AcceptedRisks,
): ServiceExposure {
  const profile = profileOf(exposure);
  const { externalTrafficPolicy, loadBalancerSourceRanges, sessionAffinity, serviceAnnotations } =
    exposure._options;
  checkAll(
    () => checkTrafficPolicy(profile, exposure._options, props),
    () => checkAnnotations('annotations', props.annotations, profile, props),
    () => checkServiceAnnotations('exposure.serviceAnnotations', serviceAnnotations, props),
    () => checkAnnotations('exposure.serviceAnnotations', serviceAnnotations, profile, props),
    () =>
      checkEach(loadBalancerSourceRanges ?? [], (range, i) =>
        checkRange(`exposure.loadBalancerSourceRanges[${i}]`, range),
      ),
  );
  const timeout = sessionAffinity?._timeout;
  return {
    path,
    options: exposure._options,
    profile,
    spec: {
      clusterIp: profile.headless ? 'None' : undefined,
      externalTrafficPolicy,
      loadBalancerClass: profile.loadBalancerClass,
      loadBalancerSourceRanges,
      sessionAffinity: sessionAffinity?._type,
      sessionAffinityConfig: timeout && {
        clientIp: {
          timeoutSeconds: wholeSeconds('exposure.sessionAffinity.timeout', timeout, {
            max: MAX_AFFINITY_SECONDS,
          }),
        },
      },
    },
    annotations: { ...profile.annotations, ...props.annotations, ...serviceAnnotations },
    timing: timingOf(profile),
  };
}

function checkTrafficPolicy(
  { name, sendsToPods, removal, addition }: Profile,
  { externalTrafficPolicy }: LoadBalancerOptions,
  { acceptDowntimeOnRollout }: AcceptedRisks,
): void {
  const refuse = (reason: string, fix: string) => {
    throw new Refusal('exposure.externalTrafficPolicy', JSON.stringify(externalTrafficPolicy), reason, fix);
  };
  if (externalTrafficPolicy && sendsToPods) {
    refuse(
      `${name} sends to the pods, so no node passes traffic on`,
      'Leave it out, or write an exposure that sends to nodes',
    );
  }
  const missing = [
    ...(removal.length === 0 ? ['removalTime'] : []),
    ...(addition.length === 0 ? ['additionTime'] : []),
  ];
  if (
    externalTrafficPolicy === ExternalTrafficPolicy.LOCAL &&
    missing.length > 0 &&
    !acceptDowntimeOnRollout
  ) {
    refuse(
      `a node whose last pod goes drops what it is still sent, and how long who sends to the nodes behind ${name} takes to find out is not known`,
      `Write ${missing.join(' and ')}, for health checks the interval × (checks that decide + 1), or an exposure that knows its load balancer, such as Exposure.gke, or leave the policy out, or write acceptDowntimeOnRollout: true`,
    );
  }
}

/** Refuses annotations that contradict the exposure, that no controller reads, or that need longer times. */
function checkAnnotations(
  prop: string,
  annotations: Record<string, string> = {},
  { type, annotations: own, conflictingAnnotations, removal }: Profile,
  { drain, acceptDowntimeOnRollout }: TerminationProps & AcceptedRisks,
): void {
  checkEach(Object.keys(annotations), (key) => {
    const value = annotations[key];
    const refuse = (reason: string, fix: string) => {
      throw new Refusal(keyPath(prop, key), JSON.stringify(value), reason, fix);
    };
    if ((Object.hasOwn(own, key) && own[key] !== value) || conflictingAnnotations?.test(key)) {
      refuse(
        'exposure decides this, and drain and minReady follow from what it decides',
        'Remove the annotation, and write what it says as an option of the exposure',
      );
    }
    if (OF_LOAD_BALANCER.test(key) && type !== ServiceType.LOAD_BALANCER) {
      refuse(
        `a Service of type ${type} has no load balancer that it could configure`,
        'Remove the annotation, or write an exposure with a load balancer',
      );
    }
    const sendsToPods = OF_AWS_TARGETS.test(key) && /^(nlb-)?ip$/.test(value) && !Object.hasOwn(own, key);
    if (sendsToPods && removal.length === 0 && !drain && !acceptDowntimeOnRollout) {
      refuse(
        'the load balancer then sends to a pod for minutes after it has to go, and takes minutes until it sends to a new one, which the defaults of drain and minReady do not wait for',
        'Write exposure: Exposure.awsNlb({ targetType: AwsTargetType.IP }) instead, or the removalTime and additionTime that it needs too',
      );
    }
  });
}

function checkRange(prop: string, range: string): void {
  const [address, prefix = '', ...rest] = range.split('/');
  // The API server takes neither an address with a zone nor IPv4 written as IPv6.
  const family = /%|^::ffff:/i.test(address) ? 0 : isIP(address);
  const bits = { 0: -1, 4: 32, 6: 128 }[family]!;
  if (!/^\d+$/.test(prefix) || Number(prefix) > bits || rest.length > 0) {
    throw new Refusal(
      prop,
      JSON.stringify(range),
      'it is not a range of IP addresses, so the API server refuses the Service',
      "Write for example '203.0.113.0/24'",
    );
  }
  const usual = `${firstAddress(address, Number(prefix))}/${Number(prefix)}`;
  if (range !== usual) {
    throw new Refusal(
      prop,
      JSON.stringify(range),
      'a range is written with its first address in the usual form, else the API server warns that it may be a mistake',
      `Write '${usual}'`,
    );
  }
}
