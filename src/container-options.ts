import type {
  ContainerSecutiryContextCapabilities,
  EnvFrom,
  EnvValue,
  Handler,
  ImagePullPolicy,
} from 'cdk8s-plus-27';

/**
 * What runs in a container: the application's, an init container or a sidecar.
 */
export interface ContainerOptions {
  /**
   * Image, with a digest, or with a tag that is never reused: one that has a number in it or is a commit.
   */
  readonly image: string;

  /**
   * Program and its arguments, each a separate text, to run instead of the image's entrypoint. No shell splits them.
   *
   * @default - the image's entrypoint
   */
  readonly command?: string[];

  /**
   * Arguments of the program.
   *
   * @default - the image's arguments
   */
  readonly args?: string[];

  /**
   * Environment variables, by name.
   *
   * @default - none
   */
  readonly env?: { [name: string]: EnvValue };

  /**
   * ConfigMaps and Secrets whose every key becomes an environment variable.
   *
   * @default - none
   */
  readonly envFrom?: EnvFrom[];
}

/**
 * Settings of a container that few services need.
 */
export interface ContainerDetails {
  /**
   * Working directory of the program.
   *
   * @default - the image's working directory
   */
  readonly workingDir?: string;

  /**
   * When a node pulls the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;
}

/**
 * Rights of the application's container in addition to those of the pod, which `security` sets.
 */
export interface MainSecurityContext {
  /**
   * Capabilities to add and to drop. `PodSecurity.restricted` drops all, and lets only `NET_BIND_SERVICE` be added;
   * for a port below 1024 nothing has to be added, since the pod gets the sysctl that lets everyone use it.
   *
   * @default - none beside those of `security`
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  readonly capabilities?: ContainerSecutiryContextCapabilities;

  /**
   * Whether a process may gain more rights than its parent, such as by `sudo`. Only with `PodSecurity.asImageUser`.
   *
   * @default false, or true where `privileged` is
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Whether the container has all rights of the node. Only with `PodSecurity.asImageUser`.
   *
   * @default false
   */
  readonly privileged?: boolean;
}

/**
 * Settings of the application's container that few services need.
 */
export interface MainContainerOptions extends ContainerDetails {
  /**
   * Name of the container, at most 63 lower-case letters, digits and `-`.
   *
   * @default 'main'
   */
  readonly name?: string;

  /**
   * Rights of the container beside those of `security`.
   *
   * @default - those of `security`
   */
  readonly securityContext?: MainSecurityContext;

  /**
   * Devices that device plugins of the nodes offer, such as `{ 'nvidia.com/gpu': 1 }`: whole numbers by name.
   * The number is both request and limit. A rollout needs free devices for the pods that surge.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources
   */
  readonly extendedResources?: { [name: string]: number };

  /**
   * What the kubelet does right after the container has started, beside the program: a command in the container, or a
   * request. The container counts as running only when this is done, and is restarted if it fails. So a request
   * to the application itself works only if the application listens at once.
   *
   * @default - nothing
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly postStart?: Handler;
}
