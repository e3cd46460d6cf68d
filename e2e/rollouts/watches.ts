import { KubeConfig, Watch } from '@kubernetes/client-node';
import type { PodLog } from './pod-log';

/** Watches the pods and the Deployment of a namespace for a log. */
export class Watches {
  private readonly requests: AbortController[] = [];

  constructor(
    private readonly kubeconfig: string,
    private readonly namespace: string,
    private readonly log: PodLog,
  ) {}

  /** Begins to watch. */
  async start(): Promise<void> {
    const config = new KubeConfig();
    config.loadFromFile(this.kubeconfig);
    const watch = new Watch(config);
    const begin = async (path: string, note: (event: string, object: never, at: number) => void) => {
      const request = await watch.watch(
        path,
        // Begins with the API server's cache: with etcd 3.4 the server cannot find out whether that is up to date.
        { resourceVersion: '0' },
        (event, object) => note(event, object as never, Date.now()),
        () => undefined,
      );
      this.requests.push(request);
    };
    await begin(`/api/v1/namespaces/${this.namespace}/pods`, (event, pod, at) =>
      this.log.notePod(event, pod, at),
    );
    await begin(`/apis/apps/v1/namespaces/${this.namespace}/deployments`, (_, deployment, at) =>
      this.log.noteDeployment(deployment, at),
    );
  }

  stop(): void {
    for (const request of this.requests) {
      request.abort();
    }
  }
}
