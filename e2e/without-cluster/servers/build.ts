import { buildModule, type GoModule, KUBERNETES, stampKubernetes } from '../../cluster/build';
import type { Progress } from '../../cluster/progress';
import { VERSIONS } from '../../cluster/versions';
import { minorOf } from './versions';

/** Builds the kube-apiserver of a version unless it is in the cache, and returns where it is. */
export async function buildApiServer(version: string, progress: Progress): Promise<string> {
  const binaries = await buildModule(moduleOf(version), progress);
  return binaries['kube-apiserver'];
}

function moduleOf(version: string): GoModule {
  // The cluster of the proof uses the same build, so it is built only once.
  if (version === VERSIONS.kubernetes) {
    return KUBERNETES;
  }
  const minor = minorOf(version);
  return {
    name: `kube-apiserver-${minor}`,
    source: `without-cluster/servers/go/${minor}`,
    ldflags: stampKubernetes(version),
  };
}
