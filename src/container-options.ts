import { EnvFrom, EnvValue, ImagePullPolicy } from 'cdk8s-plus-27';

/**
 * What runs in a container: the application's, an init container or a sidecar.
 */
export interface ContainerOptions {
  /**
   * Image, with a tag that is never reused, which has a number in it or is a commit, or with a digest.
   */
  readonly image: string;

  /**
   * Program and its arguments, each a text of its own, to run instead of the image's entrypoint. No shell splits them.
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
 * What few services have to say of a container.
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
 * What few services have to say of the application's container.
 */
export interface MainContainerOptions extends ContainerDetails {
  /**
   * Name of the container, at most 63 lower-case letters, digits and `-`.
   *
   * @default 'main'
   */
  readonly name?: string;
}
