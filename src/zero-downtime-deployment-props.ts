import { Duration } from 'cdk8s';
import {
  ContainerResources,
  DeploymentStrategy,
  IServiceAccount,
  ISecret,
  NodeTaintQuery,
  PercentOrAbsolute,
  ServiceType,
  VolumeMount,
} from 'cdk8s-plus-27';
import { AutoscalingOptions } from './autoscaling-options';
import { Config } from './config';
import { ContainerOptions } from './container-options';
import { Drain } from './drain';
import { DrainProxy } from './drain-proxy';
import { Exposure } from './exposure';
import { InitContainer, Sidecar } from './further-containers';
import { HealthCheck } from './health-check';
import { IngressPolicy } from './ingress-policy';
import { PodSecurity } from './pod-security';
import { ExtraPort } from './ports';
import { ExternalTrafficPolicy, SessionAffinity } from './service-options';

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
   * @default - 'http', or 'https' with `tlsSecret`; none if `selectorLabels` is given, since the pods of a live Deployment may not know it
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
   * CPU and memory that the container asks for and may use at most.
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
   * Secrets with the credentials of the image's registry.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Service account of the pods.
   *
   * @default - the namespace's own
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Whether the pods get a token for the Kubernetes API.
   *
   * @default false
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * User and rights of the pods.
   *
   * @default PodSecurity.restricted()
   */
  readonly security?: PodSecurity;

  /**
   * Secret of type `kubernetes.io/tls` with which the application serves HTTPS on its main port. It is mounted
   * read-only at `tlsMountPath`, as `tls.crt` and `tls.key`; health checks of the main port then use HTTPS.
   *
   * A renewed certificate appears in the files within a minute or two. The application has to read them again.
   *
   * @default - none: the application serves without TLS
   */
  readonly tlsSecret?: ISecret;

  /**
   * Absolute path at which the files of `tlsSecret` appear.
   *
   * @default '/etc/tls'
   */
  readonly tlsMountPath?: string;

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

  // --- Where it runs ---

  /**
   * Name of the PriorityClass of the pods: which pods are placed first, and which give way, where room is short.
   *
   * @default - the cluster's default class
   */
  readonly priorityClassName?: string;

  /**
   * Labels of the nodes on which the pods may run.
   *
   * @default - every node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of nodes on which the pods may run all the same.
   *
   * @default - none
   */
  readonly tolerations?: NodeTaintQuery[];

  // --- Names and labels ---

  /**
   * Name of the Deployment, the Service, the PodDisruptionBudget, the HorizontalPodAutoscaler, the NetworkPolicy and
   * the Ingress or HTTPRoute, and the start of the names of ConfigMaps.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Name of the container.
   *
   * @default 'main'
   */
  readonly containerName?: string;

  /**
   * Labels by which pods are selected. They can never change on a live Deployment: give the ones that it has
   * to take it over. They are then the only labels that are added by default.
   *
   * @default - `app.kubernetes.io/name` and `app.kubernetes.io/instance`, both with `name` as their value
   */
  readonly selectorLabels?: { [key: string]: string };

  /**
   * Labels of all objects and of the pods.
   *
   * @default - only those of the selector
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the Deployment.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Labels of the pods alone.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  // --- Starting ---

  /**
   * How the application tells that it can serve. Until it does, it gets no traffic.
   *
   * @default HealthCheck.http('/')
   */
  readonly readiness?: HealthCheck;

  /**
   * Longest time that the application may take to start, whole seconds. A container that takes longer is
   * restarted. A generous budget costs nothing: the application is asked every second.
   *
   * @default Duration.minutes(5)
   */
  readonly startupBudget?: Duration;

  /**
   * How the application tells that only a restart can help it. It has to be more patient than `readiness`.
   *
   * @default - none: a wrong one restarts every pod under overload
   */
  readonly liveness?: HealthCheck;

  // --- Rolling out ---

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
   * Pods beyond `replicas` that a rollout may start at once. Old pods go only when new ones serve.
   *
   * @default PercentOrAbsolute.percent(25)
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * The rollout's strategy as a whole, for those who accept downtime.
   *
   * @default - a rolling update with `maxSurge` and maxUnavailable 0
   */
  readonly strategy?: DeploymentStrategy;

  /**
   * Time that a new pod has to stay ready before the rollout goes on, whole seconds. The pod has traffic
   * meanwhile; what keeps traffic away from it is `initialDelay` of `readiness`.
   *
   * @default - what `exposure` needs to send to a new pod, else 0 s
   */
  readonly minReady?: Duration;

  /**
   * Time without progress after which Kubernetes reports the rollout as failed, whole seconds.
   *
   * @default - `startupBudget` or a longer `initialDelay` of `readiness`, the same for each sidecar with a `readiness` of its own, + `minReady`, + what a readiness gate takes, + 300 s to schedule the pod and pull the image
   */
  readonly progressDeadline?: Duration;

  /**
   * Number of old revisions to which a rollback can return.
   *
   * @default - 10 (Kubernetes' own default)
   */
  readonly revisionHistoryLimit?: number;

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
   * Time that the application gets after SIGTERM to finish its requests, whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly shutdownBudget?: Duration;

  /**
   * Time from the decision to stop a pod until it is killed, whole seconds.
   *
   * @default - `drain` + `shutdownBudget`, or longer if `exposure` keeps connections longer
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Most pods that evictions, such as those of a node drain, may take at once.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly disruptionBudget?: PercentOrAbsolute;

  /**
   * Labels of nodes over whose values the pods of a revision are spread as evenly as there is room. With
   * `kubernetes.io/hostname` among them they also prefer different hosts where nodes lack one of the other labels.
   *
   * @default ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']
   */
  readonly topologyKeys?: string[];

  // --- Reaching it ---

  /**
   * Name of the Service, and of the Ingress or HTTPRoute.
   *
   * @default - `name`
   */
  readonly serviceName?: string;

  /**
   * How clients reach the pods. It says what Service there is, and how long `drain` and `minReady` have to be.
   *
   * @default - a Service of `serviceType`
   */
  readonly exposure?: Exposure;

  /**
   * Type of the Service. Not together with `exposure`.
   *
   * @default ServiceType.LOAD_BALANCER
   */
  readonly serviceType?: ServiceType;

  /**
   * Number under which the Service offers the main port, 1 to 65535.
   *
   * @default - 80, or 443 with `tlsSecret`
   */
  readonly servicePort?: number;

  /**
   * Protocol that the application speaks on the main port, as a hint to ingress controllers, gateways and load
   * balancers: an IANA service name such as `https`, or a prefixed one such as `kubernetes.io/h2c` for gRPC
   * without TLS.
   *
   * With `http` or `https`, Azure's load balancer asks `/` for the health of the nodes instead of opening a connection.
   *
   * @default - none
   * @see https://github.com/Azure/AKS/issues/3210
   */
  readonly appProtocol?: string;

  /**
   * Annotations of the Service, by which clouds configure their load balancers. Those of `exposure` are added.
   *
   * @default - none
   */
  readonly serviceAnnotations?: { [key: string]: string };

  /**
   * Which controller provides the load balancer. It can not change on a live Service. Not together with
   * `exposure`.
   *
   * @default - the cluster's own
   */
  readonly loadBalancerClass?: string;

  /**
   * Address ranges, such as `203.0.113.0/24`, from which the load balancer takes traffic.
   *
   * @default - all
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * How nodes treat traffic that the load balancer hands them. Changing it on a live Service interrupts
   * traffic.
   *
   * @default - the API server's: `Cluster`
   * @see https://github.com/kubernetes/kubernetes/issues/111539
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * Whether a client is sent to the same pod each time.
   *
   * @default - the API server's: none
   */
  readonly sessionAffinity?: SessionAffinity;

  /**
   * Which connections the pods accept, as a NetworkPolicy. Networks without support for it ignore it.
   *
   * @default - none: the pods accept every connection that other policies let in
   */
  readonly networkPolicy?: IngressPolicy;

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
   * Allows an image whose tag can move and a Deployment without old revisions. A bad release can then not be
   * taken back by `kubectl rollout undo`.
   *
   * @default false
   */
  readonly acceptNoRollback?: boolean;
}
