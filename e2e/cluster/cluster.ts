import { ExistingCluster } from './existing-cluster';
import { LocalCluster } from './local-cluster';
import { KUBECONFIG } from './paths';

/** What some scenarios need and only some clusters can do. */
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
  /** A network namespace; if undefined, this machine itself. */
  namespace?: string;
  /** Addresses that it sends from; if empty, the machine's own. */
  addresses: string[];
  /** Most new connections a second that it has ports for; if undefined, as many as a scenario asks for. */
  mostConnections?: number;
}

/** A cluster that scenarios run on. A method throws if the cluster cannot do it: ask {@link can} first. */
export interface Cluster {
  readonly kubeconfig: string;
  readonly client: Client;
  /** Prefix of the names of the test images: the registry that they were pushed to, unless the nodes use it for every image. */
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
  /** Empties the connection tracking of all nodes, so that the connections of one scenario do not disturb the next. */
  flushConntrack(): Promise<void>;
  /** Restarts every kube-proxy in another mode, after removing the rules of the old one. */
  switchProxyMode(mode: ProxyMode): Promise<void>;
  /** Starts what was stopped, and sets kube-proxy to the mode that it had at first. */
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
