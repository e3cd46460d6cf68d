import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { API_VERSIONS, kindsOf } from '../../../cli/src/check/kubernetes/table';
import { ANYTHING, type Shape } from '../../../cli/src/check/kubernetes/shape';
import { unknownFields } from '../../../cli/src/check/kubernetes/unknown-fields';
import { kubernetesApi } from '../../../cli/src/check/kubernetes/version';
import { definitionsIn } from '../../../cli/src/check/model/apply/definition';
import { isFields, pathName } from '../../../cli/src/check/read/fields';
import { parse } from '../../../cli/src/check/read/parse';
import { downloadGoModule } from '../../../scripts/go-module';
import type { Manifest } from '../../../test/helpers';
import { E2E } from '../../cluster/paths';
import { waitFor } from '../../cluster/wait';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';
import { ApiServer } from './api-server';
import { NAMESPACE } from './servers';
import { API_SERVERS, minorOf } from './versions';

/** Objects in which each field of each kind is set, by the version of Kubernetes that publishes them. */
const SAMPLES = new Map(API_SERVERS.map((version) => [version, samplesOf(version)]));

function samplesOf(version: string): readonly Manifest[] {
  const { folder } = downloadGoModule(join(E2E, moduleOf(version)), 'k8s.io/api');
  const samples = join(folder, 'testdata', 'HEAD');
  return readdirSync(samples)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(samples, file), 'utf8')));
}

function moduleOf(version: string): string {
  return version === API_SERVERS[0]
    ? 'cluster/go/kubernetes'
    : `without-cluster/servers/go/${minorOf(version)}`;
}

/** The fields that a server does not know, as it says in its refusal. */
function refusedFields({ message = '' }: Manifest): readonly string[] {
  return [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field]) => field).sort();
}

describe.each(inject('servers'))('kube-apiserver $version', (access) => {
  const server = new ApiServer(access);
  const api = kubernetesApi(access.version);
  /** The kinds that the server serves, each as `apps/v1 Deployment`, and whether they are in namespaces. */
  const served = new Map<string, boolean>();
  beforeAll(async () => {
    const { groups } = await server.get('/apis');
    const versions = groups.flatMap((group: Manifest) =>
      group.versions.map((one: Manifest) => one.groupVersion),
    );
    for (const apiVersion of ['v1', ...versions]) {
      const { resources } = await server.get(`/${apiVersion === 'v1' ? 'api' : 'apis'}/${apiVersion}`);
      for (const { name, kind, namespaced, verbs } of resources) {
        if (!name.includes('/') && verbs.includes('create')) {
          served.set(`${apiVersion} ${kind}`, namespaced);
        }
      }
    }
  });

  test('serves no kind of which check says that it is not served', () => {
    const known = API_VERSIONS.flatMap((apiVersion) =>
      [...kindsOf(apiVersion).keys()].map((kind) => ({ apiVersion, kind })),
    );
    const not = known.filter(({ apiVersion, kind }) => !api.serves(apiVersion, kind));
    expect(not.length).toBeGreaterThan(10);
    expect(not.filter(({ apiVersion, kind }) => served.has(`${apiVersion} ${kind}`))).toEqual([]);
  });

  /** Expects that the server refuses an object for the fields that check finds; returns how many there are. */
  async function expectSameFields(sample: Manifest, shape: Shape): Promise<number> {
    const { apiVersion, kind } = sample;
    const namespace = served.get(`${apiVersion} ${kind}`) ? NAMESPACE : undefined;
    const object = { ...sample, metadata: { ...sample.metadata, namespace } };
    const { status, body } = await server.create(object, namespace, { dryRun: true });
    expect({ apiVersion, kind, status }).not.toMatchObject({ status: 404 });
    const ours = unknownFields(object, shape).map(({ around, name }) => pathName([...around, name]));
    expect({ apiVersion, kind, refused: refusedFields(body) }).toEqual({
      apiVersion,
      kind,
      refused: ours.sort(),
    });
    return ours.length;
  }

  test.each(API_SERVERS)('knows the same fields as check of the objects of %s', async (version) => {
    let compared = 0;
    for (const sample of SAMPLES.get(version) ?? []) {
      const shape = api.shapeOf(sample.apiVersion, sample.kind);
      if (shape === undefined || !served.has(`${sample.apiVersion} ${sample.kind}`)) {
        continue;
      }
      const unknown = await expectSameFields(sample, shape);
      const isOwn = version === access.version;
      expect(isOwn ? unknown : 0).toBe(0);
      for (const object of isOwn ? withUnknown(sample, shape) : []) {
        await expectSameFields(object, shape);
      }
      compared += 1;
    }
    expect(compared).toBeGreaterThan(50);
  });

  test.each(Object.entries(SCHEMAS))(
    'knows the same fields as check of a custom resource: %s',
    async (name, schema) => {
      const definition = definitionOf(name, schema);
      const [read] = parse('a.yaml', JSON.stringify(definition)).objects;
      const [{ versions }] = definitionsIn([read], api).values();
      await server.mustCreate(definition);
      const group = `/apis/${definition.spec.group}/v1`;
      await waitFor(`${group} is served`, WITHOUT_CLUSTER_TIMEOUTS.apiServerTakesObject, async () => {
        const { resources } = await server.get(group).catch(() => ({ resources: [] }));
        return resources.length > 0;
      });
      const { kind } = definition.spec.names;
      served.set(`${definition.spec.group}/v1 ${kind}`, true);
      const metadata = { name: 'a', wrong: 1 };
      for (const spec of SPECS) {
        await expectSameFields(
          { apiVersion: `${definition.spec.group}/v1`, kind, metadata, spec },
          versions[0].shape,
        );
      }
    },
  );
});

/** Schemas of custom resources. */
const SCHEMAS: Record<string, object> = {
  fields: { type: 'object', properties: { a: { type: 'object', properties: { b: { type: 'string' } } } } },
  none: { type: 'object' },
  maps: {
    type: 'object',
    properties: {
      a: { type: 'object', additionalProperties: { type: 'object', properties: { d: { type: 'string' } } } },
    },
  },
  lists: {
    type: 'object',
    properties: { list: { type: 'array', items: { type: 'object', properties: { b: { type: 'string' } } } } },
  },
  'any fields': { type: 'object', properties: { a: { type: 'object', additionalProperties: true } } },
  preserved: {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: { a: { type: 'object', properties: { b: { type: 'string' } } } },
  },
  'an object': {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    properties: { b: { type: 'string' } },
  },
};

/** What is written in them. */
const SPECS: object[] = [
  {},
  { a: { b: 'x', c: { d: 'x' } }, other: null },
  { a: { b: { d: 'x', e: 1 } } },
  { list: [{ b: 'x' }, { c: 1 }] },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { any: 'x' }, lable: {} }, b: 'x', c: 1 },
];

function definitionOf(name: string, spec: object): Manifest {
  const kind = `Kind${Object.keys(SCHEMAS).indexOf(name)}`;
  const plural = kind.toLowerCase();
  const group = `${plural}.fields.example.com`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
      ],
    },
  };
}

/** The most unknown fields that an API server names. */
const MOST_NAMED = 100;

/** An object with an unknown field in each map whose fields are known; several if they are many. */
function withUnknown(sample: Manifest, shape: Shape): Manifest[] {
  const objects: Manifest[] = [];
  let maps: number;
  do {
    const first = objects.length * MOST_NAMED;
    maps = 0;
    objects.push(visit(sample, shape, first) as Manifest);
  } while (objects.length * MOST_NAMED < maps);
  return objects;

  function visit(value: unknown, of: Shape, first: number): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => visit(item, of, first));
    }
    if (!isFields(value)) {
      return value;
    }
    const isHere = of.names !== undefined && Math.floor(maps++ / MOST_NAMED) * MOST_NAMED === first;
    const inner = Object.entries(value).map(([name, one]) => [
      name,
      visit(one, of.field(name) ?? ANYTHING, first),
    ]);
    return { ...Object.fromEntries(inner), ...(isHere ? { unknownHere: 1 } : {}) };
  }
}
