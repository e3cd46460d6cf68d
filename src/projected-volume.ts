import { Duration } from 'cdk8s';
import { IConfigMap, ISecret, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ProjectedContent } from './private/projected-volume';
import { createProjectedVolume } from './private/projected-volume';

/**
 * Options of `ProjectedSource.serviceAccountToken`.
 */
export interface ServiceAccountTokenOptions {
  /**
   * For whom the token is, such as `vault` or `sts.amazonaws.com`: who gets it for somebody else has to refuse it.
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
    public readonly _content: ProjectedContent,
  ) {}
}

/**
 * Volumes of several sources, which `Volume` of cdk8s-plus does not know.
 */
export class ProjectedVolume {
  /**
   * A volume in which all sources appear as files.
   *
   * @param scope where the volume is created
   * @param id name within the scope, and of the volume
   * @param sources what appears in it, at least one
   * @returns a volume to mount as any other
   * @throws if a source cannot be one
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
   */
  public static of(scope: Construct, id: string, sources: ProjectedSource[]): Volume {
    return createProjectedVolume(scope, id, sources);
  }

  private constructor() {}
}
