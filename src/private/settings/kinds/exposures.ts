import { Exposure } from '../../../exposure';
import type {
  AwsNlbOptions,
  AzureOptions,
  DigitalOceanOptions,
  GkeOptions,
  HeadlessOptions,
  HttpRouteExposureOptions,
  IngressExposureOptions,
  KubeVipOptions,
  LoadBalancerExposureOptions,
  LoadBalancerHealthCheckOptions,
  MetalLbOptions,
  NodePortExposureOptions,
  PropagationTimes,
  RouteOptions,
} from '../../../exposure-options';
import { AwsTargetType } from '../../../exposure-options';
import { ExternalTrafficPolicy } from '../../../external-traffic-policy';
import { HttpPath } from '../../../http-path';
import type { HeadlessServiceOptions, LoadBalancerOptions, ServiceOptions } from '../../../service-options';
import { SessionAffinity } from '../../../session-affinity';
import type { Options } from './collections';
import { listOf, mapOf, optionsOf, required } from './collections';
import type { Elsewhere } from './elsewhere';
import type { Kind } from './kind';
import { made } from './made';
import { DURATION, FLAG, number, oneOf, portName, SECRET, text, TEXT } from './values';

const HEADLESS: Options<HeadlessServiceOptions> = {
  serviceName: TEXT,
  serviceAnnotations: mapOf(TEXT),
  appProtocol: text('https'),
  portNames: listOf(portName('http')),
};

const SERVICE: Options<ServiceOptions> = {
  ...HEADLESS,
  servicePort: number(80),
  sessionAffinity: made<SessionAffinity>(
    SessionAffinity,
    () => 'SessionAffinity.clientIp()',
    ({ _timeout: timeout }) => (timeout === undefined ? {} : { _timeout: [DURATION, '.timeout'] }),
  ),
};

/** Options of every exposure with a load balancer. */
export const LOAD_BALANCER: Options<LoadBalancerOptions> = {
  ...SERVICE,
  loadBalancerSourceRanges: listOf(text('203.0.113.0/24')),
  externalTrafficPolicy: oneOf(ExternalTrafficPolicy),
};

const TIMES: Options<PropagationTimes> = { removalTime: DURATION, additionTime: DURATION };

const HEALTH_CHECKS: Options<LoadBalancerHealthCheckOptions> = {
  healthCheckInterval: DURATION,
  unhealthyThreshold: number(3),
};

const HTTP_PATH = made<HttpPath>(
  HttpPath,
  (value) => `HttpPath.prefix('${typeof value === 'string' && value.startsWith('/') ? value : '/shop'}')`,
  () => ({ _path: [text('/shop'), ''] }),
);

const ROUTE: Options<RouteOptions> = {
  hostnames: listOf(text('shop.example.com')),
  paths: listOf(HTTP_PATH),
};

export const INGRESS: Options<IngressExposureOptions> = {
  ...SERVICE,
  ...TIMES,
  ingressClassName: text('public'),
  ...ROUTE,
  tlsSecret: SECRET,
  ingressAnnotations: mapOf(TEXT),
};

/** Keys that users of Kubernetes and charts look for in a Service with a load balancer, and what to write instead. */
const IN_LOAD_BALANCER: Elsewhere = {
  hostname: 'the annotation of your DNS controller as one of serviceAnnotations',
  loadBalancerIP: 'the annotation of your load balancer as one of serviceAnnotations',
};

/** By the factory that takes them. */
const OPTIONS_OF: Record<Exposure['_factory'], Kind> = {
  loadBalancer: optionsOf<LoadBalancerExposureOptions>(
    'the options of Exposure.loadBalancer',
    {
      ...LOAD_BALANCER,
      ...TIMES,
      loadBalancerClass: text('example.com/internal'),
    },
    IN_LOAD_BALANCER,
  ),
  nodePort: optionsOf<NodePortExposureOptions>('the options of Exposure.nodePort', {
    ...SERVICE,
    ...TIMES,
    externalTrafficPolicy: oneOf(ExternalTrafficPolicy),
  }),
  awsNlb: optionsOf<AwsNlbOptions>(
    'the options of Exposure.awsNlb',
    {
      ...LOAD_BALANCER,
      ...HEALTH_CHECKS,
      targetType: required(oneOf(AwsTargetType, 'AwsTargetType')),
      healthyThreshold: number(3),
      internalLoadBalancer: FLAG,
      deregistrationDelay: DURATION,
      targetGroupAttributes: mapOf(text('true')),
      readinessGate: FLAG,
    },
    IN_LOAD_BALANCER,
  ),
  gke: optionsOf<GkeOptions>(
    'the options of Exposure.gke',
    { ...LOAD_BALANCER, internalLoadBalancer: FLAG },
    IN_LOAD_BALANCER,
  ),
  azure: optionsOf<AzureOptions>(
    'the options of Exposure.azure',
    {
      ...LOAD_BALANCER,
      ...HEALTH_CHECKS,
      internalLoadBalancer: FLAG,
    },
    IN_LOAD_BALANCER,
  ),
  digitalOcean: optionsOf<DigitalOceanOptions>(
    'the options of Exposure.digitalOcean',
    {
      ...LOAD_BALANCER,
      ...HEALTH_CHECKS,
      healthyThreshold: number(5),
    },
    IN_LOAD_BALANCER,
  ),
  metalLb: optionsOf<MetalLbOptions>(
    'the options of Exposure.metalLb',
    {
      ...LOAD_BALANCER,
      addressPool: text('public'),
      addresses: listOf(text('192.0.2.10')),
      loadBalancerClass: text('example.com/metallb'),
    },
    { ...IN_LOAD_BALANCER, loadBalancerIP: 'addresses' },
  ),
  kubeVip: optionsOf<KubeVipOptions>(
    'the options of Exposure.kubeVip',
    {
      ...LOAD_BALANCER,
      addresses: listOf(text('192.0.2.10')),
      loadBalancerClass: text('kube-vip.io/kube-vip-class'),
    },
    { ...IN_LOAD_BALANCER, loadBalancerIP: 'addresses' },
  ),
  clusterIp: optionsOf<ServiceOptions>('the options of Exposure.clusterIp', SERVICE),
  headless: optionsOf<HeadlessOptions>(
    'the options of Exposure.headless',
    { ...HEADLESS, removalTime: DURATION },
    {
      servicePort: 'no number: clients connect to the pods, by the numbers on which these listen',
      sessionAffinity: 'no affinity: clients choose the pods by themselves',
    },
  ),
  ingress: optionsOf<IngressExposureOptions>('the options of Exposure.ingress', INGRESS, {
    annotations: 'ingressAnnotations, or serviceAnnotations for its Service',
    className: 'ingressClassName',
    tls: 'tlsSecret',
  }),
  httpRoute: optionsOf<HttpRouteExposureOptions>('the options of Exposure.httpRoute', {
    ...SERVICE,
    ...TIMES,
    gateway: required(text('public')),
    gatewayNamespace: text('gateways'),
    listener: text('https'),
    ...ROUTE,
  }),
};

/** The method that a text such as `Ingress` or `NodePort` means, as long as it needs no options. */
function methodOf(value: unknown): string | undefined {
  const named = typeof value === 'string' ? value.toLowerCase() : undefined;
  return Object.keys(OPTIONS_OF).find(
    (method) => method.toLowerCase() === named && !['awsNlb', 'httpRoute'].includes(method),
  );
}

export const EXPOSURE = made<Exposure>(
  Exposure,
  (value) => `Exposure.${methodOf(value) ?? 'clusterIp'}()`,
  ({ _factory: factory }) => ({ _options: [OPTIONS_OF[factory], ''] }),
);

/** The example has a `serviceName`, which each of them needs. */
export const FURTHER_EXPOSURES: Kind = {
  ...listOf(EXPOSURE),
  example: () => "[Exposure.clusterIp({ serviceName: 'web-internal' })]",
};
