import { Duration } from 'cdk8s';
import { HttpIngressPathType, ISecret } from 'cdk8s-plus-27';

/**
 * What an AWS Network Load Balancer sends to.
 */
export enum AwsTargets {
  /** The pods themselves. The cluster's network has to give pods addresses of the VPC (Amazon VPC CNI). */
  IP = 'ip',

  /** The nodes, where kube-proxy passes it on to the pods. */
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
   * Azure asks for as many good ones until it gets them again.
   *
   * @default - the cloud's own: 3 on AWS and at DigitalOcean, 2 on Azure
   */
  readonly unhealthyThreshold?: number;
}

/**
 * Options of `Exposure.awsNlb`.
 */
export interface AwsNlbOptions extends LoadBalancerHealthCheckOptions {
  /**
   * What the load balancer sends to.
   */
  readonly targets: AwsTargets;

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
  readonly internal?: boolean;

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
   * Whether a new pod waits with its readiness until the load balancer sends to it. It is then not `minReady`
   * that waits. Only for `AwsTargets.IP`, and only in a namespace with the label
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
export interface GkeOptions {
  /**
   * Whether only the VPC reaches it.
   *
   * @default false
   */
  readonly internal?: boolean;
}

/**
 * Options of `Exposure.azure`.
 */
export interface AzureOptions extends LoadBalancerHealthCheckOptions {
  /**
   * Whether only the virtual network reaches it.
   *
   * @default false
   */
  readonly internal?: boolean;
}

/**
 * Options of `Exposure.digitalOcean`.
 */
export interface DigitalOceanOptions extends LoadBalancerHealthCheckOptions {
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
export interface MetalLbOptions {
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
   * What MetalLB was started with as `--lb-class`. It can not change on a live Service.
   *
   * @default - none
   */
  readonly loadBalancerClass?: string;
}

/**
 * Options of `Exposure.kubeVip`.
 */
export interface KubeVipOptions {
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
 * How long a proxy takes to follow the pods.
 */
export interface ProxyTimes {
  /**
   * How long the proxy goes on sending to a pod after its controller has heard that it goes, whole seconds.
   * Proxies in the cluster stop as soon as they hear it. Load balancers of a cloud take longer, see the guide.
   *
   * @default Duration.seconds(0)
   */
  readonly removalTime?: Duration;

  /**
   * How long the proxy takes until it sends to a pod that is ready, whole seconds.
   *
   * @default Duration.seconds(0)
   */
  readonly additionTime?: Duration;
}

/**
 * Options of `Exposure.ingress`.
 */
export interface IngressExposureOptions extends ProxyTimes {
  /**
   * Name of the IngressClass.
   *
   * @default - the cluster's default class
   */
  readonly className?: string;

  /**
   * Host name of the requests, such as `shop.example.com` or `*.example.com`.
   *
   * @default - every host
   */
  readonly host?: string;

  /**
   * Path of the requests, starts with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * How `path` is compared.
   *
   * @default HttpIngressPathType.PREFIX
   */
  readonly pathType?: HttpIngressPathType;

  /**
   * Secret of type `kubernetes.io/tls` with the certificate of `host`.
   *
   * @default - no TLS
   */
  readonly tlsSecret?: ISecret;

  /**
   * Annotations of the Ingress, by which its controller is configured.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Options of `Exposure.httpRoute`.
 */
export interface HttpRouteExposureOptions extends ProxyTimes {
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

  /**
   * Host names of the requests, such as `shop.example.com` or `*.example.com`, at most 16.
   *
   * @default - those of the listener
   */
  readonly hosts?: string[];

  /**
   * Path with which requests begin, starts with `/`.
   *
   * @default '/'
   */
  readonly path?: string;
}
