import {
  AwsNlbOptions,
  AzureOptions,
  DigitalOceanOptions,
  GkeOptions,
  HttpRouteExposureOptions,
  IngressExposureOptions,
  KubeVipOptions,
  MetalLbOptions,
} from './exposure-options';
import { awsNlb } from './private/exposure/aws-nlb';
import { azure } from './private/exposure/azure';
import { digitalOcean } from './private/exposure/digital-ocean';
import { gke } from './private/exposure/gke';
import { clusterIp, httpRoute, ingress } from './private/exposure/in-cluster';
import { kubeVip } from './private/exposure/kube-vip';
import { metalLb } from './private/exposure/metal-lb';
import type { Profile } from './private/exposure/profile';
import type { ExternalTrafficPolicy } from './service-options';

/**
 * How clients reach the pods, with what the way there asks of them: how long a pod that has to go still
 * serves (`drain`), and how long a new one is ready before an old one goes (`minReady`).
 *
 * The numbers and where each comes from: docs/guide/exposure.md.
 */
export class Exposure {
  /**
   * A Network Load Balancer of AWS, made by the AWS Load Balancer Controller.
   *
   * @param options targets, scheme, health check, deregistration and readiness gate
   * @returns the exposure
   */
  public static awsNlb(options: AwsNlbOptions): Exposure {
    return new Exposure(awsNlb.bind(undefined, options));
  }

  /**
   * A passthrough Network Load Balancer of Google Cloud, made by GKE.
   *
   * @param options whether it is internal
   * @returns the exposure
   */
  public static gke(options: GkeOptions = {}): Exposure {
    return new Exposure(gke.bind(undefined, options));
  }

  /**
   * A Load Balancer of Azure, made by cloud-provider-azure, as in AKS.
   *
   * @param options whether it is internal, and its health check
   * @returns the exposure
   */
  public static azure(options: AzureOptions = {}): Exposure {
    return new Exposure(azure.bind(undefined, options));
  }

  /**
   * A Load Balancer of DigitalOcean, made by its cloud controller manager.
   *
   * @param options health check
   * @returns the exposure
   */
  public static digitalOcean(options: DigitalOceanOptions = {}): Exposure {
    return new Exposure(digitalOcean.bind(undefined, options));
  }

  /**
   * An address that MetalLB announces, by ARP or BGP.
   *
   * @param options address pool, addresses and class
   * @returns the exposure
   */
  public static metalLb(options: MetalLbOptions = {}): Exposure {
    return new Exposure(metalLb.bind(undefined, options));
  }

  /**
   * An address that kube-vip announces, by ARP or BGP.
   *
   * @param options addresses and class
   * @returns the exposure
   */
  public static kubeVip(options: KubeVipOptions = {}): Exposure {
    return new Exposure(kubeVip.bind(undefined, options));
  }

  /**
   * Only from within the cluster.
   *
   * @returns the exposure
   */
  public static clusterIp(): Exposure {
    return new Exposure(clusterIp);
  }

  /**
   * An Ingress, whose controller sends to the pods.
   *
   * @param options class, host, path, certificate and how long the controller takes to follow the pods
   * @returns the exposure
   */
  public static ingress(options: IngressExposureOptions = {}): Exposure {
    return new Exposure(ingress.bind(undefined, options));
  }

  /**
   * An HTTPRoute of the Gateway API, whose Gateway sends to the pods.
   *
   * @param options Gateway, hosts, path and how long the Gateway takes to follow the pods
   * @returns the exposure
   */
  public static httpRoute(options: HttpRouteExposureOptions): Exposure {
    return new Exposure(httpRoute.bind(undefined, options));
  }

  private constructor(
    /** @internal */
    public readonly _resolve: (policy?: ExternalTrafficPolicy) => Profile,
  ) {}
}
