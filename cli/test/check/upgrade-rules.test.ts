import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { check } from '../../src/check/check.js';
import type { ManifestObject } from '../../src/check/read/object.js';
import { parse } from '../../src/check/read/parse.js';
import { readManifests } from '../../src/check/read/read.js';
import { fc } from '../random.js';
import {
  autoscaler,
  broken,
  deployment,
  ids,
  ingress,
  path,
  service,
  web,
  written,
} from './upgrade-manifests.js';

describe('removed objects', () => {
  const renamed = deployment('web-v2');

  it('are named together with what takes their place', () => {
    const { findings } = check(written([renamed, service()]), written([web, service()]));
    expect(findings.filter(({ rule }) => rule === 'object-removed').map(({ what }) => what)).toEqual([
      'it is not in the new manifests, and Deployment web-v2 takes its place',
    ]);
  });

  it('include one that becomes another kind', () => {
    const other = { ...web, kind: 'StatefulSet' };
    const { findings } = check(written([other, service()]), written([web, service()]));
    expect(findings.map(({ what }) => what)).toContain(
      'it is not in the new manifests, and StatefulSet web takes its place',
    );
  });

  it('stay when the tool that applies deletes nothing', () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { A: '1' } };
    const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } };
    const uses = deployment(
      'web',
      {},
      {
        serviceAccountName: 'web',
        containers: [{ name: 'main', envFrom: [{ configMapRef: { name: 'a' } }] }],
      },
    );
    const from = [
      uses,
      service(),
      config,
      space,
      account,
      autoscaler('autoscaling/v2', {}),
      ingress('web', [path('a.example.com', '/')]),
    ];
    expect(new Set(broken(from, [uses]))).toEqual(
      new Set([
        'object-removed',
        'config-removed',
        'namespace-removed',
        'service-account-removed',
        'hpa-removed',
        'ingress-host-removed',
      ]),
    );
    expect(broken(from, [uses], { removes: false })).toEqual([]);
  });
});

describe('no change', () => {
  const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const files = [folder('../../src/check/rules'), folder('../../../examples')].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.yaml$/.test(file) && !/node_modules|cdk8s\.yaml|Chart/.test(file))
      .map((file) => join(root, file)),
  );
  const upgradeFindings = (before: readonly ManifestObject[], after: readonly ManifestObject[]) =>
    check({ objects: after, problems: [] }, { objects: before, problems: [] }).findings.filter(({ rule }) =>
      ids.has(rule),
    );

  it('is found nowhere, in any order of documents and keys', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.infiniteStream(fc.nat(1000)), async (file, numbers) => {
        const { objects } = await readManifests([file]);
        const shuffled = objects
          .map(({ body }) => shuffle(body, numbers))
          .sort(() => numbers.next().value - 500);
        const other = parse(
          file,
          shuffled.map((body) => stringify(body, { aliasDuplicateObjects: false })).join('---\n'),
        );
        // A Secret's values were read as digests, so that what is written from it is another Secret.
        expect(upgradeFindings(objects, objects)).toEqual([]);
        const comparable = other.objects.filter(({ kind }) => kind !== 'Secret');
        const old = objects.filter(({ kind }) => kind !== 'Secret');
        expect(upgradeFindings(old, comparable)).toEqual([]);
      }),
    );
  });

  it('is found in no file', async () => {
    expect(files.length).toBeGreaterThan(150);
    const found: string[] = [];
    for (const file of files) {
      const { objects } = await readManifests([file]);
      if (upgradeFindings(objects, objects).length > 0) {
        found.push(file);
      }
    }
    expect(found).toEqual([]);
  });

  /** The same value with the keys of all objects in another order. */
  function shuffle(value: unknown, numbers: fc.Stream<number>): unknown {
    if (Array.isArray(value)) {
      return value.map((one) => shuffle(one, numbers));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, one]) => ({ name, one: shuffle(one, numbers), place: numbers.next().value }))
        .sort((a, b) => a.place - b.place)
        .map(({ name, one }) => [name, one]),
    );
  }
});
