import type { Capability, Client, Cluster } from './cluster';
import { collectObjects } from './collect';
import { run } from './shell';

/** A cluster that somebody else started and that $KUBECONFIG names: nothing but its API is touched. */
export class ExistingCluster implements Cluster {
  readonly client: Client = { addresses: [] };
  readonly proxyMode = undefined;

  constructor(readonly kubeconfig: string) {}

  can(): boolean {
    return false;
  }

  reasonAgainst(capability: Capability): string {
    return `${capability}: not possible on the existing cluster of KUBECONFIG, only its API is used`;
  }

  kubectl(args: string[], input?: string): Promise<string> {
    return run('kubectl', args, { input, env: { KUBECONFIG: this.kubeconfig } });
  }

  apply(yaml: string): Promise<string> {
    return this.kubectl(['apply', '-f', '-'], yaml);
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

  collectLogs(folder: string): Promise<void> {
    return collectObjects(folder, (args) => this.kubectl(args));
  }

  restartKubelet = () => this.refuse('restart-kubelet');
  restartKubeProxy = () => this.refuse('restart-kube-proxy');
  stopApiServer = () => this.refuse('stop-api-server');
  startApiServer = () => this.refuse('stop-api-server');
  stopEtcd = () => this.refuse('stop-etcd');
  startEtcd = () => this.refuse('stop-etcd');
  flushConntrack = () => this.refuse('flush-conntrack');
  switchProxyMode = () => this.refuse('switch-proxy-mode');

  private async refuse(capability: Capability): Promise<void> {
    throw new Error(this.reasonAgainst(capability));
  }
}
