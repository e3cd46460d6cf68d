import type { INetworkPolicyPeer } from 'cdk8s-plus-27';

/**
 * Options of `NetworkAccess.toServicePorts`.
 */
export interface NetworkAccessOptions {
  /**
   * From where connections are let in, at least one: namespaces, pods or blocks of addresses.
   *
   * Traffic of a load balancer that sends to nodes comes from the addresses of the nodes
   * (`externalTrafficPolicy` Cluster) or of the clients (Local). A load balancer that sends to pods uses its
   * own addresses.
   *
   * @default - from everywhere
   */
  readonly peers?: INetworkPolicyPeer[];

  /**
   * From where the port of `metrics` is read, at least one: namespaces, pods or blocks of addresses.
   *
   * @default - from all pods of the cluster
   */
  readonly metricsPeers?: INetworkPolicyPeer[];
}

/**
 * Which connections the pods accept.
 */
export class NetworkAccess {
  /**
   * Lets connections in to the ports that the Services offer and to that of `metrics`, and to no other port of the pods. Health
   * checks come from the pod's own node, which no NetworkPolicy keeps out.
   *
   * @param options from where
   * @returns the access
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
   */
  public static toServicePorts(options: NetworkAccessOptions = {}): NetworkAccess {
    return new NetworkAccess(options);
  }

  private constructor(
    /** @internal */
    public readonly _options: NetworkAccessOptions,
  ) {}
}
