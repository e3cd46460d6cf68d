import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, Cluster, ProxyMode } from './cluster';
import { collectObjects } from './collect';
import { Components, type WorkerNode } from './components';
import { KUBECONFIG, runPath } from './paths';
import type { Process } from './process';
import { run } from './shell';
import { State } from './state';
import { CLIENT, CLIENT_ADDRESSES } from './topology';
import { VERSIONS } from './versions';

/** The cluster that `npm run cluster:start` started on this machine: it can do everything. */
export class LocalCluster implements Cluster {
  readonly kubeconfig = KUBECONFIG;
  readonly imagePrefix = '';
  readonly client: Client = { namespace: CLIENT.namespace, addresses: CLIENT_ADDRESSES };

  private readonly foundMode: ProxyMode;

  constructor(
    private readonly state: State,
    private readonly components: Components,
  ) {
    this.foundMode = state.proxyMode;
  }

  /** Connects to the running cluster. */
  static async attach(): Promise<LocalCluster> {
    if (!State.exists()) {
      throw new Error('no cluster is running.\nWhat to do: npm run cluster:start, or set KUBECONFIG');
    }
    const state = State.load();
    const components = new Components(state);
    for (const machine of components.machines) {
      await machine.attach();
    }
    return new LocalCluster(state, components);
  }

  can(): boolean {
    return true;
  }

  reasonAgainst(): undefined {
    return undefined;
  }

  kubectl(args: string[], input?: string): Promise<string> {
    return run(this.state.bin('kubectl'), args, { input, env: { KUBECONFIG } });
  }

  apply(yaml: string): Promise<string> {
    return this.kubectl(['apply', '-f', '-'], yaml);
  }

  async nodes(): Promise<string[]> {
    return this.components.nodes.map(({ place }) => place.name);
  }

  async versions(): Promise<Record<string, string>> {
    const first = async (command: string, ...args: string[]) => (await run(command, args)).split('\n')[0];
    return {
      ...VERSIONS,
      etcd: await first('etcd', '--version'),
      containerd: await first('containerd', '--version'),
      runc: await first('runc', '--version'),
      haproxy: await first('haproxy', '-v'),
      kernel: await first('uname', '-sr'),
    };
  }

  check(): void {
    for (const component of this.components.all) {
      component.check();
    }
  }

  restartKubelet = (node: string) => this.node(node).kubelet.restart();
  restartKubeProxy = (node: string) => this.node(node).kubeProxy.restart();
  stopApiServer = () => this.components.apiServer.stop('SIGKILL');
  stopEtcd = () => this.components.etcd.stop('SIGKILL');
  startEtcd = () => this.components.etcd.start();

  /** Also starts the controllers and the scheduler if they have ended for lack of a lease, as a control plane's kubelet would. */
  async startApiServer(): Promise<void> {
    const { apiServer, controllerManager, scheduler } = this.components;
    await apiServer.start();
    await startEnded([controllerManager, scheduler]);
  }

  async flushConntrack(): Promise<void> {
    for (const { place } of this.components.nodes) {
      await run('ip', ['netns', 'exec', place.namespace, 'conntrack', '--flush']);
    }
  }

  async switchProxyMode(mode: ProxyMode): Promise<void> {
    if (mode === this.state.proxyMode) {
      return;
    }
    for (const node of this.components.nodes) {
      await node.kubeProxy.stop();
    }
    for (const { proxyCleanup } of this.components.nodes) {
      const [command, ...args] = proxyCleanup();
      await run(command, args);
    }
    this.state.proxyMode = mode;
    await Promise.all(this.components.nodes.map((node) => node.kubeProxy.start()));
    await this.flushConntrack();
  }

  async restore(): Promise<void> {
    await startEnded(this.components.all);
    await this.switchProxyMode(this.foundMode);
  }

  async collectLogs(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    cpSync(runPath('logs'), join(folder, 'components'), { recursive: true });
    for (const { place, machine } of this.components.nodes) {
      cpSync(machine.folder('log', 'pods'), join(folder, 'pods', place.name), { recursive: true });
      const tracked = await run('ip', ['netns', 'exec', place.namespace, 'conntrack', '--dump']);
      writeFileSync(join(folder, `connections-${place.name}.txt`), tracked);
    }
    await collectObjects(folder, (args) => this.kubectl(args));
  }

  private node(name: string): WorkerNode {
    const found = this.components.nodes.find(({ place }) => place.name === name);
    if (!found) {
      throw new Error(`there is no node ${name}`);
    }
    return found;
  }
}

/** Starts the components that do not run, in this order. */
async function startEnded(components: readonly Process[]): Promise<void> {
  for (const component of components) {
    if (!component.alive) {
      await component.start();
    }
  }
}
