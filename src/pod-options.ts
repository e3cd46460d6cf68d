import { Duration } from 'cdk8s';
import { ISecret, IServiceAccount } from 'cdk8s-plus-27';

/**
 * What few services have to say of their pods.
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
}
