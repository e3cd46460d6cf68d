import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { buildHelm, synthChart } from './chart';
import { EXAMPLES, exampleNames } from '../support/examples';

const root = join(__dirname, '..', '..');

/** The objects in a text of YAML, in an order that does not depend on the text's. */
function objects(yaml: string): unknown[] {
  return parseAllDocuments(yaml, { version: '1.1' })
    .map((document) => document.toJS())
    .filter((object) => object !== null)
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

describe('a Helm chart of', () => {
  let helm: string;
  let folder: string;
  beforeAll(() => {
    helm = buildHelm();
    folder = mkdtempSync(join(root, 'dist-test-'));
  }, 1_200_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(exampleNames)('%s is taken by Helm as it is', (example) => {
    const chart = synthChart(example, folder);

    execFileSync(helm, ['lint', chart]);
    const rendered = execFileSync(helm, ['template', 'release', chart], { encoding: 'utf8' });

    const manifests = join(EXAMPLES, example, 'manifests');
    const expected = readdirSync(manifests).map((file) => readFileSync(join(manifests, file), 'utf8'));
    expect(objects(rendered)).toEqual(objects(expected.join('\n---\n')));
  });
});
