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
  MetalLbOptions,
  NodePortExposureOptions,
} from './exposure-options';
import type { LoadBalancerOptions, ServiceOptions } from './service-options';

/**
 * How clients reach the pods, and what this requires of the pods: how long a pod that has to go still
 * serves (`drain`), and how long a new pod is ready before an old one goes (`minReady`).
 *
 * The numbers and where each comes from: docs/guide/exposure.md.
 */
export class Exposure {
  /**
   * A load balancer of any kind. Meant for one that has no method of its own here: give the times that it takes
   * to follow the pods.
   *
   * @param options the Service, which controller provides the load balancer and how long that takes to follow the pods
   * @returns the exposure
   */
  public static loadBalancer(options: LoadBalancerExposureOptions = {}): Exposure {
    return new Exposure('loadBalancer', options);
  }

  /**
   * A port of every node, for clients that know the nodes, or a load balancer that Kubernetes does not know.
   *
   * @param options the Service, and how long whatever sends to the nodes takes to follow the pods
   * @returns the exposure
   */
  public static nodePort(options: NodePortExposureOptions = {}): Exposure {
    return new Exposure('nodePort', options);
  }

  /**
   * A Network Load Balancer of AWS, made by the AWS Load Balancer Controller.
   *
   * @param options targets, scheme, health check, deregistration and readiness gate
   * @returns the exposure
   */
  public static awsNlb(options: AwsNlbOptions): Exposure {
    return new Exposure('awsNlb', options);
  }

  /**
   * A passthrough Network Load Balancer of Google Cloud, made by GKE.
   *
   * @param options whether it is internal
   * @returns the exposure
   */
  public static gke(options: GkeOptions = {}): Exposure {
    return new Exposure('gke', options);
  }

  /**
   * A Load Balancer of Azure, made by cloud-provider-azure, as in AKS.
   *
   * @param options whether it is internal, and its health check
   * @returns the exposure
   */
  public static azure(options: AzureOptions = {}): Exposure {
    return new Exposure('azure', options);
  }

  /**
   * A Load Balancer of DigitalOcean, made by its cloud controller manager.
   *
   * @param options health check
   * @returns the exposure
   */
  public static digitalOcean(options: DigitalOceanOptions = {}): Exposure {
    return new Exposure('digitalOcean', options);
  }

  /**
   * An address that MetalLB announces, by ARP or BGP.
   *
   * @param options address pool, addresses and class
   * @returns the exposure
   */
  public static metalLb(options: MetalLbOptions = {}): Exposure {
    return new Exposure('metalLb', options);
  }

  /**
   * An address that kube-vip announces, by ARP or BGP.
   *
   * @param options addresses and class
   * @returns the exposure
   */
  public static kubeVip(options: KubeVipOptions = {}): Exposure {
    return new Exposure('kubeVip', options);
  }

  /**
   * Only from within the cluster.
   *
   * @param options the Service
   * @returns the exposure
   */
  public static clusterIp(options: ServiceOptions = {}): Exposure {
    return new Exposure('clusterIp', options);
  }

  /**
   * Only from within the cluster, by a headless Service: DNS gives clients the addresses of all ready pods, and they
   * connect to the pods themselves, such as gRPC clients that balance their requests. Ports have the same
   * numbers as in the pods; the main port has the number of the drain proxy if there is one.
   *
   * @param options the Service and how long clients keep the address of a pod
   * @returns the exposure
   */
  public static headless(options: HeadlessOptions = {}): Exposure {
    return new Exposure('headless', options);
  }

  /**
   * An Ingress, whose controller sends to the pods.
   *
   * @param options class, hosts, paths, certificate and how long the controller takes to follow the pods
   * @returns the exposure
   */
  public static ingress(options: IngressExposureOptions = {}): Exposure {
    return new Exposure('ingress', options);
  }

  /**
   * An HTTPRoute of the Gateway API, whose Gateway sends to the pods.
   *
   * @param options Gateway, hosts, paths and how long the Gateway takes to follow the pods
   * @returns the exposure
   */
  public static httpRoute(options: HttpRouteExposureOptions): Exposure {
    return new Exposure('httpRoute', options);
  }

  private constructor(
    /** @internal */
    public readonly _factory:
      | 'loadBalancer'
      | 'nodePort'
      | 'awsNlb'
      | 'gke'
      | 'azure'
      | 'digitalOcean'
      | 'metalLb'
      | 'kubeVip'
      | 'clusterIp'
      | 'headless'
      | 'ingress'
      | 'httpRoute',
    /** @internal */
    public readonly _options: LoadBalancerOptions,
  ) {}
}
