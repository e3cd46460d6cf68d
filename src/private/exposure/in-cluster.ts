import { isIP } from 'node:net';
import { HttpIngressPathType, ServiceType } from 'cdk8s-plus-27';
import { HttpRouteExposureOptions, IngressExposureOptions } from '../../exposure-options';
import { DNS_LABEL, SUBDOMAIN } from '../identity';
import { checkAll, checkEach, Refusal } from '../refusal';
import { followingOfClass } from './ingress-classes';
import { checkAnnotationKeys, checkName } from './names';
import { Profile } from './profile';
import { askedFollowing } from './propagation';

/** Source: Kubernetes' and the Gateway API's rule for a host: RFC 1123, also with `*.` in front. */
const HOST = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
/** Source: the Gateway API's limit for `hostnames`. */
const MAX_HOSTS = 16;
/** Source: the Gateway API's rule for the value of a path, which is stricter than that of an Ingress. */
const PATH = /^(?=.{1,1024}$)\/([\w.~!$&'()*+,;=:@/-]|%[\da-fA-F]{2})*$/;
/** Source: the same, and Kubernetes' rule for the path of an Ingress. */
const AMBIGUOUS_PATH = /\/\/|\/\.{1,2}(\/|$)|%2f/i;

/**
 * A Service that only the cluster reaches.
 */
export function clusterIp(): Profile {
  return {
    name: 'a Service of type ClusterIP',
    type: ServiceType.CLUSTER_IP,
    annotations: {},
    removal: [],
    addition: [],
  };
}

/**
 * A Service that an Ingress leads to.
 */
export function ingress(options: IngressExposureOptions): Profile {
  checkAll(
    () => checkName('ingressClassName', options.ingressClassName, SUBDOMAIN, 'public'),
    () => options.host !== undefined && checkHost('exposure.host', options.host),
    () => checkPath(options.path, options.pathType),
    () => checkAnnotationKeys(options.ingressAnnotations),
  );
  return {
    ...clusterIp(),
    name: 'an Ingress',
    ...askedFollowing(options, followingOfClass(options)),
    ingress: options,
  };
}

/**
 * A Service that an HTTPRoute leads to.
 */
export function httpRoute(options: HttpRouteExposureOptions): Profile {
  checkAll(
    () => checkName('gateway', options.gateway, SUBDOMAIN, 'public'),
    () => checkName('gatewayNamespace', options.gatewayNamespace, DNS_LABEL, 'public'),
    () => checkName('listener', options.listener, SUBDOMAIN, 'public'),
    () => checkHostnames(options.hostnames),
    () => checkPath(options.path),
  );
  return { ...clusterIp(), name: 'a Gateway', ...askedFollowing(options), httpRoute: options };
}

function checkHostnames(hosts: string[] = []): void {
  if (hosts.length > MAX_HOSTS) {
    throw new Refusal(
      'exposure.hostnames',
      `${hosts.length} hosts`,
      `an HTTPRoute has at most ${MAX_HOSTS}, so the API server refuses it`,
      "Write a wildcard such as '*.example.com'",
    );
  }
  checkEach(hosts, (host, i) => checkHost(`exposure.hostnames[${i}]`, host));
}

function checkHost(prop: string, host: string): void {
  // cdk8s-plus-27 keeps rules in a plain object and would take `constructor` for one that is there.
  if (!HOST.test(host) || isIP(host) !== 0 || host in {}) {
    throw new Refusal(
      prop,
      JSON.stringify(host),
      'it is not the name of a host, so the API server refuses it',
      "Write for example 'shop.example.com' or '*.example.com'",
    );
  }
}

/** What a path of type ImplementationSpecific means is the controller's business, as long as it is absolute. */
function checkPath(path = '/', pathType = HttpIngressPathType.PREFIX): void {
  const free = pathType === HttpIngressPathType.IMPLEMENTATION_SPECIFIC && path.startsWith('/');
  if (!free && (!PATH.test(path) || AMBIGUOUS_PATH.test(path))) {
    throw new Refusal(
      'exposure.path',
      JSON.stringify(path),
      'it is not an absolute path with one meaning, so the API server refuses it',
      "Write for example '/' or '/shop'",
    );
  }
}
