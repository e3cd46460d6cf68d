import type { TlsOptions } from '../../tls-options';
import { checkMountPath } from '../kubernetes/mount-paths';
import { MOUNT_PATH } from '../kubernetes/mounted-volume';
import type { Part } from '../refusals/refusal';
import { Refusal } from '../refusals/refusal';
import type { Security } from './security';

/**
 * The certificate of the main port and where its files appear, if there is one.
 */
export function resolveTls(
  tls: TlsOptions | undefined,
  security: Part<Security>,
): Required<TlsOptions> | undefined {
  if (!tls) {
    return undefined;
  }
  const { secret, mountPath = '/etc/tls' } = tls;
  if (!MOUNT_PATH.test(mountPath)) {
    throw new Refusal(
      'tls.mountPath',
      JSON.stringify(mountPath),
      'no volume can be mounted there: the path has to be absolute, below /, and of letters, digits, ., _, - and /',
      "Write for example '/etc/tls'",
    );
  }
  checkMountPath('tls.mountPath', mountPath);
  const { writableVolumes } = security();
  if (writableVolumes.some((volume) => volume.path === mountPath)) {
    throw new Refusal(
      'security.writablePaths',
      JSON.stringify(mountPath),
      'the files of tls appear there, which nobody can write to',
      'Leave the path out, or write another mountPath of tls',
    );
  }
  return { secret, mountPath };
}
