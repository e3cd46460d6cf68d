/*
 * Every time limit, in seconds, and why it is as long as it is. A limit ends what hangs; where it does not say otherwise, what it
 * waits for usually takes a fraction of it.
 */

/** Between two looks at what is waited for: short beside what takes seconds, and few requests for the API server. */
export const POLL = 0.2;

/** How the cluster starts and stops. */
export const CLUSTER_TIMEOUTS = {
  /** A component that is up answers its health check at once, also from a busy machine. */
  healthCheck: 1,
  /** Components start in a few seconds, but all nodes start theirs at the same time on two cores. */
  componentReady: 30,
  /** Kubelet and containerd first finish what they are doing; after that SIGKILL ends them, which takes no time. */
  componentStop: 10,
  /** Nodes are Ready about 10 s after the start. */
  nodesReady: 60,
  /** Add-ons work about 35 s after the start: images are pulled, and metrics-server first waits for a round of metrics. */
  addonsReady: 120,
  /** A machine only makes its namespaces and mounts. */
  machineReady: 5,
  /** Processes that were killed are gone as soon as the kernel has freed their memory. */
  namespaceEmpty: 10,
  /** HAProxy reads a configuration of some hundred lines. */
  haproxyReload: 5,
};

/** What scenarios and trials wait for; the comments are about scenarios, those at {@link TRIAL_TIMEOUTS} about trials. */
export interface WorldTimeouts {
  /** Load without a change before it, in which no request may fail. */
  readonly before: number;
  /** Load after the change is over and the last pod has gone. */
  readonly after: number;
  /** Until what was just applied is available. */
  readonly available: number;
  /** Until a rollout is complete. */
  readonly rollout: number;
  /** Until a node has none of the pods any more. */
  readonly drain: number;
  /** Until the pods that have to go are gone. */
  readonly podsGone: number;
  /** Until a Service has an address. */
  readonly address: number;
  /** Until a Service answers. */
  readonly answer: number;
  /** Until a single request has its answer. */
  readonly request: number;
}

/** What a scenario waits for. */
export const SCENARIO_TIMEOUTS = {
  /** Long enough that a cluster that drops requests by itself shows it: 10,000 requests at full load. */
  before: 10,
  /** Requests of 3 s that are under way have their answers. */
  after: 5,
  /** The image is pulled, the application starts in 20 s, and the slowest manifest has an initial delay of 30 s. */
  available: 120,
  /** Six pods that start in 20 s come one or two at a time, or a drain of 100 s is waited for. */
  rollout: 300,
  /** Each pod is evicted when another one is ready, and then has its drain and its grace period. */
  drain: 180,
  /** The longest drain takes 100 s, and an application may use its grace period after it. */
  podsGone: 150,
  /** The controller of the load balancers looks every 0.5 s. */
  address: 30,
  /** A proxied load balancer sends nothing to a node before three checks, 10 s apart, have succeeded. */
  answer: 60,
  /** The application answers at once, so a try that takes longer is given up for the next one. */
  request: 1,
  /** The autoscaler looks every 15 s at metrics that are as old, and adds pods in steps. */
  autoscalerGrows: 180,
} satisfies WorldTimeouts & Record<string, number>;

/** What a trial waits for: it has few pods, and one that does not come to its end is a result that is waited for each time. */
export const TRIAL_TIMEOUTS = {
  /** 1,500 requests at the trial's load. */
  before: 5,
  /** Requests of 3 s that are under way have their answers. */
  after: 5,
  /** The ingress controller starts in seconds once its image is pulled. */
  available: 60,
  /** Few pods, which start in at most 20 s. */
  rollout: 90,
  /** As a rollout: the pods of one node. */
  drain: 90,
  /** The longest grace period in the manifests of the rules is 45 s. */
  podsGone: 60,
  /** As in a scenario. */
  address: 30,
  /** The slowest application starts in 20 s, and has to answer often in a row. */
  answer: 40,
  /** Behind an ingress controller that has just started the first answer is slow. */
  request: 5,
  /** Two to six pods, at the same time, that start in at most 20 s. */
  ready: 60,
} satisfies WorldTimeouts & Record<string, number>;

/** The load ends by itself after this, even when what started it is killed. No scenario is as long. */
export const LONGEST_LOAD = 1800;

/** What the programs in `without-cluster` wait for. */
export const WITHOUT_CLUSTER_TIMEOUTS = {
  /** Four API servers start at the same time. */
  apiServerTakesObject: 30,
  /** An API server answers within milliseconds, but four of them get many requests at once. */
  apiServerAnswers: 30,
  /** Custom resources are in what an API server publishes some seconds after they are there. */
  customResourcesPublished: 30,
  /** HAProxy starts at once. */
  haproxyStarts: 5,
  /** Ten clients connect and have one answer each. */
  answersThroughProxy: 10,
  /** All clients connect and have one answer each, the slow ones after 2 s, beside those of other servers. */
  firstAnswers: 30,
  /** Spring Boot starts in a few seconds, but twenty servers start beside each other. */
  serverStarts: 60,
  /** A slow request takes 2 s; one that a stopped server never answers counts as failed. */
  requestToStoppingServer: 20,
  /** The largest Go module has 180 MB. */
  moduleDownload: 300,
};

/** What the benches wait for. */
export const BENCH_TIMEOUTS = {
  /** Kubelets count at least every 15 s. */
  cpuCounted: 60,
};
