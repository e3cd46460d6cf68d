import { ISecret } from 'cdk8s-plus-27';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { MOUNT_PATH } from './mounted-volume';
import { Refusal } from './refusal';
import { Security } from './security';

/** The certificate of the main port and where its files appear. */
export interface Tls {
  readonly secret: ISecret;
  readonly path: string;
}

/**
 * Where the certificate is mounted, if there is one.
 */
export function resolveTls(
  { tlsSecret, tlsMountPath }: ZeroDowntimeDeploymentProps,
  { writableVolumes }: Security,
): Tls | undefined {
  if (tlsMountPath !== undefined && !tlsSecret) {
    throw new Refusal(
      'tlsMountPath',
      JSON.stringify(tlsMountPath),
      'without tlsSecret nothing is mounted there',
      "Write tlsSecret: Secret.fromSecretName(this, 'tls', 'web-tls') too, or leave tlsMountPath out",
    );
  }
  const path = tlsMountPath ?? '/etc/tls';
  if (!MOUNT_PATH.test(path)) {
    throw new Refusal(
      'tlsMountPath',
      JSON.stringify(path),
      'no volume can be mounted there: the path has to be absolute, below /, and of letters, digits, ., _, - and /',
      "Write for example '/etc/tls'",
    );
  }
  if (tlsSecret && writableVolumes.some((volume) => volume.path === path)) {
    throw new Refusal(
      'security writablePaths',
      JSON.stringify(path),
      'the files of tlsSecret appear there, which nobody can write to',
      'Leave the path out, or write another tlsMountPath',
    );
  }
  return tlsSecret && { secret: tlsSecret, path };
}
