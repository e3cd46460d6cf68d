import { isIP } from 'node:net';
import { HttpIngressPathType, ServiceType } from 'cdk8s-plus-27';
import { HttpRouteExposureOptions, IngressExposureOptions, ProxyTimes } from '../../exposure-options';
import { DNS_LABEL, SUBDOMAIN } from '../identity';
import { wholeSeconds } from '../numbers';
import { Refusal } from '../refusal';
import { checkAnnotationKeys, checkName } from './names';
import { Profile } from './profile';
import { Following } from './timing';

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
  checkName('className', options.className, SUBDOMAIN, 'public');
  checkHosts('host', options.host === undefined ? [] : [options.host]);
  checkPath(options.path, options.pathType);
  checkAnnotationKeys(options.annotations);
  return { ...clusterIp(), name: 'an Ingress', ...proxyFollowing(options), ingress: options };
}

/**
 * A Service that an HTTPRoute leads to.
 */
export function httpRoute(options: HttpRouteExposureOptions): Profile {
  // Plain JavaScript can leave it out.
  checkName('gateway', options.gateway ?? '', SUBDOMAIN, 'public');
  checkName('gatewayNamespace', options.gatewayNamespace, DNS_LABEL, 'public');
  checkName('listener', options.listener, SUBDOMAIN, 'public');
  checkHosts('hosts', options.hosts ?? []);
  checkPath(options.path);
  return { ...clusterIp(), name: 'a Gateway', ...proxyFollowing(options), httpRoute: options };
}

function proxyFollowing({ removalTime, additionTime }: ProxyTimes): Following {
  const part = (prop: string, time: ProxyTimes['removalTime'], reason: string) =>
    time ? [{ seconds: wholeSeconds(`exposure ${prop}`, time, { min: 0 }), reason }] : [];
  return {
    removal: part('removalTime', removalTime, 'of removalTime'),
    addition: part('additionTime', additionTime, 'of additionTime'),
  };
}

function checkHosts(prop: string, hosts: string[]): void {
  if (hosts.length > MAX_HOSTS) {
    throw new Refusal(
      `exposure ${prop}`,
      `${hosts.length} hosts`,
      `an HTTPRoute has at most ${MAX_HOSTS}, so the API server refuses it`,
      "Write a wildcard such as '*.example.com'",
    );
  }
  for (const host of hosts) {
    // cdk8s-plus-27 keeps rules in a plain object and would take `constructor` for one that is there.
    if (!HOST.test(host) || isIP(host) !== 0 || host in {}) {
      throw new Refusal(
        `exposure ${prop}`,
        JSON.stringify(host),
        'it is not the name of a host, so the API server refuses it',
        "Write for example 'shop.example.com' or '*.example.com'",
      );
    }
  }
}

/** What a path of type ImplementationSpecific means is the controller's business, as long as it is absolute. */
function checkPath(path = '/', pathType = HttpIngressPathType.PREFIX): void {
  const free = pathType === HttpIngressPathType.IMPLEMENTATION_SPECIFIC && path.startsWith('/');
  if (!free && (!PATH.test(path) || AMBIGUOUS_PATH.test(path))) {
    throw new Refusal(
      'exposure path',
      JSON.stringify(path),
      'it is not an absolute path with one meaning, so the API server refuses it',
      "Write for example '/' or '/shop'",
    );
  }
}
