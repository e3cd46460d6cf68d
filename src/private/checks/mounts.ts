import { mountPathRefusal } from '../kubernetes/mount-paths';
import { Refusal } from '../refusals/refusal';
import { repeated } from './repeated';
import type { Checked } from './checked';

/** Source: Kubernetes' description of `mountPath`. */
const MOUNT_PATH = /^(?!\/+$)\/[^:]*$/;

/**
 * Mounts that the API server refuses, or that hide what the image needs.
 */
export function* mountPaths({ deployment }: Checked): Iterable<Refusal> {
  for (const { mounts } of [...deployment.containers, ...deployment.initContainers]) {
    const paths = mounts.map((mount) => mount.path);
    for (const path of paths.filter((each) => !MOUNT_PATH.test(each))) {
      yield new Refusal(
        'volume mount path',
        JSON.stringify(path),
        'no volume can be mounted there: a path has to be absolute, below /, and without :',
        "Write for example '/var/cache/web'",
      );
    }
    for (const path of paths) {
      const refusal = mountPathRefusal('volume mount path', path);
      if (refusal && MOUNT_PATH.test(path)) {
        yield refusal;
      }
    }
    for (const path of repeated(paths)) {
      yield new Refusal(
        'volume mount path',
        JSON.stringify(path),
        'two volumes are mounted there, so the API server refuses the Deployment',
        'Mount each volume at a path of its own, or give PodSecurity.restricted() writablePaths without this path',
      );
    }
  }
}
