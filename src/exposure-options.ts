import type { Duration } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-27';
import type { ExternalTrafficPolicy } from './external-traffic-policy';
import type { HttpPath } from './http-path';
import type { HeadlessServiceOptions, LoadBalancerOptions, ServiceOptions } from './service-options';

/**
 * How long a load balancer or proxy takes to follow the pods.
 */
export interface PropagationTimes {
  /**
   * How long it goes on sending to a pod after its controller knows that the pod goes, whole seconds up to 1 h.
   * Proxies in the cluster, and load balancers that send to nodes with `externalTrafficPolicy` Cluster, need
   * none. Others take longer, see the guide. `externalTrafficPolicy` Local requires it where nothing is known.
   *
   * @default - what is known of the class of an Ingress (`alb`, `gce`, `gce-internal`, `azure-application-gateway`), else 0 s
   */
  readonly removalTime?: Duration;

  /**
   * How long it takes until it sends to a pod that is ready, whole seconds up to 1 h.
   *
   * @default - what is known of the class of an Ingress (`alb`, `gce`, `gce-internal`, `azure-application-gateway`), else 0 s
   */
  readonly additionTime?: Duration;
}

/**
 * Options of `Exposure.loadBalancer`.
 */
export interface LoadBalancerExposureOptions extends LoadBalancerOptions, PropagationTimes {
  /**
   * Which controller provides the load balancer. It can not change on a live Service.
   *
   * @default - the cluster's own
   */
  readonly loadBalancerClass?: string;
}

/**
 * Options of `Exposure.nodePort`.
 */
export interface NodePortExposureOptions extends ServiceOptions, PropagationTimes {
  /**
   * How nodes treat traffic that comes to their port. With `Local`, whatever sends to the nodes has to find out
   * by itself which nodes have a ready pod, so `removalTime` and `additionTime` are needed. Changing it on a
   * live Service interrupts traffic.
   *
   * @default - the API server's: `Cluster`
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
}

/**
 * What an AWS Network Load Balancer sends to.
 */
export enum AwsTargetType {
  /** The pods themselves. The cluster's network has to give pods addresses of the VPC (Amazon VPC CNI). */
  IP = 'ip',

  /** The nodes, where kube-proxy passes the traffic on to the pods. */
  INSTANCE = 'instance',
}

/**
 * How a load balancer finds out which of its targets it may use.
 */
export interface LoadBalancerHealthCheckOptions {
  /**
   * Time between two health checks of a target, whole seconds.
   *
   * @default - the cloud's own: 10 s on AWS (it accepts 5 s to 300 s), 5 s on Azure (from 5 s), 3 s at DigitalOcean (3 s to 300 s)
   */
  readonly healthCheckInterval?: Duration;

  /**
   * Failed health checks in a row until a target gets no new connection, at least 2, at most 10 except on Azure.
   * Azure needs as many good ones until the target gets connections again.
   *
   * @default - the cloud's own: 3 on AWS and at DigitalOcean, 2 on Azure
   */
  readonly unhealthyThreshold?: number;
}

/**
 * Options of `Exposure.awsNlb`.
 */
export interface AwsNlbOptions extends LoadBalancerOptions, LoadBalancerHealthCheckOptions {
  /**
   * What the load balancer sends to.
   */
  readonly targetType: AwsTargetType;

  /**
   * Good health checks in a row until a target gets connections, 2 to 10.
   *
   * @default 3
   */
  readonly healthyThreshold?: number;

  /**
   * Whether only the VPC reaches it.
   *
   * @default false
   */
  readonly internalLoadBalancer?: boolean;

  /**
   * How long connections to a deregistered target live on, whole seconds up to 3600.
   *
   * @default Duration.seconds(120)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * Further attributes of the target group, by name, such as `preserve_client_ip.enabled`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-attributes
   */
  readonly targetGroupAttributes?: { [name: string]: string };

  /**
   * Whether a new pod becomes ready only when the load balancer sends to it. `minReady` then does not have to
   * wait for that. Only for `AwsTargetType.IP`, and only in a namespace with the label
   * `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`. Pods that are made before the controller knows the
   * Service, such as the very first ones, get no gate.
   *
   * @default false
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
   */
  readonly readinessGate?: boolean;
}

/**
 * Options of `Exposure.gke`.
 */
export interface GkeOptions extends LoadBalancerOptions {
  /**
   * Whether only the VPC reaches it.
   *
   * @default false
   */
  readonly internalLoadBalancer?: boolean;
}

/**
 * Options of `Exposure.azure`.
 */
export interface AzureOptions extends LoadBalancerOptions, LoadBalancerHealthCheckOptions {
  /**
   * Whether only the virtual network reaches it.
   *
   * @default false
   */
  readonly internalLoadBalancer?: boolean;
}

/**
 * Options of `Exposure.digitalOcean`.
 */
export interface DigitalOceanOptions extends LoadBalancerOptions, LoadBalancerHealthCheckOptions {
  /**
   * Good health checks in a row until a node gets connections, 2 to 10.
   *
   * @default 5
   */
  readonly healthyThreshold?: number;
}

/**
 * Options of `Exposure.metalLb`.
 */
export interface MetalLbOptions extends LoadBalancerOptions {
  /**
   * Name of the IPAddressPool from which the address comes.
   *
   * @default - any pool that assigns by itself
   */
  readonly addressPool?: string;

  /**
   * Addresses to take, at most one of each IP family.
   *
   * @default - a free one of the pool
   */
  readonly addresses?: string[];

  /**
   * Class with which MetalLB was started, by `--lb-class`. It can not change on a live Service.
   *
   * @default - none
   */
  readonly loadBalancerClass?: string;
}

/**
 * Options of `Exposure.kubeVip`.
 */
export interface KubeVipOptions extends LoadBalancerOptions {
  /**
   * Addresses to take, at most one of each IP family.
   *
   * @default - one that kube-vip's cloud provider assigns
   */
  readonly addresses?: string[];

  /**
   * Class that kube-vip and its cloud provider listen to, such as `kube-vip.io/kube-vip-class`. It can not
   * change on a live Service.
   *
   * @default - none
   */
  readonly loadBalancerClass?: string;
}

/**
 * Options of `Exposure.headless`.
 */
export interface HeadlessOptions extends HeadlessServiceOptions {
  /**
   * How long clients may go on connecting to a pod after it was taken out of DNS, whole seconds.
   *
   * @default Duration.seconds(30), for which CoreDNS as kubeadm sets it up lets an answer be kept
   * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/cmd/kubeadm/app/phases/addons/dns/manifests.go
   */
  readonly removalTime?: Duration;
}

/**
 * Which requests an Ingress or HTTPRoute leads to the Service.
 */
export interface RouteOptions {
  /**
   * Host names of the requests, such as `shop.example.com` or `*.example.com`. An HTTPRoute has at most 16.
   *
   * @default - every host of the IngressClass or the Gateway's listener
   */
  readonly hostnames?: string[];

  /**
   * Paths of the requests, each once. An HTTPRoute has at most 64.
   *
   * @default [HttpPath.prefix('/')]
   */
  readonly paths?: HttpPath[];
}

/**
 * Options of `Exposure.ingress`.
 */
export interface IngressExposureOptions extends ServiceOptions, RouteOptions, PropagationTimes {
  /**
   * Name of the IngressClass.
   *
   * @default - the cluster's default class
   */
  readonly ingressClassName?: string;

  /**
   * Secret of type `kubernetes.io/tls` with the certificate of all `hostnames`.
   *
   * @default - no TLS
   */
  readonly tlsSecret?: ISecret;

  /**
   * Annotations of the Ingress, by which its controller is configured. They win over `annotations`, which all objects
   * have.
   *
   * @default - none
   */
  readonly ingressAnnotations?: { [key: string]: string };
}

/**
 * Options of `Exposure.httpRoute`.
 */
export interface HttpRouteExposureOptions extends ServiceOptions, RouteOptions, PropagationTimes {
  /**
   * Name of the Gateway.
   */
  readonly gateway: string;

  /**
   * Namespace of the Gateway, whose listener has to allow routes from the namespace of the Service.
   *
   * @default - that of the Service
   */
  readonly gatewayNamespace?: string;

  /**
   * Name of the Gateway's listener.
   *
   * @default - every listener that fits
   */
  readonly listener?: string;
}
