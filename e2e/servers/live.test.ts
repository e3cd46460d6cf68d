import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildModule, KUBERNETES } from '../cluster/build';
import { kubeconfig } from '../cluster/kubeconfig';
import { REPOSITORY } from '../cluster/paths';
import { Progress } from '../cluster/progress';

const upgrade = join(REPOSITORY, 'cli/src/check/rules/upgrade');
const ids = readdirSync(upgrade)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));
const examples = readdirSync(join(REPOSITORY, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /manifests\/.*\.yaml$/.test(file))
  .map((file) => join(REPOSITORY, 'examples', file));

interface Result {
  readonly findings: readonly { readonly rule: string }[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

/** The ways to apply; each leaves other traces of what was written. */
const ways: Readonly<Record<string, readonly string[]>> = {
  'kubectl apply': ['apply'],
  'kubectl apply --server-side': ['apply', '--server-side', '--force-conflicts'],
  'kubectl create': ['create'],
};

describe.each(inject('servers'))('check --against live on kube-apiserver $version', (access) => {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-live-'));
  const config = join(folder, 'kubeconfig');
  let env: NodeJS.ProcessEnv;
  let count = 0;

  beforeAll(async () => {
    const { kubectl } = await buildModule(KUBERNETES, new Progress());
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '-p', join(REPOSITORY, 'cli')]);
    writeFileSync(config, kubeconfig(`https://127.0.0.1:${access.port}`, 'admin', access), { mode: 0o600 });
    const PATH = `${dirname(kubectl)}${delimiter}${process.env.PATH}`;
    env = { ...process.env, PATH, KUBECONFIG: config, HOME: folder };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const kubectl = (...args: string[]) => spawnSync('kubectl', args, { env, encoding: 'utf8' });
  const mustKubectl = (...args: string[]) => {
    const { status, stdout, stderr } = kubectl(...args);
    expect(status, stderr).toBe(0);
    return stdout;
  };
  /** A namespace of its own. */
  const newNamespace = () => {
    const name = `live-${++count}`;
    mustKubectl('create', 'namespace', name);
    return name;
  };
  const command = (file: string, ...args: string[]) =>
    spawnSync(
      process.execPath,
      [join(REPOSITORY, 'cli/bin/zero-downtime.js'), 'check', file, '--against', 'live', ...args],
      { env, encoding: 'utf8', cwd: folder },
    );
  /** The upgrade rules that are broken. */
  const check = (file: string, ...args: string[]) => {
    const out = join(folder, 'out.json');
    command(file, '--severity', 'info', '--json', out, ...args);
    const { findings, problems } = JSON.parse(execFileSync('cat', [out], { encoding: 'utf8' })) as Result;
    expect(problems).toEqual([]);
    return findings.map(({ rule }) => rule).filter((rule) => ids.includes(rule));
  };

  describe.each(Object.entries(ways))('%s', (_, apply) => {
    const files = [
      ...ids.flatMap((id) => ['old', 'pass'].map((kind) => join(upgrade, `${id}.${kind}.yaml`))),
      ...examples,
    ];
    test.each(files.map((file) => [basename(file), file]))(
      '%s: nothing changed, nothing is found',
      (_name, file) => {
        const namespace = newNamespace();
        mustKubectl(...apply, '--namespace', namespace, '--filename', file);
        expect(check(file, '--namespace', namespace)).toEqual([]);
      },
    );
  });
});
