import { KubeConfig, Watch } from '@kubernetes/client-node';
import type { V1EndpointSlice } from '@kubernetes/client-node';

/** Records when each pod first is a ready endpoint, from a watch like kube-proxy's. */
export class EndpointWatch {
  private readonly readyAt = new Map<string, number>();
  private request?: AbortController;

  constructor(
    private readonly kubeconfig: string,
    private readonly namespace: string,
  ) {}

  /** Begins to watch. */
  async start(): Promise<void> {
    const config = new KubeConfig();
    config.loadFromFile(this.kubeconfig);
    const path = `/apis/discovery.k8s.io/v1/namespaces/${this.namespace}/endpointslices`;
    this.request = await new Watch(config).watch(
      path,
      // Begins with the API server's cache: with etcd 3.4 the server cannot find out whether that is up to date.
      { resourceVersion: '0' },
      (_, slice: V1EndpointSlice) => this.note(slice),
      () => undefined,
    );
  }

  stop(): void {
    this.request?.abort();
  }

  /**
   * When the pod became a ready endpoint, in milliseconds since 1970.
   * @throws Error if that was not seen
   */
  readySince(pod: string): number {
    const readyAt = this.readyAt.get(pod);
    if (readyAt === undefined) {
      throw new Error(`no ready endpoint of ${pod} was seen`);
    }
    return readyAt;
  }

  private note({ endpoints }: V1EndpointSlice): void {
    for (const { targetRef, conditions } of endpoints ?? []) {
      const pod = targetRef?.name;
      if (pod && conditions?.ready && !this.readyAt.has(pod)) {
        this.readyAt.set(pod, Date.now());
      }
    }
  }
}
