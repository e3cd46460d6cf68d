import type { V1Node, V1Service } from '@kubernetes/client-node';

/** Value of `spec.loadBalancerClass` for routed addresses, and the default of a Service without a class. */
export const ROUTED = 'zero-downtime.test/routed';
/** Value of `spec.loadBalancerClass` for a proxying load balancer. */
export const PROXIED = 'zero-downtime.test/proxied';

const PREFIX = 'zero-downtime.test/';

/**
 * The one annotation of a cloud that is heeded, as AWS's load balancer controller is documented to do it; never compared
 * with a real one. A change deletes the load balancer and makes another with another name in DNS; without the annotation
 * a load balancer stays what it is, and a new one is internal. Sources, below github.com/kubernetes-sigs/aws-load-balancer-controller:
 * issues/1640, pull/1964 and pkg/deploy/elbv2/load_balancer_synthesizer.go (isSDKLoadBalancerRequiresReplacement).
 */
const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';

/** From where an AWS load balancer can be reached. */
export type Scheme = 'internal' | 'internet-facing';

/** A worker node as a target. */
export interface Target {
  name: string;
  address: string;
}

/** How the targets of a proxied Service are checked and deregistered; set by annotations of the Service. */
export interface Settings {
  /** `zero-downtime.test/health-interval`: between two checks; default 10 (seconds). */
  healthIntervalSeconds: number;
  /** `zero-downtime.test/health-fall`: failed checks after which a target gets no new connections; default 3. */
  fall: number;
  /** `zero-downtime.test/health-rise`: successful checks after which it gets them again; default 3. */
  rise: number;
  /** `zero-downtime.test/deregistration-delay`: how long a removed target keeps its connections; default 300 (seconds). */
  deregistrationSeconds: number;
}

/** What the load balancer needs to know of a Service. */
export interface BalancedService {
  namespace: string;
  name: string;
  loadBalancerClass: string;
  ports: { port: number; nodePort: number }[];
  /** The port where kube-proxy says whether a node has ready endpoints: with externalTrafficPolicy Local only. */
  healthCheckNodePort?: number;
  /** The address that it has already. */
  address?: string;
  /** The address that `spec.loadBalancerIP` asks for. */
  requestedAddress?: string;
  /** What the annotation of AWS's controller says; none if it is not there. */
  scheme?: Scheme;
  settings: Settings;
}

/** Key of a Service: namespace/name. */
export const keyOf = ({ namespace, name }: { namespace: string; name: string }): string =>
  `${namespace}/${name}`;

/** Reads the Services that this load balancer serves. */
export function balancedServices(services: readonly V1Service[]): BalancedService[] {
  return services
    .filter(({ spec, metadata }) => spec?.type === 'LoadBalancer' && !metadata?.deletionTimestamp)
    .map(({ metadata, spec, status }) => ({
      namespace: metadata?.namespace ?? '',
      name: metadata?.name ?? '',
      loadBalancerClass: spec?.loadBalancerClass ?? ROUTED,
      ports: (spec?.ports ?? [])
        .filter(({ protocol = 'TCP', nodePort }) => protocol === 'TCP' && nodePort !== undefined)
        .map(({ port, nodePort }) => ({ port, nodePort: nodePort as number })),
      healthCheckNodePort: spec?.externalTrafficPolicy === 'Local' ? spec.healthCheckNodePort : undefined,
      address: status?.loadBalancer?.ingress?.[0]?.ip,
      requestedAddress: spec?.loadBalancerIP || undefined,
      scheme: scheme(metadata?.annotations?.[SCHEME]),
      settings: settings(metadata?.annotations ?? {}),
    }))
    .filter(({ loadBalancerClass }) => loadBalancerClass === ROUTED || loadBalancerClass === PROXIED)
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/** The nodes that may get traffic: not those that are excluded by label, or about to be removed. */
export function targets(nodes: readonly V1Node[]): Target[] {
  return nodes
    .filter(({ metadata, spec }) => {
      const excluded = 'node.kubernetes.io/exclude-from-external-load-balancers' in (metadata?.labels ?? {});
      const leaving = spec?.taints?.some(({ key }) => key === 'ToBeDeletedByClusterAutoscaler');
      return !excluded && !leaving && !metadata?.deletionTimestamp;
    })
    .map(({ metadata, status }) => ({
      name: metadata?.name ?? '',
      address: status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '',
    }))
    .filter(({ address }) => address !== '')
    .sort((a, b) => a.name.localeCompare(b.name));
}

function scheme(written: string | undefined): Scheme | undefined {
  return written === 'internal' || written === 'internet-facing' ? written : undefined;
}

function settings(annotations: Record<string, string>): Settings {
  const number = (name: string, otherwise: number) => {
    const value = Number((annotations[PREFIX + name] ?? '').replace(/s$/, '') || otherwise);
    return Number.isFinite(value) && value >= 0 ? value : otherwise;
  };
  return {
    healthIntervalSeconds: number('health-interval', 10),
    fall: number('health-fall', 3),
    rise: number('health-rise', 3),
    deregistrationSeconds: number('deregistration-delay', 300),
  };
}
