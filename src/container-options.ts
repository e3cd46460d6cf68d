import { EnvFrom, EnvValue, ImagePullPolicy } from 'cdk8s-plus-27';

/**
 * What every container of a pod can be told: the application's, init containers and sidecars.
 */
export interface ContainerOptions {
  /**
   * Image, with a tag that is never reused or with a digest.
   */
  readonly image: string;

  /**
   * Program to run instead of the image's entrypoint.
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
   * Working directory of the program.
   *
   * @default - the image's working directory
   */
  readonly workingDir?: string;

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

  /**
   * When a node pulls the image.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;
}
