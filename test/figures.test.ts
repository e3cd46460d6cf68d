import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { peerDependencies } from '../package.json';
import { CASES } from '../bench/plan';
import { deploymentWith, RECORDED } from '../e2e/rollouts/deployments';
import { ALL, CLOUDS } from '../e2e/scenarios';
import { hashCode } from '../figures/code';
import { changedFiles, type FileHashes } from '../figures/files';
import { MUTATIONS, type Mutations, totalOf } from '../figures/mutations';
import { ROOT } from '../figures/root';
import { callsPerService } from '../figures/work';

// What these tests find is measured again by the command that each of them names.

const require = createRequire(import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
/** A commit, without uncommitted changes. */
const COMMIT = /^[0-9a-f]{7,}$/;

describe.each([
  ['docs/proof', 'npm run e2e:all', ALL],
  ['docs/proof/clouds', 'npm run e2e:clouds', CLOUDS],
])('%s, written by %s,', (folder, _, scenarios) => {
  const { run, results } = read(`${folder}/results.json`);

  test('is of the manifests that are there', () => {
    expect(changedFiles(run.files)).toEqual([]);
  });

  test('has every scenario', () => {
    expect(results.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual(
      scenarios.map(({ id, name }) => [id, name]),
    );
  });

  test('names the commit of every result', () => {
    const page = readFileSync(join(ROOT, folder, 'README.md'), 'utf8');
    for (const { commit } of results) {
      expect(commit).toMatch(COMMIT);
      expect(page).toContain(commit);
    }
  });
});

describe('docs/proof/rollouts, written by npm run e2e:rollouts,', () => {
  test.each(Object.entries(RECORDED))('has %s as it would be rolled out now', (name, settings) => {
    const { deployment, commit } = read(`docs/proof/rollouts/${name}.json`);
    expect(deployment).toEqual(JSON.parse(JSON.stringify(deploymentWith(settings, '1.5.0'))));
    expect(commit).toMatch(COMMIT);
  });
});

describe('docs/bench, written by npm run bench,', () => {
  const { environment, measured, callsPerService: calls } = read('docs/bench/results.json');

  test('is of as much work for each service as it is now, within a tenth', () => {
    expect(Math.abs(callsPerService() / calls - 1)).toBeLessThan(0.1);
  });

  test('is of the versions that are installed', () => {
    const installed = Object.keys(peerDependencies).map((name) => [
      name,
      require(`${name}/package.json`).version,
    ]);
    expect(environment.versions).toMatchObject(Object.fromEntries(installed));
  });

  test('has every case', () => {
    expect(measured.map((one: { case: object }) => one.case)).toEqual(CASES);
  });

  test('names its commit', () => {
    expect(environment.commit).toMatch(COMMIT);
  });
});

describe.each([['docs/bench/drain-proxy.json', 'npm run bench:drain-proxy']])(
  '%s, written by %s,',
  (path) => {
    const { environment, files }: { environment: { commit: string }; files: FileHashes } = read(path);

    test('is of what is there', () => {
      expect(changedFiles(files)).toEqual([]);
    });

    test('names its commit', () => {
      expect(environment.commit).toMatch(COMMIT);
    });
  },
);

describe('the mutation score, written by npm run test:mutation,', () => {
  const { commit, files }: Mutations = read(MUTATIONS);

  test('is of the code that is there, but for files with a tenth of the mutants', () => {
    const changed = Object.entries(files).filter(([path, { code }]) => hashCode(path) !== code);
    const all = totalOf(Object.values(files)).mutants;
    expect(totalOf(changed.map(([, file]) => file)).mutants).toBeLessThan(all / 10);
  });

  test('is at least 90 %', () => {
    const { found, mutants } = totalOf(Object.values(files));
    expect(found / mutants).toBeGreaterThanOrEqual(0.9);
  });

  test('names its commit', () => {
    expect(commit).toMatch(COMMIT);
  });
});
