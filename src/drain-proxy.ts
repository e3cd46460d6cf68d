import type { ContainerResources } from 'cdk8s-plus-27';

/**
 * Options of `DrainProxy.haproxy`.
 */
export interface HaproxyDrainProxyOptions {
  /**
   * Image with HAProxy 2.6 or later in its path, with a tag that is never reused or with a digest.
   *
   * @default 'haproxy:3.2.23', an official image
   */
  readonly image?: string;

  /**
   * Number on which the proxy listens for the clients, 1024 to 65534. On the next number, it listens for the kubelet.
   *
   * @default 15080
   */
  readonly port?: number;

  /**
   * Whether the application, and so its clients, speak HTTP/2 without TLS, as gRPC does. With it, no client may
   * speak HTTP/1.1.
   *
   * @default false, HTTP/1.1
   */
  readonly http2?: boolean;

  /**
   * Most connections of clients that are open at once in a pod. Further ones wait.
   *
   * @default 10000
   */
  readonly maxConnections?: number;

  /**
   * CPU and memory that the proxy asks for and may use at most. Where no request and no limit is given, the default is
   * requested.
   *
   * @default - asks for 50m CPU and 64Mi of memory; no limits
   */
  readonly resources?: ContainerResources;
}

/**
 * A proxy in front of the application, in the same pod. When the pod has to go, it tells each client that
 * keeps its connection open to use another one for its next request: by `Connection: close` in every response
 * from that moment on, in HTTP/2 by GOAWAY.
 *
 * Without it, an application that closes such connections when it stops loses the request that a client
 * sends at that moment. The application needs no change; its requests come from 127.0.0.1, with the
 * client's address in `X-Forwarded-For`.
 */
export class DrainProxy {
  /**
   * HAProxy as a native sidecar. Needs Kubernetes 1.33: before, Services do not find a sidecar's port by its
   * name and would have no endpoint.
   *
   * @param options image, port, connections and resources
   * @returns the proxy
   * @see https://github.com/kubernetes/kubernetes/pull/128850
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  public static haproxy(options: HaproxyDrainProxyOptions = {}): DrainProxy {
    return new DrainProxy(options);
  }

  private constructor(
    /** @internal */
    public readonly _options: HaproxyDrainProxyOptions,
  ) {}
}
