import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { LISTED_KINDS } from '../../src/check/live/live.js';
import { check, parseManifests, readManifests } from '../../src/index.js';
import { RUNNER } from '../processes.js';
import { ruleManifest } from './lab.js';

const guide = readFileSync(
  fileURLToPath(new URL('../../../docs/guide/check-in-ci.md', import.meta.url)),
  'utf8',
);
const snippets = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

/** The snippet of the page that has a text in it. */
function snippet(text: string): string {
  const [found, ...more] = snippets.filter((code) => code.includes(text));
  expect(found).toBeDefined();
  expect(more).toEqual([]);
  return found;
}

it('shows YAML that can be read', () => {
  const errors = snippets.flatMap((code) => parseAllDocuments(code).flatMap((document) => document.errors));
  expect(errors).toEqual([]);
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
const workflow = parse(snippet('# .github/workflows/')) as { jobs: { check: { steps: Step[] } } };
const gitlab = parse(snippet('# .gitlab-ci.yml')) as { 'zero-downtime': { script: string[] } };

let folder: string;
let repository: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-ci-'));
  repository = join(folder, 'repository');
  mkdirSync(repository);
  putPrograms();
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (file: string, content: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
};
const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();

/** npm and npx that have everything installed: npx zero-downtime is this one, and cdk8s copies src to dist. */
function putPrograms(): void {
  put('bin/npm', '#!/bin/sh\n[ "$*" = ci ]\n');
  put(
    'bin/npx',
    `#!/bin/sh
case "$1 $2" in
  "cdk8s synth") mkdir -p dist && cp src/*.yaml dist/ ;;
  "zero-downtime check") shift && exec ${RUNNER} "$@" ;;
  *) exit 127 ;;
esac
`,
  );
  for (const name of ['npm', 'npx']) {
    chmodSync(join(folder, 'bin', name), 0o755);
  }
}

/** A repository with the manifests of a rule: the old ones on main, others in a commit after it; main goes on. */
function putRepository(place: string, name: string, changed: 'pass' | 'fail'): { readonly base: string } {
  const commit = (state: string) => {
    put(`repository/${place}/web.yaml`, ruleManifest(`upgrade/${name}.${state}`));
    git('add', '.');
    git(
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@example.com',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      state,
    );
  };
  git('init', '--quiet', '--initial-branch=change');
  commit('old');
  const base = git('rev-parse', 'HEAD');
  commit(changed);
  git('update-ref', 'refs/remotes/origin/main', base);
  return { base };
}

/** Runs shell commands as a runner does, and returns how the first one that fails, or the last, ended. */
function runSteps(commands: readonly string[], env: Readonly<Record<string, string>>) {
  const PATH = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
  let ended = { status: 0 as number | null, stdout: '', stderr: '' };
  for (const command of commands) {
    const options = { cwd: repository, env: { ...process.env, ...env, PATH }, encoding: 'utf8' as const };
    ended = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', command], options);
    if (ended.status !== 0) {
      break;
    }
  }
  return { status: ended.status, output: ended.stdout + ended.stderr };
}

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** A kind as it is called in permissions: Ingress is ingresses. */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  return `${name}${name.endsWith('s') ? 'es' : 's'}`;
}

const shellOf = (steps: readonly Step[]) => steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

describe('GitHub Actions', () => {
  const github = { GITHUB_BASE_REF: 'main' };

  it.each([
    ['pass', 0, 0],
    ['fail', 2, 1],
  ] as const)('committed manifests that %s end with %i', (changed, status, results) => {
    putRepository('dist', 'service-type-lowered', changed);
    expect(runSteps(shellOf(workflow.jobs.check.steps), github)).toMatchObject({ status });
    const sarif = JSON.parse(read('zero-downtime.sarif')) as { runs: { results: unknown[] }[] };
    expect(sarif.runs[0].results).toHaveLength(results);
  });

  it.each([
    ['pass', 0],
    ['fail', 2],
  ] as const)('synthesized manifests that %s end with %i', (changed, status) => {
    putRepository('src', 'service-type-lowered', changed);
    const steps = parse(snippet('git worktree add')) as Step[];
    expect(runSteps(shellOf(steps), github)).toMatchObject({ status });
  });

  it('uses actions at a major version, and uploads what the check writes', () => {
    const { steps } = workflow.jobs.check;
    expect(steps.flatMap(({ uses }) => uses ?? [])).toEqual([
      'actions/checkout@v4',
      'actions/setup-node@v4',
      'github/codeql-action/upload-sarif@v3',
    ]);
    expect(steps.at(-1)).toMatchObject({ with: { sarif_file: 'zero-downtime.sarif' } });
  });
});

describe('GitLab CI', () => {
  it.each([
    ['pass', 0, '<testsuites name="zero-downtime check" tests="3" failures="0"'],
    ['fail', 2, '<failure type="error" message="its type was LoadBalancer and is ClusterIP">'],
  ] as const)('manifests that %s end with %i and a report', (changed, status, report) => {
    const { base } = putRepository('dist', 'service-type-lowered', changed);
    const job = gitlab['zero-downtime'];
    const env = { CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
    expect(runSteps(job.script, env)).toMatchObject({ status });
    expect(read('zero-downtime.xml')).toContain(report);
    expect(job).toMatchObject({ artifacts: { reports: { junit: 'zero-downtime.xml' } } });
  });
});

describe('Argo CD', () => {
  const manifests = snippet('# zero-downtime.yaml');
  const kustomization = parse(snippet('# kustomization.yaml')) as {
    configMapGenerator: { name: string; files: string[]; options: { annotations: Record<string, string> } }[];
  };
  const objects = parseAllDocuments(manifests).map((document) => document.toJS());
  const job = objects.find(({ kind }) => kind === 'Job');

  it('has hooks only, in which what the Job needs comes before it', () => {
    const waves = [
      ...objects.map(({ metadata }) => metadata),
      kustomization.configMapGenerator[0].options,
    ].map(({ annotations }) => [
      annotations['argocd.argoproj.io/hook'],
      annotations['argocd.argoproj.io/sync-wave'] ?? '0',
    ]);
    expect(waves).toEqual([
      ['PreSync', '-1'],
      ['PreSync', '-1'],
      ['PreSync', '-1'],
      ['PreSync', '0'],
      ['PreSync', '-1'],
    ]);
    const { volumes, serviceAccountName } = job.spec.template.spec;
    expect(volumes[0].configMap.name).toBe(kustomization.configMapGenerator[0].name);
    expect(objects[0].metadata.name).toBe(serviceAccountName);
  });

  it('has manifests without a finding', () => {
    const { findings, problems } = check(parseManifests('zero-downtime.yaml', manifests));
    expect({ findings, problems }).toEqual({ findings: [], problems: [] });
  });

  it('has a Role that may list what is read whole, and get two kinds of the manifests', () => {
    const { rules } = objects.find(({ kind }) => kind === 'Role');
    const permissions = (rules as Rule[]).flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
      ),
    );
    const wholes = LISTED_KINDS.map(({ group, kind }) => `list ${group}/${pluralOf(kind)}`);
    expect(permissions.sort()).toEqual([...wholes, 'get /configmaps', 'get /secrets'].sort());
  });

  it('reads the folder that a ConfigMap volume is', async () => {
    put('volume/..2026_11_24_10_00_00.1/web.yaml', ruleManifest('state/recreate.pass'));
    symlinkSync('..2026_11_24_10_00_00.1', join(folder, 'volume/..data'));
    symlinkSync('..data/web.yaml', join(folder, 'volume/web.yaml'));
    const { objects: read, problems } = await readManifests([join(folder, 'volume')]);
    expect({ objects: read.length, problems }).toEqual({ objects: 3, problems: [] });
    expect(job.spec.template.spec.containers[0].args.slice(0, 2)).toEqual(['check', '/manifests']);
  });
});
