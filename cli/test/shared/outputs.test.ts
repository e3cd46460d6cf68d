import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ruleManifest, useLab } from '../check/lab.js';
import { RUNNER } from '../processes.js';

const lab = useLab();
const manifest = ruleManifest('state/recreate.fail');

/** A folder with manifests, and others with names for them. */
function putFiles(): void {
  lab.put('dist/web.yaml', manifest);
  lab.put(
    'dist/sub/api.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api' } }),
  );
  lab.put('dist/notes.txt', 'notes');
  lab.put('old/web.yaml', manifest);
  lab.put('rules.yaml', '');
  symlinkSync('dist/web.yaml', 'link.json');
  symlinkSync('dist', 'linked');
  symlinkSync('dist/new.json', 'later.json');
  symlinkSync('fresh.json', 'dangling.json');
  linkSync('dist/web.yaml', 'hard.json');
}

const inDist = (folder = 'dist') =>
  `in the folder ${folder}, which is read: the next check and kubectl would take it for a manifest; write it into another folder`;

describe('an output is refused', () => {
  it.each([
    ['dist/web.yaml', 'which is read; write another file'],
    ['./dist/../dist/web.yaml', 'which is read; write another file'],
    ['linked/web.yaml', 'which is dist/web.yaml, and that is read; write another file'],
    ['dist/sub/api.json', 'which is read; write another file'],
    ['link.json', 'which is dist/web.yaml, and that is read; write another file'],
    ['hard.json', 'which is dist/web.yaml, and that is read; write another file'],
    ['old/web.yaml', 'which is read; write another file'],
    ['rules.yaml', 'which is read; write another file'],
    ['dist/new.json', inDist()],
    ['dist/sub/new.yml', inDist('dist/sub')],
    ['linked/new.json', inDist()],
    ['later.json', inDist()],
    ['old/new.json', inDist('old')],
  ])('where something is read or would be the next time: %s', async (output, why) => {
    putFiles();
    const args = ['check', 'dist', '--against', 'old', '--config', 'rules.yaml', '--json', output];
    expect(await lab.run(...args)).toEqual({
      status: 1,
      stdout: '',
      stderr: `zero-downtime: --json: got "${output}", ${why}\n`,
    });
    expect(lab.read('dist/web.yaml')).toBe(manifest);
    expect(readdirSync('dist').sort()).toEqual(['notes.txt', 'sub', 'web.yaml']);
  });

  it('where the configuration of the next check would be', async () => {
    putFiles();
    expect((await lab.run('check', 'dist', '--json', '.zero-downtime.yaml')).stderr).toBe(
      'zero-downtime: --json: got ".zero-downtime.yaml", which is read; write another file\n',
    );
  });

  it.each([
    ['dangling.json', 'fresh.json'],
    ['fresh.json', 'dangling.json'],
    ['fresh.json', 'dist/../fresh.json'],
  ])('where another one is: %s and %s', async (json, sarif) => {
    putFiles();
    for (const args of [
      ['check', 'dist', '--json', json, '--sarif', sarif],
      ['probe', 'http://127.0.0.1:1', '--json', json, '--svg', sarif],
    ]) {
      expect((await lab.run(...args)).stderr).toMatch(/: got ".*", which --json writes to; write another\n$/);
    }
  });

  it('that is a folder or a socket', async () => {
    putFiles();
    const server = createServer().listen('socket');
    await once(server, 'listening');
    const said = async (output: string) => (await lab.run('check', 'dist', '--json', output)).stderr;
    expect(await said('socket')).toBe(
      'zero-downtime: --json: got "socket"; this is neither a file nor a pipe; write a file\n',
    );
    for (const folder of ['dist', 'new/']) {
      expect(await said(folder)).toBe(`zero-downtime: --json: got the folder "${folder}"; write a file\n`);
    }
    server.close();
  });
});

describe('an output to what is open', () => {
  it.each([
    ['check a.yaml --json out > out', 2, '"schemaVersion": 1'],
    ['check a.yaml --json /dev/stdout', 2, '"schemaVersion": 1'],
    ['check a.yaml --json - --sarif /dev/stdout', 1, 'which --json writes to; write another'],
    ['check a.yaml --json out 2> out', 1, 'which is standard error; write another file'],
    ['check - --json a.yaml < a.yaml', 1, 'which is standard input; write another file'],
    ['cat a.yaml | check - --json /dev/stdin', 1, 'which is standard input; write another file'],
  ])('is in order: %s', (script, status, text) => {
    lab.put('a.yaml', manifest);
    lab.put('out', '');
    const ended = spawnSync('bash', ['-c', `check() { ${RUNNER} check "$@"; }; ${script}`], {
      encoding: 'utf8',
    });
    expect(ended.stdout + ended.stderr + lab.read('out')).toContain(text);
    expect(ended.status).toBe(status);
    expect(lab.read('a.yaml')).toBe(manifest);
  });
});

describe('an output is written', () => {
  it.each(['dist/result.sarif', 'dist/notes.txt', 'result.json', 'live', 'dangling.json'])(
    'where nothing is read: %s',
    async (output) => {
      putFiles();
      expect((await lab.run('check', 'dist', '--json', output)).status).toBe(2);
      expect(lab.readJson(output)).toMatchObject({ schemaVersion: 1 });
      expect((await lab.run('check', 'dist', '--json', output)).status).toBe(2);
    },
  );

  it('to the folder beside what git or a cluster is asked for', async () => {
    putFiles();
    expect(
      (await lab.run('check', 'dist', '--against', 'git:main:dist', '--json', 'git:main:dist')).status,
    ).toBe(1);
    expect(lab.readJson('git:main:dist')).toMatchObject({ schemaVersion: 1 });
  });
});
