import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { parse, type Parsed } from '../../../cli/src/check/read/parse';
import { readManifests } from '../../../cli/src/check/read/read';
import { buildGoProgram } from '../../../scripts/build-go-program';
import { E2E, REPOSITORY } from '../../cluster/paths';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';
import type { Source } from './sources';

const sums: Readonly<Record<string, string>> = parseYaml(
  readFileSync(join(E2E, 'without-cluster', 'field', 'sums.yaml'), 'utf8'),
);

/** The folders of the modules that were downloaded in this run. */
const downloaded = new Map<string, string>();

/**
 * The folder of a Go module, downloaded by the proxies that GOPROXY names unless Go's module cache has it. Throws if that fails,
 * and if its checksum is another one than in sums.yaml.
 */
export function download(module: string): string {
  const known = downloaded.get(module);
  if (known !== undefined) {
    return known;
  }
  const folder = mkdtempSync(join(tmpdir(), 'field-'));
  try {
    const { error, stdout } = spawnSync('go', ['mod', 'download', '-json', module], {
      cwd: folder,
      encoding: 'utf8',
      timeout: WITHOUT_CLUSTER_TIMEOUTS.moduleDownload * 1000,
    });
    if (error) {
      throw new Error(`${module} was not downloaded, go failed: ${error.message}`);
    }
    const { Dir, Sum, Error: why } = JSON.parse(stdout);
    if (why) {
      throw new Error(`not downloaded: ${why}; is a proxy of go env GOPROXY reachable?`);
    }
    if (Sum !== sums[module]) {
      throw new Error(`${module}: its checksum is ${Sum}, but in sums.yaml it is ${sums[module]}`);
    }
    downloaded.set(module, Dir);
    return Dir;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads the manifests of a source; a chart is rendered first. Names of files are those in the module. */
export async function read({
  module,
  name,
  chart,
  paths = [],
}: Source): Promise<Parsed & { readonly files: number }> {
  const root = download(module);
  if (chart !== undefined) {
    const helm = buildGoProgram(join(REPOSITORY, 'test', 'helm'), 'helm', 'helm.sh/helm/v3/cmd/helm');
    const rendered = withChart(join(root, chart), (folder) =>
      execFileSync(helm, ['template', name, folder, '--namespace', name, '--kube-version', '1.34.0'], {
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
      }),
    );
    return { ...parse(chart, rendered), files: new Set(rendered.match(/^# Source: .*$/gm)).size };
  }
  const files = paths.flatMap((path) => filesOf(join(root, path)));
  const { objects, problems } = await readManifests(files);
  const inModule = ({ file }: { readonly file: string }) => ({ file: relative(root, file) });
  return {
    objects: objects.map((object) => Object.assign(object, inModule(object))),
    problems: problems.map((problem) => ({ ...problem, ...inModule(problem) })),
    files: files.length,
  };
}

/** A chart with a complete Chart.yaml, which Helm needs: some projects complete it only when they publish it. */
function withChart<T>(chart: string, use: (folder: string) => T): T {
  const template = join(chart, 'Chart.template.yaml');
  if (!existsSync(template)) {
    return use(chart);
  }
  const folder = mkdtempSync(join(tmpdir(), 'field-'));
  try {
    cpSync(chart, folder, { recursive: true });
    const head = readFileSync(template, 'utf8').replace(/^(version|appVersion):.*$/gm, '$1: 1.0.0');
    writeFileSync(join(folder, 'Chart.yaml'), head);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The manifests in a folder, without the files of kustomize. */
function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file) && !/^kustomization|patch/.test(basename(file)))
    .map((file) => join(path, file))
    .sort();
}
