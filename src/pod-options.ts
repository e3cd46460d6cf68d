import type { Duration } from 'cdk8s';
import type { DnsPolicy, HostAlias, ISecret, IServiceAccount } from 'cdk8s-plus-27';
import type { FurtherContainer } from './further-containers';

/**
 * How the pods find names in DNS.
 */
export interface PodDnsOptions {
  /**
   * Which name servers the pods ask.
   *
   * @default DnsPolicy.CLUSTER_FIRST
   */
  readonly policy?: DnsPolicy;

  /**
   * Addresses of further name servers, at most 3. With `DnsPolicy.NONE` they are the only ones.
   *
   * @default - none
   */
  readonly nameservers?: string[];

  /**
   * Further domains in which names without a dot at their end are looked for, at most 32.
   *
   * @default - none
   */
  readonly searches?: string[];

  /**
   * Options of the resolver by name, such as `{ ndots: '2' }`, with an empty text for an option without a value.
   *
   * @default - the cluster's, among them `ndots:5`
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
   */
  readonly options?: { [name: string]: string };
}

/**
 * Settings of the pods that few services need.
 */
export interface PodOptions {
  /**
   * Labels of the pods alone. They win over `labels`, which all objects have.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the pods. A change rolls the pods.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

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
   * Secrets with the credentials of the image's registry.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Time from the decision to stop a pod until it is killed, whole seconds up to 2 days.
   *
   * @default - `drain` + `shutdownBudget`, or longer if `exposure` keeps connections longer
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * How the pods find names in DNS.
   *
   * @default - as the cluster says
   */
  readonly dns?: PodDnsOptions;

  /**
   * Names of hosts that the pods find without DNS, with their addresses.
   *
   * @default - none
   */
  readonly hostAliases?: HostAlias[];

  /**
   * Whether the containers see each other's processes and may send them signals.
   *
   * @default false
   */
  readonly shareProcessNamespace?: boolean;

  /**
   * Containers that run beside the application, start with it and get their SIGTERM with it, after the drain.
   *
   * @default - none
   */
  readonly furtherContainers?: FurtherContainer[];
}
