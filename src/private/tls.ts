import { ISecret } from 'cdk8s-plus-27';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

/** The certificate of the main port and where its files appear. */
export interface Tls {
  readonly secret: ISecret;
  readonly path: string;
}

/**
 * Where the certificate is mounted, if there is one.
 */
export function resolveTls({ tlsSecret, tlsMountPath }: ZeroDowntimeDeploymentProps): Tls | undefined {
  if (tlsMountPath !== undefined && !tlsSecret) {
    throw new Refusal(
      'tlsMountPath',
      JSON.stringify(tlsMountPath),
      'without tlsSecret nothing is mounted there',
      "Write tlsSecret: Secret.fromSecretName(this, 'tls', 'web-tls') too, or leave tlsMountPath out",
    );
  }
  const path = tlsMountPath ?? '/etc/tls';
  if (!/^(\/[\w.-]+)+$/.test(path)) {
    throw new Refusal(
      'tlsMountPath',
      JSON.stringify(path),
      'no volume can be mounted there: the path has to be absolute, below /, and of letters, digits, ., _, - and /',
      "Write for example '/etc/tls'",
    );
  }
  return tlsSecret && { secret: tlsSecret, path };
}
