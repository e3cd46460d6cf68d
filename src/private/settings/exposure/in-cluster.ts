import { ServiceType } from 'cdk8s-plus-27';
import type {
  HeadlessOptions,
  HttpRouteExposureOptions,
  IngressExposureOptions,
} from '../../../exposure-options';
import type { HttpPath } from '../../../http-path';
import type { Part } from '../../clouds/cloud';
import { DNS_LABEL, SUBDOMAIN } from '../../kubernetes/names';
import { checkAll, checkEach, Refusal } from '../../refusals/refusal';
import { checkHostnames, checkPaths } from './hosts-and-paths';
import { CLASS_ANNOTATION, isAnnotationOnlyClass, propagationOfClass } from './ingress-classes';
import { checkAnnotationKeys, checkName } from './names';
import type { Profile } from './profile';
import { askedPropagation } from './propagation';

/**
 * The answer that leaves out old pods already has the new ones, so there is no time to wait for new pods.
 * Source: `ttl 30` and `cache 30` in https://github.com/kubernetes/kubernetes/blob/v1.34.0/cmd/kubeadm/app/phases/addons/dns/manifests.go
 */
const DNS_ANSWER: Part = { seconds: 30, reason: 'for which clients keep an answer of DNS' };

/** Source: the Gateway API's limits for `hostnames` and `matches`. */
const MAX_HOSTS = 16;
const MAX_PATHS = 64;

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
 * A Service without an address of its own: DNS gives clients the addresses of the pods.
 */
export function headless(options: HeadlessOptions): Profile {
  return {
    ...clusterIp(),
    name: 'a headless Service',
    ...askedPropagation(options, { removal: [DNS_ANSWER], addition: [] }),
    headless: true,
  };
}

/**
 * A Service that an Ingress leads to.
 */
export function ingress(options: IngressExposureOptions): Profile {
  checkAll(
    () => checkClass(options.ingressClassName),
    () => checkHostnames(options.hostnames),
    () => checkPaths(options),
    () => checkAnnotationKeys(options.ingressAnnotations),
  );
  return {
    ...clusterIp(),
    name: 'an Ingress',
    ...askedPropagation(options, propagationOfClass(options)),
    ingress: options,
  };
}

function checkClass(className: string | undefined): void {
  if (className !== undefined && isAnnotationOnlyClass(className)) {
    throw new Refusal(
      'exposure.ingressClassName',
      JSON.stringify(className),
      'Kubernetes does not take it as a name, and its controller reads it as an annotation',
      `Write ingressAnnotations: { '${CLASS_ANNOTATION}': '${className}' }`,
    );
  }
  checkName('ingressClassName', className, SUBDOMAIN, 'public');
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
    () => checkPaths(options),
    () => checkLimit('hostnames', options.hostnames, MAX_HOSTS),
    () => checkLimit('paths', options.paths, MAX_PATHS),
    () => checkEach(options.paths ?? [], checkRoutable),
  );
  return { ...clusterIp(), name: 'a Gateway', ...askedPropagation(options), httpRoute: options };
}

function checkLimit(option: string, list: readonly unknown[] = [], max: number): void {
  if (list.length > max) {
    throw new Refusal(
      `exposure.${option}`,
      `${list.length} ${option}`,
      `an HTTPRoute has at most ${max}, so the API server refuses it`,
      option === 'hostnames'
        ? "Write a wildcard such as '*.example.com'"
        : "Write what they begin with, such as HttpPath.prefix('/')",
    );
  }
}

/** Refuses paths that only the controller of an Ingress understands. */
function checkRoutable({ _factory: factory, _path: path }: HttpPath, i: number): void {
  if (factory === 'implementationSpecific') {
    throw new Refusal(
      `exposure.paths[${i}]`,
      JSON.stringify(path),
      'an HTTPRoute has no paths whose meaning its controller decides',
      "Write for example HttpPath.prefix('/shop'), or a JSON patch on httpRoute",
    );
  }
}
