import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../../test/helpers';
import { REPOSITORY } from '../../cluster/paths';
import { ApiServer, NotServedError } from './api-server';
import { NAMESPACE } from './servers';

const folder = join(REPOSITORY, 'cli/src/check/rules/state');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

/** The objects of a file, all of them for the namespace of the tests. */
function read(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
    // A large text is written with aliases.
    const object = document.toJS({ maxAliasCount: -1 });
    return { ...object, metadata: { ...object.metadata, namespace: undefined } };
  });
}

/** The rules whose object the API server refuses. */
const refused = [
  'rollout-refused',
  'apply-refused',
  'field-unknown',
  'api-version-not-served',
  'refused-by-server',
].map((id) => `${id}.fail.yaml`);

/** The answer for an object of a version that is not served. */
function notServed(error: Error) {
  if (!(error instanceof NotServedError)) {
    throw error;
  }
  return { status: 404, body: { message: error.message } };
}

/** A pod needs a ServiceAccount, and Gateway API its definitions. A controller would bring them; none runs here. */
const needsController = ({ apiVersion, kind }: Manifest) =>
  kind === 'Pod' || apiVersion.startsWith('gateway.networking.k8s.io/');

describe.each(inject('servers'))('the state rules on kube-apiserver $version', (access) => {
  const server = new ApiServer(access);
  const reasons = async (objects: Manifest[]) => {
    const answers = await Promise.all(
      objects.map((object) => server.create(object, NAMESPACE, { dryRun: true }).catch(notServed)),
    );
    return answers.filter(({ status }) => status !== 201).map(({ body }) => body.message as string);
  };

  test.each(files)('%s', async (file) => {
    const objects = read(file).filter((object) => !needsController(object));
    expect(await reasons(objects)).toHaveLength(refused.includes(file) ? 1 : 0);
  });

  test.each([
    ['rollout-refused', { strategy: { type: 'Recreate', rollingUpdate: {} } }, /rollingUpdate/],
    [
      'rollout-refused',
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } },
      /may not be 0/,
    ],
    ['rollout-refused', { minReadySeconds: 600 }, /minReadySeconds/],
    ['daemon-set-dips', { updateStrategy: { rollingUpdate: { maxSurge: 1 } } }, /maxSurge/],
    ['daemon-set-dips', { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }, /maxUnavailable/],
  ])('rollout-refused: %s with %o is refused', async (rule, spec, reason) => {
    const [workload] = read(`${rule}.pass.yaml`);
    expect(await reasons([{ ...workload, spec: { ...workload.spec, ...spec } }])).toEqual([
      expect.stringMatching(reason),
    ]);
  });

  test('rollout-refused: a percentage that is rounded down to 0 is accepted', async () => {
    const [workload] = read('rollout-refused.pass.yaml');
    const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } };
    expect(await reasons([{ ...workload, spec: { ...workload.spec, strategy } }])).toEqual([]);
  });
});
