import type { Duration } from 'cdk8s';
import type { IConfigMap, ISecret } from 'cdk8s-plus-27';

/**
 * Options of `ProjectedSource.serviceAccountToken`.
 */
export interface ServiceAccountTokenOptions {
  /**
   * For whom the token is, such as `vault` or `sts.amazonaws.com`: anyone else who gets it has to refuse it.
   *
   * @default - the API server
   */
  readonly audience?: string;

  /**
   * How long the token is valid, whole seconds of at least 10 minutes. The kubelet renews the file at 80 % of it, so the
   * application has to read it again.
   *
   * @default Duration.hours(1)
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
   */
  readonly expiration?: Duration;
}

/** The content of a source: exactly one of these. */
type Content = {
  readonly token?: { readonly path: string; readonly options: ServiceAccountTokenOptions };
  readonly secret?: Files;
  readonly configMap?: Files;
};

/** Files from an object of this name. */
type Files = {
  readonly name: string;
  /** Names of the files by key. */
  readonly items?: { readonly [key: string]: string };
};

/**
 * What appears in a projected volume.
 */
export class ProjectedSource {
  /**
   * A token of the pods' service account.
   *
   * @param path name of the file, relative to the volume
   * @param options for whom the token is and for how long
   * @returns the source
   */
  public static serviceAccountToken(path: string, options: ServiceAccountTokenOptions = {}): ProjectedSource {
    return new ProjectedSource({ token: { path, options } });
  }

  /**
   * Values of a Secret, as files.
   *
   * @param secret the Secret
   * @param items names of the files by key, relative to the volume, every key under its own name if left out
   * @returns the source
   */
  public static secret(secret: ISecret, items?: { [key: string]: string }): ProjectedSource {
    return new ProjectedSource({ secret: { name: secret.name, items } });
  }

  /**
   * Values of a ConfigMap, as files.
   *
   * @param configMap the ConfigMap
   * @param items names of the files by key, relative to the volume, every key under its own name if left out
   * @returns the source
   */
  public static configMap(configMap: IConfigMap, items?: { [key: string]: string }): ProjectedSource {
    return new ProjectedSource({ configMap: { name: configMap.name, items } });
  }

  private constructor(
    /** @internal */
    public readonly _content: Content,
  ) {}
}
