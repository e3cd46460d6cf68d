import type { ExternalTrafficPolicy } from './external-traffic-policy';
import type { SessionAffinity } from './session-affinity';

/**
 * Options of every Service, a headless one included.
 */
export interface HeadlessServiceOptions {
  /**
   * Name of the Service, and of the Ingress or HTTPRoute. Each of `furtherExposures` needs a name of its own.
   *
   * @default - `name` of the construct
   */
  readonly serviceName?: string;

  /**
   * Annotations of the Service. They win over `annotations`, which all objects have; those of the exposure are added.
   *
   * @default - none
   */
  readonly serviceAnnotations?: { [key: string]: string };

  /**
   * Protocol that the application speaks on the main port, as a hint to ingress controllers, gateways and load
   * balancers: an IANA service name such as `https`, or a prefixed one such as `kubernetes.io/h2c` for gRPC
   * without TLS.
   *
   * With `http` or `https`, Azure's load balancer asks `/` for the health of the nodes instead of opening a connection.
   *
   * @default - none
   * @see https://github.com/Azure/AKS/issues/3210
   */
  readonly appProtocol?: string;

  /**
   * Names of the ports that the Service offers: the main port, and the ports of `extraPorts` and `sidecars`
   * that have a `servicePort`. A main port without a name is called `main` here.
   *
   * @default - all of them
   */
  readonly portNames?: string[];
}

/**
 * The Service behind every exposure but a headless one.
 */
export interface ServiceOptions extends HeadlessServiceOptions {
  /**
   * Number under which the Service offers the main port, 1 to 65535.
   *
   * @default - 80, or 443 with `tls`
   */
  readonly servicePort?: number;

  /**
   * Whether a client is sent to the same pod each time.
   *
   * @default - the API server's: none
   */
  readonly sessionAffinity?: SessionAffinity;
}

/**
 * The Service behind every exposure that makes a load balancer.
 */
export interface LoadBalancerOptions extends ServiceOptions {
  /**
   * Address ranges, such as `203.0.113.0/24`, from which the load balancer takes traffic.
   *
   * @default - all
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * How nodes treat traffic that the load balancer hands them. With `Local`, `Exposure.loadBalancer` needs `removalTime` and
   * `additionTime`. Changing it on a live Service interrupts traffic.
   *
   * @default - the API server's: `Cluster`
   * @see https://github.com/kubernetes/kubernetes/issues/111539
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
}
