import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { manifestFiles } from '../../../test/judges/application';
import { ApiServer } from '../servers/api-server';
import { validate } from './kubeconform';
import { openApiOf, writeSchemas } from './schemas';

const { kubeconform } = inject('tools');
const files = manifestFiles();
const count = files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8'))).length;

describe.each(inject('servers'))('kubeconform with the schemas of kube-apiserver $version', (access) => {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-schemas-'));
  let schemas: string;

  beforeAll(async () => {
    schemas = writeSchemas(await openApiOf(new ApiServer(access)), folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('accepts every object of the examples', async () => {
    expect(await validate(kubeconform, schemas, files)).toEqual({
      resources: [],
      summary: { valid: count, invalid: 0, errors: 0, skipped: 0 },
    });
  });

  test.each([
    ['an unknown field', 'replicas: 2', 'replica: 2'],
    ['a value of another type', 'replicas: 2', 'replicas: two'],
  ])('does find %s', async (_, right, wrong) => {
    const [file] = files.filter((each) => readFileSync(each, 'utf8').includes(right));
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, readFileSync(file, 'utf8').replace(right, wrong));
    const { summary, resources } = await validate(kubeconform, schemas, [broken]);
    expect(summary).toMatchObject({ invalid: 1, errors: 0, skipped: 0 });
    expect(resources).toEqual([expect.objectContaining({ kind: 'Deployment' })]);
  });
});
