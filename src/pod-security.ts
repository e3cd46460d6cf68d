/**
 * Options of `PodSecurity.restricted`.
 */
export interface RestrictedPodSecurityOptions {
  /**
   * Numeric user id under which the containers run, at least 1. It replaces the image's own `USER`, so
   * that images without one, or with a name instead of a number, start all the same.
   *
   * @default 10001
   */
  readonly runAsUser?: number;

  /**
   * Numeric group id of the processes, at least 1.
   *
   * @default - the same number as `runAsUser`
   */
  readonly runAsGroup?: number;

  /**
   * Numeric group id of the files in mounted volumes, at least 1.
   *
   * @default - the same number as `runAsGroup`
   */
  readonly fsGroup?: number;

  /**
   * Whether the image's file system is read-only for the application.
   *
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Absolute paths that the application may write to. Each becomes an empty volume of its own that goes
   * with the pod.
   *
   * @default ['/tmp']
   */
  readonly writablePaths?: string[];
}

/**
 * Under which user and with which rights the pod runs.
 */
export class PodSecurity {
  /**
   * What the Pod Security Standard `restricted` asks for: a user that is not root, no privilege
   * escalation, no capabilities, the runtime's default seccomp profile. Beyond the standard, the root file
   * system is read-only.
   *
   * @param options user, groups, read-only root and writable paths
   * @returns the security settings
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  public static restricted(options: RestrictedPodSecurityOptions = {}): PodSecurity {
    return new PodSecurity('restricted', options);
  }

  /**
   * Runs the image as it is: as its own user, root included, with the runtime's default capabilities and
   * a writable file system. Namespaces that enforce `restricted` do not admit such pods.
   *
   * @returns the security settings
   */
  public static asImageUser(): PodSecurity {
    return new PodSecurity('asImageUser');
  }

  private constructor(
    /** @internal */
    public readonly _factory: 'restricted' | 'asImageUser',
    /** @internal */
    public readonly _options?: RestrictedPodSecurityOptions,
  ) {}
}
