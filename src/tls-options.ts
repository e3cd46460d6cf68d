import type { ISecret } from 'cdk8s-plus-27';

/**
 * The certificate with which the application serves HTTPS on its main port.
 */
export interface TlsOptions {
  /**
   * Secret of type `kubernetes.io/tls`. It is mounted read-only at `mountPath`, as `tls.crt` and `tls.key`; health
   * checks of the main port then use HTTPS.
   *
   * A renewed certificate appears in the files within a minute or two. The application has to read them again.
   */
  readonly secret: ISecret;

  /**
   * Absolute path at which the files appear.
   *
   * @default '/etc/tls'
   */
  readonly mountPath?: string;
}
