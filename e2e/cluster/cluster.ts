import { ExistingCluster } from './existing-cluster';
import { LocalCluster } from './local-cluster';
import { KUBECONFIG } from './paths';

/** What a scenario may need and not every cluster can do. */
export type Capability =
  | 'restart-kubelet'
  | 'restart-kube-proxy'
  | 'stop-api-server'
  | 'stop-etcd'
  | 'switch-proxy-mode'
  | 'load-balancer-classes'
  | 'test-images';

/** How kube-proxy programs the kernel. */
export type ProxyMode = 'nftables' | 'iptables';

/** Where load comes from. */
export interface Client {
  /** A network namespace; none: this machine itself. */
  namespace?: string;
  /** Addresses that it sends from; none: the machine's own. */
  addresses: string[];
  /** New connections a second that it can make without running out of ports; none: as many as a scenario asks. */
  mostConnections?: number;
}

/** A cluster that scenarios run on. What it cannot do throws; ask {@link can} first. */
export interface Cluster {
  readonly kubeconfig: string;
  readonly client: Client;
  /** What stands before the names of the test images: the registry that they were pushed to, if not the nodes' own. */
  readonly imagePrefix: string;
  /** Names of the worker nodes. */
  nodes(): Promise<string[]>;
  can(capability: Capability): boolean;
  /** Why it cannot, for the report; undefined when it can. */
  reasonAgainst(capability: Capability): string | undefined;
  /** Runs kubectl and returns its stdout. */
  kubectl(args: string[], stdin?: string): Promise<string>;
  /** Component versions, for the report. */
  versions(): Promise<Record<string, string>>;
  /** @throws ComponentError when a component of the cluster has died */
  check(): void;
  restartKubelet(node: string): Promise<void>;
  restartKubeProxy(node: string): Promise<void>;
  stopApiServer(): Promise<void>;
  startApiServer(): Promise<void>;
  stopEtcd(): Promise<void>;
  startEtcd(): Promise<void>;
  /** Forgets all connections on all nodes, so that one scenario does not meet those of another. */
  flushConntrack(): Promise<void>;
  /** Restarts every kube-proxy in another mode, with the rules of the old one removed. */
  switchProxyMode(mode: ProxyMode): Promise<void>;
  /** Starts what was stopped, and gives kube-proxy the mode that it had. */
  restore(): Promise<void>;
  /** Writes events, pods and logs into a folder. */
  collectLogs(folder: string): Promise<void>;
}

/**
 * The cluster that $KUBECONFIG names, else the one that `npm run cluster:start` started.
 * @param registry where the test images of another cluster are
 */
export async function connect(registry?: string): Promise<Cluster> {
  const foreign = foreignKubeconfig();
  return foreign ? new ExistingCluster(foreign, registry) : LocalCluster.attach();
}

/** $KUBECONFIG, unless it names the cluster that `npm run cluster:start` starts, which says to export it. */
export function foreignKubeconfig(): string | undefined {
  const named = process.env.KUBECONFIG;
  return named === KUBECONFIG ? undefined : named || undefined;
}
