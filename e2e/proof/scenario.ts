import type { Capability, ProxyMode } from '../cluster/cluster';
import type { LoadProfile } from '../load/profile';
import type { Manifests } from '../manifests/manifests';
import type { ScenarioWorld } from './scenario-world';

/** One change under load. */
export interface Scenario {
  /** What it is asked for by and its files are named by, in kebab-case: `rollout-in-rollout`. */
  readonly id: string;
  /** What is done to the service, for readers: `a second rollout in the middle of the first, 4 pods`. */
  readonly name: string;
  /**
   * - `control`: must drop requests, else the instrument sees nothing
   * - `ours`: must drop none
   * - `limit`: shows what is not promised; it is measured and may drop some
   */
  readonly kind: 'control' | 'ours' | 'limit';
  /** What the cluster has to be able to do. */
  readonly needs?: readonly Capability[];
  /** Pod Security Standard that its namespace enforces; `restricted` unless it says otherwise. */
  readonly podSecurity?: 'privileged';
  /** The mode of kube-proxy; iptables, the default of Kubernetes, unless it says otherwise. */
  readonly proxyMode?: ProxyMode;
  /**
   * Whether failures on kept-alive connections count, too: only where something in the pod drains them.
   */
  readonly countsKeptAlive?: boolean;
  /** How much load it gets; full load unless it says otherwise. */
  readonly load?: Partial<LoadProfile>;
  /** What runs before the change. */
  given(): Promise<Manifests>;
  /** The change. It is over when this returns. */
  when(world: ScenarioWorld): Promise<void>;
}
