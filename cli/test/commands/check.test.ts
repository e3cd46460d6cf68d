import { DOMParser } from '@xmldom/xmldom';
import { mkdirSync, rmdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ignoring, ruleManifest, useLab } from '../check/lab.js';

const { put, read, readJson, run } = useLab();
const rule = (name: string) => ruleManifest(`state/${name}`);

describe('zero-downtime check', () => {
  it('exits with 0 when nothing is found', async () => {
    put('web.yaml', rule('recreate.pass'));
    expect(await run('check', 'web.yaml')).toEqual({
      status: 0,
      stdout: '0 findings in 3 objects\n',
      stderr: '',
    });
  });

  it('exits with 2 and groups by object what it finds, each with why and what to do', async () => {
    put('web.yaml', rule('recreate.fail'));
    expect(await run('check', 'web.yaml')).toEqual({
      status: 2,
      stdout: `Deployment web
  web.yaml:11 error recreate: the strategy is Recreate
    why: all old pods are ended before the first new one starts
    fix: set strategy.type: RollingUpdate
    see: https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#recreate

1 finding in 3 objects
`,
      stderr: '',
    });
  });

  it('exits with 1 when something could not be checked, and checks the rest', async () => {
    put('web.yaml', `${rule('recreate.fail')}---\nkind: [\n`);
    const { status, stdout, stderr } = await run('check', 'web.yaml', 'none.yaml');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `web.yaml:59 not checked: the indentation is wrong, or a bracket or quote is missing
none.yaml not checked: no such file or folder
`,
    });
    expect(stdout).toContain('error recreate');
  });

  it('says how git is named when there is no such file to compare with', async () => {
    put('web.yaml', rule('recreate.pass'));
    expect(await run('check', '--against', 'main', '--', 'web.yaml')).toEqual({
      status: 1,
      stdout: '0 findings in 3 objects, 1 not checked\n',
      stderr: 'main not checked: no such file or folder; for a revision of git write git:REVISION:PATH\n',
    });
  });

  it('takes nothing for deleted where nothing is pruned', async () => {
    put('old.yaml', ruleManifest('upgrade/object-removed.old'));
    put('new.yaml', ruleManifest('upgrade/object-removed.fail'));
    const step = ['check', 'new.yaml', '--against', 'old.yaml', '--severity', 'error'];
    expect(await run(...step)).toMatchObject({ status: 2 });
    expect(await run(...step, '--keep-removed')).toMatchObject({ status: 0 });
    expect(await run('check', 'new.yaml', '--keep-removed')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--keep-removed: write --against with it'),
    });
  });

  it('says what the step from old manifests does', async () => {
    put('old.yaml', ruleManifest('upgrade/service-type-lowered.old'));
    put('new.yaml', ruleManifest('upgrade/service-type-lowered.fail'));
    const { status, stdout } = await run('check', 'new.yaml', '--against', 'old.yaml');
    expect(status).toBe(2);
    expect(stdout).toContain(
      'Service web\n  new.yaml:41 error service-type-lowered: its type was LoadBalancer and is ClusterIP\n',
    );
  });

  it('finds what has at least the severity that is asked for', async () => {
    put('web.yaml', rule('target-port-undeclared.fail'));
    expect((await run('check', 'web.yaml')).status).toBe(0);
    expect((await run('check', 'web.yaml', '--severity', 'info')).status).toBe(2);
    put('web.yaml', rule('one-replica.fail'));
    expect((await run('check', 'web.yaml')).status).toBe(2);
    expect((await run('check', 'web.yaml', '--severity', 'error')).status).toBe(0);
  });

  it('writes JSON', async () => {
    put('web.yaml', rule('recreate.fail'));
    expect((await run('check', 'web.yaml', '--json', 'out.json')).status).toBe(2);
    expect(readJson('out.json')).toEqual({
      schemaVersion: 1,
      objects: 3,
      findings: [
        {
          rule: 'recreate',
          severity: 'error',
          object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: '', name: 'web' },
          file: 'web.yaml',
          line: 11,
          path: 'spec.strategy.type',
          what: 'the strategy is Recreate',
          reason: 'all old pods are ended before the first new one starts',
          fix: 'set strategy.type: RollingUpdate',
          url: 'https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#recreate',
        },
      ],
      ignored: [],
      problems: [],
      notApplied: [],
      unusedIgnores: [],
    });
  });

  it('shows no control characters of a manifest', async () => {
    put('web.yaml', rule('mutable-image-tag.fail').replace(/image: .*/, 'image: "a\\e[2Jb\\nc\\u202ed"'));
    expect((await run('check', 'web.yaml')).stdout).toContain('container main runs the image a [2Jb c d\n');
  });

  it.each([
    ['check', '../web.yaml'],
    ['check', '../web.yaml', '--json', 'out.json'],
    ['rules', '--json', 'out.json'],
    ['probe', 'http://127.0.0.1:1/', '--json', 'out.json'],
  ])('says so when the current folder is gone: %s', async (...args) => {
    put('web.yaml', rule('recreate.fail'));
    mkdirSync('gone');
    process.chdir('gone');
    rmdirSync('../gone');
    expect(await run(...args)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'zero-downtime: the current folder is not there any more; change into one that is\n',
    });
  });

  const gotUrl =
    'got a URL, not shown as it may hold a password; write a file, or - and curl -fsS URL | before the command';
  it.each([
    [
      ['check', 'a', '--json', 'none/a'],
      '--json: got "none/a"; write a file in a folder that exists and can be written to',
    ],
    [['check'], 'write the MANIFESTS to check; see zero-downtime check --help'],
    [['check', 'a', '--severity', 'high'], '--severity: got "high"; write error, warning, info'],
    [
      ['check', 'a', '--agianst', 'b'],
      "unknown option '--agianst'; did you mean --against? See zero-downtime check --help",
    ],
    [['check', 'a', ''], 'MANIFESTS: got ""; write a file, a folder or -'],
    [['check', 'a', '--against', ''], '--against: got ""; write OLD, or leave it out'],
    [['check', 'a', '--config', ''], '--config: got ""; write FILE, or leave it out'],
    [['check', 'a', '--config', 'a', '--config', 'b'], '--config: it is there twice; write it once'],
    [['check', 'a', '--config', 'a', '--config='], '--config: got ""; write FILE, or leave it out'],
    [['check', 'a', 'https://u:secret@myapp/a.yaml?token=secret'], `MANIFESTS: ${gotUrl}`],
    [['check', 'a', '--', 'HTTPS://u:secret@myapp/a.yaml'], `MANIFESTS: ${gotUrl}`],
    [['check', 'a', '--against', 'https://u:secret@myapp/a.yaml'], `--against: ${gotUrl}`],
    [['check', 'a', '--against', 'git:https://u:secret@myapp/a.git:dist'], `--against: ${gotUrl}`],
    [['check', 'a', '--config', 'https://u:secret@myapp/a.yaml'], `--config: ${gotUrl}`],
    [
      ['rules', 'https://u:secret@myapp/'],
      'rules: there is no rule of this name; zero-downtime rules lists all',
    ],
    [['rules', 'recrate'], 'rules: there is no rule recrate; did you mean recreate?'],
    [['rules', 'all', 'of'], 'rules: write the ID of one rule, or none'],
    [['completion', 'csh'], 'completion: write one of bash, zsh, fish'],
    [['chekc', 'a'], "unknown command 'chekc'; did you mean check? See zero-downtime --help"],
    [['help', 'chekc'], 'there is no such command; see zero-downtime --help'],
    [['check', 'a', '--color', 'maybe'], '--color: got "maybe"; write auto, always, never'],
    [['http://u:secret@myapp/'], 'write a command, got something else; see zero-downtime --help'],
    [['rules', 'all'], 'rules: there is no rule all; zero-downtime rules lists all'],
  ])('refuses %j', async (args, message) => {
    expect(await run(...args)).toEqual({ status: 1, stdout: '', stderr: `zero-downtime: ${message}\n` });
  });
});

describe('what zero-downtime check did not do', () => {
  const deployment = (name: string, ...more: string[]) =>
    [
      'apiVersion: apps/v1',
      'kind: Deployment',
      `metadata: {name: ${name}}`,
      'spec:',
      ...more,
      `  selector: {matchLabels: {app: ${name}}}`,
      '  template:',
      `    metadata: {labels: {app: ${name}}}`,
      `    spec: {containers: [{name: main, image: ${name}:1.27, ports: [{containerPort: 80}]}]}`,
      '',
    ].join('\n');
  const note =
    'web.yaml:2 not applied: the rules about requests, as no Service among the manifests selects Deployment web\n';

  it('is said of a workload with ports that no Service selects', async () => {
    put('web.yaml', deployment('web').replace('apiVersion', '---\napiVersion'));
    expect(await run('check', 'web.yaml')).toEqual({
      status: 0,
      stdout: `0 findings in 1 object\n${note}`,
      stderr: '',
    });
  });

  it('exits with 2 with --strict', async () => {
    put('web.yaml', deployment('web'));
    expect((await run('check', 'web.yaml', '--strict')).status).toBe(2);
    put('worker.yaml', deployment('worker').replace(', ports: [{containerPort: 80}]', ''));
    expect(await run('check', 'worker.yaml', '--strict')).toEqual({
      status: 0,
      stdout: '0 findings in 1 object\n',
      stderr: '',
    });
    put('none.yaml', deployment('none', '  replicas: 0'));
    expect((await run('check', 'none.yaml', '--strict')).status).toBe(0);
    put('served.yaml', rule('recreate.pass'));
    expect((await run('check', 'served.yaml', '--strict')).status).toBe(0);
  });

  it('is in every output', async () => {
    put('web.yaml', deployment('web'));
    const outputs = ['--json', 'out.json', '--sarif', 'out.sarif', '--junit', 'out.xml'];
    await run('check', 'web.yaml', ...outputs);
    const message = 'the rules about requests, as no Service among the manifests selects Deployment web';
    expect(readJson('out.json')).toMatchObject({ notApplied: [{ file: 'web.yaml', line: 1, message }] });
    expect(readJson('out.sarif')).toMatchObject({
      runs: [{ invocations: [{ toolExecutionNotifications: [{ level: 'note' }] }] }],
    });
    expect(read('out.sarif')).toContain(message);
    expect(read('out.xml')).toContain(`<skipped message="not applied: ${message}">`);
    const { stdout } = await run('check', 'web.yaml', '--output', 'github');
    expect(stdout).toBe(`::notice file=web.yaml,line=1,title=not applied::${message}\n`);
  });

  it('names ten objects at most in the text', async () => {
    put('many.yaml', Array.from({ length: 12 }, (_, i) => deployment(`web-${i}`)).join('---\n'));
    const { stdout } = await run('check', 'many.yaml');
    expect(stdout.match(/not applied:/g)).toHaveLength(10);
    expect(stdout).toMatch(/and 2 more such objects; --json has all\n$/);
  });
});

describe('zero-downtime check --plan', () => {
  it('says what the next rollout does, before what is found', async () => {
    put('web.yaml', rule('recreate.fail'));
    const { status, stdout } = await run('check', 'web.yaml', '--plan', '--startup', '20s');
    expect(status).toBe(2);
    expect(stdout).toMatch(/^Rollout of Deployment web \(web\.yaml:\d+\)\n/);
    expect(stdout).toContain('  ready pods          at least 0\n');
    expect(stdout.indexOf('error recreate')).toBeGreaterThan(stdout.indexOf('wave 1 of 1'));
  });

  it('writes plans into the JSON, and draws them', async () => {
    put('web.yaml', rule('recreate.pass'));
    const args = ['--plan', '--startup', 'web=20s', '--json', 'out.json', '--plan-svg', 'plan.svg'];
    expect((await run('check', 'web.yaml', ...args)).status).toBe(0);
    expect(readJson('out.json')).toMatchObject({
      schemaVersion: 1,
      plans: [
        {
          object: { kind: 'Deployment', name: 'web' },
          rollout: { start: { podStartMs: 1000, startupMs: 20_000 }, startupAssumed: false },
        },
      ],
    });
    const svg = read('plan.svg');
    expect(svg).toContain('<title>Deployment web: the next rollout</title>');
    const errors: string[] = [];
    new DOMParser({ onError: (_, message) => errors.push(message) }).parseFromString(svg, 'image/svg+xml');
    expect(errors).toEqual([]);
  });

  it('draws them on standard output, in place of the text', async () => {
    put('web.yaml', rule('recreate.pass'));
    const { stdout } = await run('check', 'web.yaml', '--plan-svg', '-');
    expect(stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  it('says that there is no Deployment', async () => {
    put('config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n');
    expect((await run('check', 'config.yaml', '--plan')).stdout).toContain('No Deployment to plan');
  });

  it.each([
    [['--startup', '20s'], '--startup: write --plan or --plan-svg with it'],
    [['--plan', '--startup', '20'], '--startup: got "20"; write a duration such as 500ms, 10s or 2m'],
    [['--plan', '--pod-start', 'soon'], '--pod-start: got "soon"; write a duration such as 500ms, 10s or 2m'],
    [
      ['--plan', '--startup', 'api=20s'],
      '--startup: got "api=20s"; there is no Deployment api in the manifests',
    ],
    [
      ['--plan-svg', 'none/plan.svg'],
      '--plan-svg: got "none/plan.svg"; write a file in a folder that exists and can be written to',
    ],
  ])('refuses %j', async (args, message) => {
    put('web.yaml', rule('recreate.pass'));
    expect(await run('check', 'web.yaml', ...args)).toEqual({
      status: 1,
      stdout: '',
      stderr: `zero-downtime: ${message}\n`,
    });
  });
});

describe('zero-downtime/ignore', () => {
  it('turns a rule off for an object, with a reason', async () => {
    put('web.yaml', ignoring('recreate.fail', 'recreate: one writer at a time'));
    expect(await run('check', 'web.yaml')).toEqual({
      status: 0,
      stdout: '0 findings in 3 objects, 1 ignored\n',
      stderr: '',
    });
    await run('check', 'web.yaml', '--json', 'out.json');
    const { ignored } = readJson('out.json') as { ignored: unknown };
    expect(ignored).toMatchObject([{ rule: 'recreate', ignoredBecause: 'one writer at a time' }]);
  });

  it('says when it ignores nothing any more, without failing', async () => {
    put('web.yaml', ignoring('recreate.pass', 'recreate: was so'));
    expect(await run('check', 'web.yaml')).toEqual({
      status: 0,
      stdout: '0 findings in 3 objects\n',
      stderr: 'web.yaml:6 info zero-downtime/ignore: recreate finds nothing here; remove it\n',
    });
  });

  it('may stay when it is about a change that is over', async () => {
    put('web.yaml', ignoring('recreate.pass', 'selector-immutable: deleted by hand'));
    expect((await run('check', 'web.yaml')).stderr).toBe('');
    expect((await run('check', 'web.yaml', '--against', 'web.yaml')).stderr).toBe('');
  });

  it('may be invalid on the old object when the change fixes it, and counts there when the object is removed', async () => {
    put('old.yaml', ignoring('recreate.pass', 'recreate\nrecrate: typo'));
    put('new.yaml', ignoring('recreate.pass', 'selector-immutable: deleted by hand'));
    expect(await run('check', 'new.yaml', '--against', 'old.yaml')).toMatchObject({ status: 0, stderr: '' });
    put('old.yaml', ignoring('recreate.pass', 'object-removed: nobody uses it\nrecrate: typo'));
    put('new.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
    const { status, stdout } = await run('check', 'new.yaml', '--against', 'old.yaml');
    expect({ status, summary: stdout.split('\n').at(-2) }).toEqual({
      status: 2,
      summary: '1 finding in 1 object, 1 ignored',
    });
  });

  it.each([
    [
      'recreate',
      'zero-downtime/ignore: write a rule and a reason, such as "one-replica: a batch job at night"',
    ],
    [
      'recreate: ',
      'zero-downtime/ignore: write a rule and a reason, such as "one-replica: a batch job at night"',
    ],
    ['recrate: typo', 'zero-downtime/ignore: there is no rule recrate; see zero-downtime rules'],
  ])('does not take "%s"', async (text, message) => {
    put('web.yaml', ignoring('recreate.fail', text));
    const { status, stdout, stderr } = await run('check', 'web.yaml');
    expect({ status, stderr }).toEqual({ status: 1, stderr: `web.yaml:6 not checked: ${message}\n` });
    expect(stdout).toContain('error recreate');
  });
});

describe('--kubernetes-version', () => {
  const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {podReplacementPolicy: Failed}\n';

  it('says for which Kubernetes the manifests are, before the configuration', async () => {
    put('job.yaml', job);
    put('.zero-downtime.yaml', 'kubernetesVersion: "1.27"\n');
    expect(await run('check', 'job.yaml')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining(
        'job.yaml:4 error field-unknown: Kubernetes 1.27 knows the field podReplacementPolicy not yet (1.28 is the first that does)',
      ),
    });
    expect(await run('check', 'job.yaml', '--kubernetes-version', '1.28')).toMatchObject({ status: 0 });
  });

  it('has to be known', async () => {
    put('job.yaml', job);
    const { status, stderr } = await run('check', 'job.yaml', '--kubernetes-version', '1.26');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'zero-downtime: --kubernetes-version: got "1.26"; write a version from 1.27 to 1.37\n',
    });
  });
});

describe('zero-downtime rules', () => {
  it('lists each rule with its severity and reason', async () => {
    const { status, stdout } = await run('rules');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^recreate +error +all old pods are ended before the first new one starts$/m);
    expect(stdout).toMatch(/^selector-immutable +error /m);
  });
});
