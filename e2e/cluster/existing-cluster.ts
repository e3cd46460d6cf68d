import type { Capability, Client, Cluster } from './cluster';
import { collectObjects } from './collect';
import { run } from './shell';

/** A cluster that was there already and that $KUBECONFIG names: only its API is used. */
export class ExistingCluster implements Cluster {
  /** One address has ports for about 200 connections a second to the same other address. */
  readonly client: Client = { addresses: [], mostConnections: 200 };

  /** @param registry where the test images are, which the cluster's nodes can pull from */
  constructor(
    readonly kubeconfig: string,
    private readonly registry?: string,
  ) {}

  get imagePrefix(): string {
    return this.registry === undefined ? '' : `${this.registry}/`;
  }

  can(capability: Capability): boolean {
    return this.reasonAgainst(capability) === undefined;
  }

  reasonAgainst(capability: Capability): string | undefined {
    if (capability !== 'test-images') {
      return `${capability}: not possible on the existing cluster of KUBECONFIG, only its API is used`;
    }
    if (this.registry !== undefined) {
      return undefined;
    }
    return `${capability}: its nodes do not have them. Add --registry with a registry that they can pull from and this machine can push to`;
  }

  kubectl(args: string[], input?: string): Promise<string> {
    return run('kubectl', args, { input, env: { KUBECONFIG: this.kubeconfig } });
  }

  async nodes(): Promise<string[]> {
    return (await this.kubectl(['get', 'nodes', '-o', 'name']))
      .split('\n')
      .map((name) => name.replace('node/', ''));
  }

  async versions(): Promise<Record<string, string>> {
    const { serverVersion } = JSON.parse(await this.kubectl(['version', '-o', 'json']));
    return { kubernetes: serverVersion.gitVersion };
  }

  check(): void {}

  async restore(): Promise<void> {}

  /** Does nothing: the nodes are not ours to change. */
  async flushConntrack(): Promise<void> {}

  collectLogs(folder: string): Promise<void> {
    return collectObjects(folder, (args) => this.kubectl(args));
  }

  restartKubelet = () => this.refuse('restart-kubelet');
  restartKubeProxy = () => this.refuse('restart-kube-proxy');
  stopApiServer = () => this.refuse('stop-api-server');
  startApiServer = () => this.refuse('stop-api-server');
  stopEtcd = () => this.refuse('stop-etcd');
  startEtcd = () => this.refuse('stop-etcd');
  switchProxyMode = () => this.refuse('switch-proxy-mode');

  private async refuse(capability: Capability): Promise<void> {
    throw new Error(this.reasonAgainst(capability));
  }
}
