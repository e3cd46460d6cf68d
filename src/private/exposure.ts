import { isIP } from 'node:net';
import { ServiceType } from 'cdk8s-plus-27';
import { ServiceSpec } from '../../imports/k8s';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { firstAddress } from './ip-range';
import { wholeSeconds } from './numbers';
import { Refusal } from './refusal';

/** How clients reach the pods. */
export interface Exposure {
  readonly type: ServiceType;
  /** What cdk8s-plus-27 cannot say of a Service. */
  readonly spec: ServiceSpec;
}

/** Source: the API server's limit for `clientIP.timeoutSeconds`. */
const MAX_AFFINITY_SECONDS = 86_400;

/**
 * The Service's type and traffic settings.
 */
export function resolveExposure(props: ZeroDowntimeDeploymentProps): Exposure {
  const type = props.serviceType ?? ServiceType.LOAD_BALANCER;
  if (type === ServiceType.EXTERNAL_NAME) {
    throw new Refusal(
      'serviceType',
      type,
      'it is an alias of a DNS name and reaches no pod',
      'Write ServiceType.LOAD_BALANCER, NODE_PORT or CLUSTER_IP',
    );
  }
  if (type !== ServiceType.LOAD_BALANCER) {
    refuseIfSet('loadBalancerClass', props.loadBalancerClass, type);
    refuseIfSet('loadBalancerSourceRanges', props.loadBalancerSourceRanges, type);
  }
  if (type === ServiceType.CLUSTER_IP) {
    refuseIfSet('externalTrafficPolicy', props.externalTrafficPolicy, type);
  }
  for (const range of props.loadBalancerSourceRanges ?? []) {
    checkRange(range);
  }
  const timeout = props.sessionAffinity?._timeout;
  return {
    type,
    spec: {
      externalTrafficPolicy: props.externalTrafficPolicy,
      loadBalancerClass: props.loadBalancerClass,
      loadBalancerSourceRanges: props.loadBalancerSourceRanges,
      sessionAffinity: props.sessionAffinity?._type,
      sessionAffinityConfig: timeout && {
        clientIp: {
          timeoutSeconds: wholeSeconds('sessionAffinity timeout', timeout, { max: MAX_AFFINITY_SECONDS }),
        },
      },
    },
  };
}

function refuseIfSet(prop: string, value: unknown, type: ServiceType): void {
  if (value !== undefined) {
    throw new Refusal(
      prop,
      JSON.stringify(value),
      `the API server refuses it on a Service of type ${type}`,
      'Leave it out, or write serviceType: ServiceType.LOAD_BALANCER',
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
