import { ExistingCluster } from './existing-cluster';
import { LocalCluster } from './local-cluster';

/** What a scenario may need and not every cluster can do. */
export type Capability =
  | 'restart-kubelet'
  | 'restart-kube-proxy'
  | 'stop-api-server'
  | 'stop-etcd'
  | 'switch-proxy-mode'
  | 'flush-conntrack'
  | 'client-addresses'
  | 'load-balancer-classes'
  | 'test-images';

/** How kube-proxy programs the kernel. */
export type ProxyMode = 'nftables' | 'iptables';

/** Where load comes from: a network namespace (none: this machine itself) and its source addresses. */
export interface Client {
  namespace?: string;
  addresses: string[];
}

/** A cluster that scenarios run on. What it cannot do throws; ask {@link can} first. */
export interface Cluster {
  readonly kubeconfig: string;
  readonly client: Client;
  /** Names of the worker nodes. */
  nodes(): Promise<string[]>;
  can(capability: Capability): boolean;
  /** Why it cannot, for the report; undefined when it can. */
  reasonAgainst(capability: Capability): string | undefined;
  /** Runs kubectl and returns its stdout. */
  kubectl(args: string[], stdin?: string): Promise<string>;
  /** Applies manifests. */
  apply(yaml: string): Promise<string>;
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
  readonly proxyMode: ProxyMode | undefined;
  /** Restarts every kube-proxy in another mode, with the rules of the old one removed. */
  switchProxyMode(mode: ProxyMode): Promise<void>;
  /** Writes events, pods and logs into a folder. */
  collectLogs(folder: string): Promise<void>;
}

/** The cluster that $KUBECONFIG names, else the one that `npm run cluster:start` started. */
export async function connect(env: NodeJS.ProcessEnv = process.env): Promise<Cluster> {
  return env.KUBECONFIG ? new ExistingCluster(env.KUBECONFIG) : LocalCluster.attach();
}
