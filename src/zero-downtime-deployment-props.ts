import { Duration } from 'cdk8s';
import { ContainerResources, VolumeMount } from 'cdk8s-plus-27';
import { AutoscalingOptions } from './autoscaling-options';
import { Config } from './config';
import { ContainerOptions, MainContainerOptions } from './container-options';
import { Drain } from './drain';
import { DrainProxy } from './drain-proxy';
import { Exposure } from './exposure';
import { InitContainer, Sidecar } from './further-containers';
import { HealthCheck } from './health-check';
import { Mesh } from './mesh';
import { Metrics } from './metrics';
import { NetworkAccess } from './network-access';
import { PodDisruptionBudgetOptions } from './pod-disruption-budget-options';
import { PodOptions } from './pod-options';
import { PodSecurity } from './pod-security';
import { ExtraPort } from './ports';
import { RolloutOptions } from './rollout-options';
import { SchedulingOptions } from './scheduling-options';
import { TlsOptions } from './tls-options';

/**
 * What to run, and where it differs from the safe defaults.
 */
export interface ZeroDowntimeDeploymentProps extends ContainerOptions {
  // --- What runs ---

  /**
   * Main port: the number on which the application listens, 1 to 65535. Health checks ask it and the Service
   * sends traffic to it.
   */
  readonly port: number;

  /**
   * Name of the main port. The Service finds the port by this name, so that the number can change in a
   * rollout while old and new pods run side by side.
   *
   * @default - 'http', or 'https' with `tls`; none if `selectorLabels` is given, since the pods of a live Deployment may not know it
   */
  readonly portName?: string;

  /**
   * Further ports of the application.
   *
   * @default - none
   */
  readonly extraPorts?: ExtraPort[];

  /**
   * Environment variables and files whose changes roll the pods, while old pods and rollbacks keep the old ones.
   *
   * Of a variable that several of `envFrom` and `config` have, the application gets the last. One that `env` or
   * another of `config` has too is refused.
   *
   * @default - none
   */
  readonly config?: Config[];

  /**
   * CPU and memory that the container asks for and may use at most. Where no request and no limit is given, the default is
   * requested.
   *
   * @default - asks for 100m CPU and 128Mi of memory; no limits
   */
  readonly resources?: ContainerResources;

  /**
   * Volumes and where they appear in the container.
   *
   * @default - none but those of `PodSecurity`'s writable paths
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * User and rights of the pods.
   *
   * @default PodSecurity.restricted()
   */
  readonly security?: PodSecurity;

  /**
   * What the application serves HTTPS with, on its main port.
   *
   * @default - none: the application serves without TLS
   */
  readonly tls?: TlsOptions;

  /**
   * Containers that run to their end, one after the other, before the application starts.
   *
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * Containers that run beside the application. They start before the init containers, in this order, and stop
   * after the application has ended, in reverse. Needs Kubernetes 1.29.
   *
   * @default - none
   */
  readonly sidecars?: Sidecar[];

  /**
   * The application's container: name, working directory, when its image is pulled, rights, devices.
   *
   * @default - see each option
   */
  readonly container?: MainContainerOptions;

  // --- Names and labels ---

  /**
   * Name of the Deployment, the Service, the PodDisruptionBudget, the HorizontalPodAutoscaler, the NetworkPolicy and
   * the Ingress or HTTPRoute, and the start of the names of ConfigMaps.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Labels by which pods are selected. They can never change on a live Deployment: give the ones that it has
   * to take it over. They are then the only labels that are added by default.
   *
   * @default - `app.kubernetes.io/name` and `app.kubernetes.io/instance`, both with `name` as their value
   */
  readonly selectorLabels?: { [key: string]: string };

  /**
   * Labels of all objects and of the pods, by which people and tools select both. What only the pods should have goes
   * into `pod`: a change of either rolls the pods.
   *
   * @default - only those of the selector
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of all objects. Not of the pods, since a change would roll them: theirs are `annotations` of `pod`.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  // --- Starting ---

  /**
   * How the application tells that it can serve. Until it does, it gets no traffic.
   *
   * @default HealthCheck.http('/')
   */
  readonly readiness?: HealthCheck;

  /**
   * Time that the application may take to start, whole seconds from 5 s to 6 h. A container that takes longer is
   * restarted. A generous budget costs nothing: the application is asked every second. One that accepts the connection
   * and does not answer is asked when the time-out of `readiness` is over, and restarted after the budget times this time-out
   * in seconds: 25 min by default.
   *
   * @default Duration.minutes(5)
   */
  readonly startupBudget?: Duration;

  /**
   * How the application tells that only a restart can help it. It has to be more patient than `readiness`, with no
   * shorter a time-out.
   *
   * @default - none: a wrong one restarts every pod under overload
   */
  readonly liveness?: HealthCheck;

  // --- How many, and how new ones replace old ones ---

  /**
   * Number of pods, at least 2.
   *
   * @default - 2, or what `autoscaling` or a HorizontalPodAutoscaler on `deployment` says
   */
  readonly replicas?: number;

  /**
   * Lets the load decide on the number of pods. Instead of `replicas`, which a live Deployment has to give up
   * first: without that it drops to one pod for a moment.
   *
   * @default - none: the number of pods is fixed
   * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
   */
  readonly autoscaling?: AutoscalingOptions;

  /**
   * How new pods replace old ones.
   *
   * @default - see each option: new pods serve before old ones go
   */
  readonly rollout?: RolloutOptions;

  /**
   * What evictions, such as those of a node drain, may take at once.
   *
   * @default - one pod
   */
  readonly podDisruptionBudget?: PodDisruptionBudgetOptions;

  // --- Stopping ---

  /**
   * How long a pod that has to go still serves, while every node and load balancer learns of it.
   *
   * @default - a sleep for as long as `exposure` needs, else of 15 s
   */
  readonly drain?: Drain;

  /**
   * Proxy in front of the main port that makes clients with kept connections leave a pod that has to go. Needs
   * Kubernetes 1.33.
   *
   * @default - none: such clients may lose a request when the application closes their connection
   */
  readonly drainProxy?: DrainProxy;

  /**
   * Time that the application gets after SIGTERM to finish its requests, whole seconds up to 2 days.
   *
   * @default Duration.seconds(30)
   */
  readonly shutdownBudget?: Duration;

  // --- Where it runs ---

  /**
   * On which nodes the pods run.
   *
   * @default - see each option: on every node, spread over hosts and zones
   */
  readonly scheduling?: SchedulingOptions;

  /**
   * What few services have to say of their pods: labels, annotations, service account, pull secrets, grace period, DNS.
   *
   * @default - see each option
   */
  readonly pod?: PodOptions;

  // --- Reaching it ---

  /**
   * How clients reach the pods. It says what Service there is, and how long `drain` and `minReady` have to be.
   *
   * @default Exposure.loadBalancer()
   */
  readonly exposure?: Exposure;

  /**
   * Further ways to the same pods, each with a Service of its own: one for the inside of the cluster beside a public one,
   * or a headless one. Each needs a `serviceName`. `drain`, `minReady` and the grace period suit the slowest of them all.
   *
   * @default - none
   */
  readonly furtherExposures?: Exposure[];

  /**
   * Which connections the pods accept, as a NetworkPolicy. Networks without support for it ignore it.
   *
   * @default - none: the pods accept every connection that other policies let in
   */
  readonly networkPolicy?: NetworkAccess;

  /**
   * Service mesh whose proxy is injected into the pods.
   *
   * @default - none
   */
  readonly mesh?: Mesh;

  // --- Watching it ---

  /**
   * How Prometheus finds the metrics of the pods.
   *
   * @default - not at all
   */
  readonly metrics?: Metrics;

  // --- What is given up ---

  /**
   * Allows `strategy` to take old pods away before new ones serve, volumes and host ports that make a new pod
   * wait for an old one, an autoscaler that takes pods away during a rollout, and a `drain`, `minReady` and
   * `terminationGracePeriod` that are too short for `exposure`. Requests fail during each rollout.
   *
   * @default false
   */
  readonly acceptDowntimeOnRollout?: boolean;

  /**
   * Allows a single pod, all pods on a single node, and a disruption budget that takes all pods at once.
   * Requests fail when a node is drained.
   *
   * @default false
   */
  readonly acceptDowntimeOnDrain?: boolean;

  /**
   * Allows an image whose tag can move, as one without a number does, and a Deployment without old revisions. A bad release can then not be
   * taken back by `kubectl rollout undo`.
   *
   * @default false
   */
  readonly acceptNoRollback?: boolean;
}
