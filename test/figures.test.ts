import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deploymentWith, RECORDED } from '../e2e/rollouts/deployments';
import { ALL } from '../e2e/scenarios';
import { changedFiles, type FileHashes } from '../figures/files';
import { ROOT } from '../figures/root';

// What these tests find is measured again by the command that each of them names.

const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
/** A commit, without uncommitted changes. */
const COMMIT = /^[0-9a-f]{7,}$/;

describe.each([['docs/proof', 'npm run e2e:all', ALL]])('%s, written by %s,', (folder, _, scenarios) => {
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
