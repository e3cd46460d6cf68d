import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readGit } from '../../src/check/read/git.js';
import { readManifests } from '../../src/check/read/read.js';

const configMap = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;

const pathBefore = process.env.PATH;
let folder: string;
let before: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-git-'));
  before = process.cwd();
  // A hook of git that runs these tests has a repository of its own in mind.
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('GIT_'))) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('GIT_CEILING_DIRECTORIES', tmpdir());
  repository('origin', { 'app/dist/web.yaml': configMap('one'), 'top.yaml': configMap('top') });
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

function git(...args: string[]): string {
  const own = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'protocol.file.allow=always',
  ];
  return execFileSync('git', [...own, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function put(name: string, content: string | Buffer): void {
  mkdirSync(dirname(name), { recursive: true });
  writeFileSync(name, content);
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

/** A repository with files in one commit, which is the current folder then. */
function repository(name: string, files: Record<string, string>): void {
  const path = join(folder, name);
  mkdirSync(path);
  process.chdir(path);
  git('init', '--quiet', '--initial-branch=main');
  for (const [file, content] of Object.entries(files)) {
    put(file, content);
  }
  commit('first');
}

function clone(name: string, ...options: string[]): void {
  git('clone', '--quiet', ...options, `file://${join(folder, 'origin')}`, join(folder, name));
  process.chdir(join(folder, name));
}

const found = async (source: string) =>
  (await readGit(source)).objects.map(({ name, file, line }) => `${name} ${file}:${line}`);
const messages = async (source: string) => {
  const { objects, problems } = await readGit(source);
  expect(objects).toEqual([]);
  return problems.map(({ file, message }) => `${file}: ${message}`);
};

describe('--against git:REVISION:PATH', () => {
  it('reads a file or a folder as it was, not as it is', async () => {
    put('app/dist/web.yaml', configMap('changed'));
    expect(await found('git:main:app/dist/web.yaml')).toEqual(['one git:main:app/dist/web.yaml:1']);
    expect(await found('git:main:app/')).toEqual(['one git:main:app/dist/web.yaml:1']);
    expect(await found('git:main:')).toEqual(['one git:main:app/dist/web.yaml:1', 'top git:main:top.yaml:1']);
  });

  it('reads branches, tags, commits, older ones and times', async () => {
    git('tag', '--annotate', 'v1', '--message', 'v1');
    const id = git('rev-parse', 'HEAD').trim();
    put('top.yaml', configMap('second'));
    commit('second');
    for (const revision of ['HEAD~1', 'main^', 'v1', 'refs/tags/v1', id, id.slice(0, 10), 'main@{1}']) {
      expect(await found(`git:${revision}:top.yaml`)).toEqual([`top git:${revision}:top.yaml:1`]);
    }
    expect(await found('git:main@{2099-01-01 10:00:00}:top.yaml')).toHaveLength(1);
    clone('clone');
    expect(await found('git:origin/main:top.yaml')).toEqual(['second git:origin/main:top.yaml:1']);
  });

  it('takes a path from the root, and one with ./ from the current folder, as git show does', async () => {
    process.chdir('app');
    const expected = ['one git:main:app/dist/web.yaml:1'];
    for (const path of ['app/dist', './dist', '../app/dist', './dist/../dist/web.yaml']) {
      expect(await found(`git:main:${path}`)).toEqual(expected);
    }
    expect(git('show', 'main:./dist/web.yaml')).toBe(configMap('one'));
    expect(await found('git:main:.')).toEqual(expected);
    expect(await messages('git:main:dist')).toEqual([
      "git:main:dist: main has no dist at the repository's root; for the one in this folder write git:main:./dist",
    ]);
  });

  it('reads a bare repository', async () => {
    clone('bare', '--bare');
    expect(await found('git:main:app/dist')).toEqual(['one git:main:app/dist/web.yaml:1']);
  });

  it('names the line of what cannot be read, and reads the rest', async () => {
    put('bad.yaml', `${configMap('good')}---\nkind: Secret\n`);
    put('twice.yaml', configMap('top', 'data:\n  a: b\n'));
    put('notes.txt', 'no manifest');
    symlinkSync('top.yaml', 'link.yaml');
    commit('bad');
    const { objects, problems } = await readGit('git:HEAD:');
    expect(objects.map(({ name }) => name).sort()).toEqual(['good', 'one', 'top']);
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'git:HEAD:link.yaml:undefined',
      'git:HEAD:bad.yaml:6',
      'git:HEAD:twice.yaml:1',
    ]);
    expect(await messages('git:HEAD:link.yaml')).toEqual([
      'git:HEAD:link.yaml: a symbolic link, which is not followed in a revision; name the file that it leads to',
    ]);
  });

  it('reads files of any name and size up to the bound of files', async () => {
    const large = configMap('large', `data:\n  a: ${'x'.repeat(1_000_000)}\n`);
    put('odd "name"\n-ä.yaml', large);
    put('--help.yaml', configMap('option'));
    put('too-large.yaml', Buffer.alloc(64 * 1024 * 1024 + 1, '\n'));
    commit('odd');
    const { objects, problems } = await readGit('git:HEAD:');
    expect(objects.map(({ name }) => name).sort()).toEqual(['large', 'one', 'option', 'top']);
    expect(problems).toEqual([{ file: 'git:HEAD:too-large.yaml', message: 'larger than 64 MB' }]);
  });

  it('is a problem when a file is empty or not text', async () => {
    put('empty.yaml', '# nothing\n');
    put('latin.yaml', Buffer.from(configMap('caf\u00e9'), 'latin1'));
    commit('empty');
    expect(await messages('git:HEAD:empty.yaml')).toEqual(['git:HEAD:empty.yaml: there is no object in it']);
    expect(await messages('git:HEAD:latin.yaml')).toEqual(['git:HEAD:latin.yaml: this is no text in UTF-8']);
  });

  it('reads what files and folders read', async () => {
    put('more/a.json', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'json' } }));
    put('more/.hidden/b.yml', configMap('hidden'));
    commit('more');
    const bodies = ({ objects }: Awaited<ReturnType<typeof readGit>>) => objects.map(({ body }) => body);
    const inFolder = bodies(await readManifests(['.']));
    expect(bodies(await readGit('git:HEAD:'))).toEqual(expect.arrayContaining(inFolder));
    expect((await readGit('git:HEAD:more')).objects).toHaveLength(2);
  });

  it('changes nothing in the repository', async () => {
    const files = () => readdirSync('.git', { recursive: true, encoding: 'utf8' }).sort();
    const [names, index] = [files(), readFileSync('.git/index')];
    await readGit('git:main:');
    await readGit('git:none:');
    expect(files()).toEqual(names);
    expect(readFileSync('.git/index')).toEqual(index);
  });

  it.each([
    ['git:main', 'write git:REVISION:PATH, such as git:main:dist'],
    ['git::dist', 'write git:REVISION:PATH, such as git:main:dist'],
    ['git:--help:dist', 'the revision --help begins with -; write a branch, a tag or a commit'],
    ['git:none:dist', 'there is no revision none; git branch --all and git tag list them'],
    ['git:main..HEAD:dist', 'there is no revision main..HEAD; git branch --all and git tag list them'],
    ['git:main:none', 'main has no none; git ls-tree main lists what it has'],
    ['git:main:app/*', 'main has no app/*; git ls-tree main lists what it has'],
    ['git:main:/app', "/app begins with /; write the path from the repository's root, or ./PATH"],
    ['git:main:../app', '../app is outside of the repository'],
  ])('%s: one line', async (source, message) => {
    expect(await messages(source)).toEqual([`${source}: ${message}`]);
  });

  it('says what to fetch in a shallow clone', async () => {
    put('top.yaml', configMap('second'));
    commit('second');
    git('branch', 'release');
    clone('shallow', '--depth=1', '--branch=main');
    expect(await found('git:HEAD:top.yaml')).toEqual(['second git:HEAD:top.yaml:1']);
    const fetch = 'in this shallow clone: run git fetch';
    for (const revision of ['release', 'origin/release']) {
      expect(await messages(`git:${revision}:top.yaml`)).toEqual([
        `git:${revision}:top.yaml: there is no revision ${revision} ${fetch} --depth=1 origin release, and write git:FETCH_HEAD:top.yaml`,
      ]);
    }
    expect(await messages('git:HEAD~1:top.yaml')).toEqual([
      `git:HEAD~1:top.yaml: there is no revision HEAD~1 ${fetch} --unshallow`,
    ]);
    git('fetch', '--quiet', '--depth=1', 'origin', 'release');
    expect(await found('git:FETCH_HEAD:top.yaml')).toHaveLength(1);
    git('fetch', '--quiet', '--unshallow');
    expect(await found('git:HEAD~1:top.yaml')).toHaveLength(1);
  });

  it('says where a branch is that only the remote has', async () => {
    git('branch', 'release');
    clone('clone');
    expect(await messages('git:release:top.yaml')).toEqual([
      'git:release:top.yaml: there is no revision release here, but origin/release: write git:origin/release:top.yaml',
    ]);
  });

  it('says when there is no repository, no git, and a repository of somebody else', async () => {
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    vi.stubEnv('PATH', programs);
    expect(await messages('git:main:a')).toEqual([
      'git:main:a: there is no git on PATH; install it, or name a file or folder',
    ]);
    put(
      join(programs, 'git'),
      '#!/bin/sh\necho "fatal: detected dubious ownership in repository at \'/src\'" >&2\nexit 128\n',
    );
    execFileSync('/bin/chmod', ['+x', join(programs, 'git')]);
    expect(await messages('git:main:a')).toEqual([
      'git:main:a: the repository belongs to another user; run git config --global --add safe.directory /src',
    ]);
    vi.stubEnv('PATH', pathBefore);
    process.chdir(folder);
    expect(await messages('git:main:a')).toEqual([
      'git:main:a: the current folder is in no git repository; run it in a clone',
    ]);
  });
});
