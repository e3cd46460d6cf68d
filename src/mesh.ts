/**
 * Options of `Mesh.istio` and `Mesh.linkerd`.
 */
export interface MeshOptions {
  /**
   * Whether the proxy is injected as a native sidecar: Kubernetes itself then starts it before the application,
   * and stops it after. Istio before 1.24 and Linkerd before 2.15 need false, since they know no native
   * sidecars: the proxy is then told how long it has to serve.
   *
   * @default true
   */
  readonly nativeSidecar?: boolean;
}

/**
 * A service mesh whose proxy is injected into the pods.
 *
 * The proxy has to start before the application, and to serve until the application has ended. By default, an
 * injected container gets its SIGTERM while the application still drains, and requests in and out of the pod
 * fail.
 */
export class Mesh {
  /**
   * Istio in sidecar mode. Ambient mode injects nothing and needs no `mesh`.
   *
   * @param options how the proxy is injected
   * @returns the mesh
   * @see https://istio.io/latest/docs/reference/config/annotations/#SidecarNativeSidecar
   * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
   */
  public static istio(options: MeshOptions = {}): Mesh {
    return new Mesh('istio', options);
  }

  /**
   * Linkerd.
   *
   * @param options how the proxy is injected
   * @returns the mesh
   * @see https://linkerd.io/2/reference/proxy-configuration
   */
  public static linkerd(options: MeshOptions = {}): Mesh {
    return new Mesh('linkerd', options);
  }

  private constructor(
    /** @internal */
    public readonly _factory: 'istio' | 'linkerd',
    /** @internal */
    public readonly _options: MeshOptions,
  ) {}
}
