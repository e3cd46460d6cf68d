import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cached, freeGiB, hashOf } from './cache';
import { CACHE, E2E } from './paths';
import type { Progress } from './progress';
import { CommandError, run } from './shell';
import { VERSIONS } from './versions';

const COLD_BUILD_GIB = 8;

/** A Go module whose `tool` packages are built. */
export interface GoModule {
  name: string;
  /** Folder of its go.mod and go.sum, below `e2e`. */
  source: string;
  /** How the version is stamped. */
  ldflags: string;
}

/** Kubernetes, with all its components that the cluster runs. */
export const KUBERNETES: GoModule = {
  name: 'kubernetes',
  source: 'cluster/go/kubernetes',
  ldflags: stampKubernetes(VERSIONS.kubernetes),
};

const MODULES: GoModule[] = [
  KUBERNETES,
  { name: 'coredns', source: 'cluster/go/coredns', ldflags: '-s -w' },
  {
    name: 'metrics-server',
    source: 'cluster/go/metrics-server',
    ldflags: `-s -w -X k8s.io/client-go/pkg/version.gitVersion=${VERSIONS.metricsServer}`,
  },
];

/** Builds what the cluster needs and is not in the cache yet, and returns where each binary is. */
export async function buildBinaries(progress: Progress): Promise<Record<string, string>> {
  const binaries: Record<string, string> = {};
  for (const module of MODULES) {
    Object.assign(binaries, await buildModule(module, progress));
  }
  return binaries;
}

/** Builds a module unless it is in the cache, and returns where each binary is. */
export async function buildModule(
  { name, source, ldflags }: GoModule,
  progress: Progress,
): Promise<Record<string, string>> {
  const path = join(E2E, source);
  const key = `${name}-${hashOf([ldflags], [join(path, 'go.mod'), join(path, 'go.sum')])}`;
  const folder = await cached(key, (target) => {
    requireSpace();
    return progress.step(`build ${name} (minutes the first time)`, () => build(path, ldflags, target));
  });
  return Object.fromEntries(readdirSync(folder).map((binary) => [binary, join(folder, binary)]));
}

/** Builds the `tool` packages of a Go module into a folder. */
async function build(source: string, ldflags: string, folder: string): Promise<void> {
  const args = [
    'build',
    '-trimpath',
    '-buildvcs=false',
    '-mod=readonly',
    '-ldflags',
    ldflags,
    '-o',
    `${folder}/`,
  ];
  try {
    await run('go', [...args, 'tool'], { cwd: source, env: { CGO_ENABLED: '0', GOFLAGS: '' } });
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    throw new Error(
      `the build in ${source} failed.\n${error.message}\n` +
        'What to do: check that Go is installed as go.mod asks, that the Go module proxy is reachable and that the disk is not full; then start again',
      { cause: error },
    );
  }
}

function requireSpace(): void {
  const free = freeGiB(CACHE);
  if (free >= COLD_BUILD_GIB) {
    return;
  }
  throw new Error(
    `the first build needs ${COLD_BUILD_GIB} GiB, ${free.toFixed(1)} GiB are free in ${CACHE}.\n` +
      'What to do: free some space, or set XDG_CACHE_HOME to a larger disk',
  );
}

/** Linker flags that tell a Kubernetes binary its version. */
export function stampKubernetes(version: string): string {
  const [major, minor] = version.slice(1).split('.');
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' };
  const flags = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((target) =>
    Object.entries(values).map(([key, value]) => `-X ${target}.${key}=${value}`),
  );
  return ['-s -w', ...flags].join(' ');
}
