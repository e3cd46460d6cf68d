import { Machine } from '../machine';
import { Process } from '../process';
import type { State } from '../state';
import { CONTROL, type NodePlace, NODES } from '../topology';
import { containerd } from './containerd';
import { etcd } from './etcd';
import { kubeApiserver } from './kube-apiserver';
import { kubeControllerManager } from './kube-controller-manager';
import { kubeProxy, proxyCleanup } from './kube-proxy';
import { kubeScheduler } from './kube-scheduler';
import { kubelet } from './kubelet';
import { loadBalancer } from './load-balancer';
import { registry } from './registry';

/** A worker node and what runs on it. */
export interface WorkerNode {
  place: NodePlace;
  machine: Machine;
  containerd: Process;
  kubelet: Process;
  kubeProxy: Process;
  /** The command that removes every rule of kube-proxy. */
  proxyCleanup: () => string[];
}

/** All machines and components of a cluster. The constructor starts nothing. */
export class Components {
  readonly control = new Machine(CONTROL, false);
  readonly etcd: Process;
  readonly registry: Process;
  readonly apiServer: Process;
  readonly controllerManager: Process;
  readonly scheduler: Process;
  readonly loadBalancer: Process;
  readonly nodes: WorkerNode[];

  constructor(private readonly state: State) {
    const context = { machine: this.control, bin: state.bin };
    this.etcd = new Process('etcd', () => etcd(context), state);
    this.registry = new Process('registry', () => registry(context), state);
    this.apiServer = new Process('kube-apiserver', () => kubeApiserver(context), state);
    this.controllerManager = new Process(
      'kube-controller-manager',
      () => kubeControllerManager(context),
      state,
    );
    this.scheduler = new Process('kube-scheduler', () => kubeScheduler(context), state);
    this.loadBalancer = new Process('load-balancer', () => loadBalancer(context), state);
    this.nodes = NODES.map((place) => this.node(place));
  }

  /** Every component, in the order in which they depend on each other. */
  get all(): Process[] {
    const ofNodes = this.nodes.flatMap((node) => [node.containerd, node.kubelet, node.kubeProxy]);
    return [
      this.etcd,
      this.registry,
      this.apiServer,
      this.controllerManager,
      this.scheduler,
      ...ofNodes,
      this.loadBalancer,
    ];
  }

  /** Every machine that has processes. */
  get machines(): Machine[] {
    return [this.control, ...this.nodes.map(({ machine }) => machine)];
  }

  private node(place: NodePlace): WorkerNode {
    const { state } = this;
    const machine = new Machine(place, true);
    const context = () => ({ place, machine, bin: state.bin, proxyMode: state.proxyMode });
    return {
      place,
      machine,
      containerd: new Process(`containerd-${place.name}`, () => containerd(context()), state),
      kubelet: new Process(`kubelet-${place.name}`, () => kubelet(context()), state),
      kubeProxy: new Process(`kube-proxy-${place.name}`, () => kubeProxy(context()), state),
      proxyCleanup: () => proxyCleanup(context()),
    };
  }
}
