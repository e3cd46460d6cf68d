import type { ISecret } from 'cdk8s-plus-27';
import { isObject } from './private/settings/kinds/kind';

/**
 * Options of configuration that comes from a Secret.
 */
export interface SecretConfigOptions {
  /**
   * Anything that changes with the Secret's values: a number, a date, a checksum. It becomes an annotation of the
   * pods, so that a new version rolls them. It is no secret: everyone who can read the pods can read it.
   *
   * @default - none: pods roll when the Secret's name changes, for example from `web-database-v1` to `web-database-v2`
   */
  readonly version?: string;
}

/**
 * Configuration of the application whose changes roll the pods.
 *
 * What is given here by value becomes a ConfigMap that cannot be changed, with a hash of its content in its name.
 * Other content is another ConfigMap: new pods read the new one, old pods and rollbacks the old one.
 */
export class Config {
  /**
   * Environment variables, in a ConfigMap of their own. For values that everyone may read.
   *
   * @param variables values by name, at least one and at most 1 MiB of values. Names have letters, digits, `-`, `_` and `.`, and no digit first
   * @returns the configuration
   */
  public static env(variables: { [name: string]: string }): Config {
    return new Config('env', undefined, copyOf(variables));
  }

  /**
   * Files in a read-only folder, in a ConfigMap of their own. For contents that everyone may read.
   *
   * @param path absolute path of the folder, below `/`. What the image has there is hidden
   * @param files contents by file name, at least one and at most 1 MiB of contents. Names have at most 253 letters, digits, `-`, `_` and `.`
   * @returns the configuration
   */
  public static files(path: string, files: { [name: string]: string }): Config {
    return new Config('files', path, copyOf(files));
  }

  /**
   * Every key of a Secret that exists, as an environment variable.
   *
   * @param secret the Secret, for example `Secret.fromSecretName(this, 'Database', 'web-database-v1')`
   * @param options what makes the pods roll when the Secret's values change and its name does not
   * @returns the configuration
   */
  public static envFromSecret(secret: ISecret, options: SecretConfigOptions = {}): Config {
    return new Config('envFromSecret', undefined, undefined, secret, options);
  }

  /**
   * Every key of a Secret that exists, as a file in a read-only folder.
   *
   * @param path absolute path of the folder, below `/`. What the image has there is hidden
   * @param secret the Secret, for example `Secret.fromSecretName(this, 'Certificate', 'web-certificate-v1')`
   * @param options what makes the pods roll when the Secret's values change and its name does not
   * @returns the configuration
   */
  public static filesFromSecret(path: string, secret: ISecret, options: SecretConfigOptions = {}): Config {
    return new Config('filesFromSecret', path, undefined, secret, options);
  }

  private constructor(
    /** @internal */
    public readonly _factory: 'env' | 'files' | 'envFromSecret' | 'filesFromSecret',
    /** @internal */
    public readonly _path?: string,
    /** @internal */
    public readonly _data?: { [name: string]: string },
    /** @internal */
    public readonly _secret?: ISecret,
    /** @internal */
    public readonly _options?: SecretConfigOptions,
  ) {}
}

/**
 * A copy, so that a later change of the values changes nothing. A value that is not an object is refused where
 * it is used.
 */
function copyOf(values: { [name: string]: string }): { [name: string]: string } {
  return isObject(values) ? { ...values } : values;
}
