import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAgainst } from '../../src/check/against.js';
import { check } from '../../src/check/check.js';
import { appliedManifests } from '../../src/check/live/applied.js';
import { ownedBy } from '../../src/check/live/field-set.js';
import { readLive, type LiveOptions } from '../../src/check/live/live.js';
import { written } from '../../src/check/live/written.js';
import { parse } from '../../src/check/read/parse.js';
import { main } from '../../src/main.js';
import { fc } from '../random.js';

/** What kubectl api-resources prints of a cluster. */
const kinds = `configmaps                cm       v1                    true    ConfigMap
namespaces                ns       v1                    false   Namespace
secrets                            v1                    true    Secret
services                  svc      v1                    true    Service
deployments               deploy   apps/v1               true    Deployment
horizontalpodautoscalers  hpa      autoscaling/v2        true    HorizontalPodAutoscaler
priorityclasses           pc       scheduling.k8s.io/v1  false   PriorityClass
`;

let folder: string;
const pathBefore = process.env.PATH ?? '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-live-'));
  mkdirSync(join(folder, 'bin'));
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${pathBefore}`);
  vi.stubEnv('KUBERNETES_SERVICE_HOST', undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A kubectl that answers by its first word with a line of shell, and keeps what it was asked. */
function install(answers: Record<string, string>): void {
  const path = join(folder, 'bin/kubectl');
  const cases = Object.entries({ config: 'echo', 'api-resources': `cat <<'END'\n${kinds}END`, ...answers })
    .map(([word, command]) => `${word})\n${command}\n;;`)
    .join('\n');
  const script = `echo "$*" >> ${join(folder, 'asked')}\ncase $1 in\n${cases}\nesac`;
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const asked = () =>
  readFileSync(join(folder, 'asked'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replace(' --request-timeout=20s', ''));

/** An answer of kubectl that says something on standard error and fails. */
const fails = (message: string) => `cat >&2 <<'END'\n${message}\nEND\nexit 1`;
const answers = (...items: unknown[]) => `cat <<'END'\n${JSON.stringify({ kind: 'List', items })}\nEND`;

const object = (kind: string, name: string, namespace?: string, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
});
const manifests = (...objects: unknown[]) =>
  parse('new.yaml', objects.map((one) => JSON.stringify(one)).join('\n---\n'));
const live = (objects: unknown[] = [object('Service', 'web')], options?: LiveOptions) =>
  readLive(manifests(...objects), options);
const problem = async (options?: LiveOptions) => {
  const { against } = await live(undefined, options);
  expect(against.objects).toEqual([]);
  return against.problems.map(({ file, message }) => `${file} not checked: ${message}`);
};

describe('--against live', () => {
  it('runs kubectl a few times, and only to read', async () => {
    install({ config: 'echo shop', get: `cat > ${join(folder, 'input')}.$$` });
    await live([
      object('Service', 'web'),
      object('Deployment', 'web', undefined, 'apps/v1'),
      object('ConfigMap', 'a'),
      object('ConfigMap', 'b', 'other'),
      object('PriorityClass', 'high', undefined, 'scheduling.k8s.io/v1'),
      object('Wheel', 'round', undefined, 'example.com/v1'),
    ]);
    const get = '--ignore-not-found --show-managed-fields -o=json';
    const all = 'deployments.apps,services,horizontalpodautoscalers.autoscaling';
    expect(asked().sort()).toEqual(
      [
        'config view --minify -o=jsonpath={.contexts[0].context.namespace}',
        'api-resources --verbs=get,list --no-headers',
        `get ${all} --namespace=shop ${get}`,
        `get ${all} --namespace=other ${get}`,
        `get --filename=- ${get}`,
      ].sort(),
    );
  });

  it('puts objects that name no namespace where an apply puts them', async () => {
    install({ config: 'echo shop' });
    const objects = [
      object('Service', 'web'),
      object('Service', 'web', 'other'),
      object('PriorityClass', 'high', undefined, 'scheduling.k8s.io/v1'),
      object('Namespace', 'shop'),
      object('Wheel', 'round', undefined, 'example.com/v1'),
      object('Sun', 'one', undefined, 'example.com/v1'),
      {
        ...object('CustomResourceDefinition', 'suns.example.com', undefined, 'apiextensions.k8s.io/v1'),
        spec: { scope: 'Cluster', group: 'example.com', names: { kind: 'Sun' } },
      },
    ];
    const placed = async (options?: LiveOptions) =>
      (await live(objects, options)).manifests.objects.map(({ kind, namespace }) => `${kind} ${namespace}`);
    expect(await placed()).toEqual([
      'Service shop',
      'Service other',
      'PriorityClass ',
      'Namespace ',
      'Wheel shop',
      'Sun ',
      'CustomResourceDefinition shop',
    ]);
    expect((await placed({ namespace: 'mine' }))[0]).toBe('Service mine');
    install({ config: 'echo' });
    expect((await placed())[0]).toBe('Service default');
  });

  it('finds two manifests of one object, with a namespace and without', async () => {
    install({ config: 'echo shop' });
    const { manifests: placed } = await live([object('Service', 'web'), object('Service', 'web', 'shop')]);
    expect(placed.objects).toHaveLength(1);
    expect(placed.problems).toEqual([
      {
        file: 'new.yaml',
        line: 3,
        message: 'Service shop/web is already in new.yaml:1; this one is not checked',
      },
    ]);
  });

  it('passes the context on to kubectl', async () => {
    install({});
    await live(undefined, { context: 'production', namespace: 'shop' });
    expect(asked().every((line) => line.includes(' --context=production'))).toBe(true);
    expect(asked().at(-1)).toContain('--namespace=shop');
  });

  it('says all permissions that are missing, and reads the rest', async () => {
    const no = (verb: string, resource: string, group: string, where = ' in the namespace "shop"') =>
      `Error from server (Forbidden): ${resource} "x" is forbidden: User "jane" cannot ${verb} resource "${resource}" in API group "${group}"${where}`;
    const denied = [
      no('list', 'deployments', 'apps'),
      no('get', 'secrets', ''),
      no('get', 'secrets', ''),
      no('get', 'priorityclasses', 'scheduling.k8s.io', ' at the cluster scope: requires one of more'),
    ].join('\n');
    install({ get: `${answers(object('Service', 'web', 'shop'))}\n${fails(denied)}` });
    const { against } = await live(undefined, { namespace: 'shop' });
    expect(against.objects.map(({ kind, namespace, name }) => [kind, namespace, name])).toEqual([
      ['Service', 'shop', 'web'],
    ]);
    expect(against.problems).toEqual(
      [
        'no permission to get priorityclasses.scheduling.k8s.io in the cluster; grant the verb get on priorityclasses.scheduling.k8s.io',
        'no permission to get secrets in namespace shop; grant the verb get on secrets',
        'no permission to list deployments.apps in namespace shop; grant the verb list on deployments.apps',
      ].map((message) => ({ file: 'live', message })),
    );
  });

  it('says which group of the manifests does not answer, and ignores other groups', async () => {
    const message =
      'error: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale, example.com/v1: stale';
    install({ 'api-resources': `cat <<'END'\n${kinds}END\n${fails(message)}` });
    expect((await live()).against.problems).toEqual([]);
    const wheel = object('Wheel', 'round', undefined, 'example.com/v1');
    expect((await live([wheel])).against.problems).toEqual([
      {
        file: 'live',
        message: 'the API group example.com does not answer; kubectl get apiservices says why',
      },
    ]);
  });

  it.each([
    [
      { config: fails('error: current-context must exist in order to minify') },
      'there is no kubeconfig with a current context; set KUBECONFIG, or write --context',
    ],
    [
      {
        'api-resources': fails(
          'E1124 19:12:36.2 1 memcache.go:265] "Unhandled"\nThe connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
        ),
      },
      'the cluster cannot be reached: 127.0.0.1:1 refuses connections; try kubectl version',
    ],
    [
      {
        'api-resources': fails(
          'Unable to connect to the server: dial tcp: lookup api.example.com: no such host',
        ),
      },
      'the cluster cannot be reached: dial tcp: lookup api.example.com: no such host; try kubectl version',
    ],
    [
      { get: fails('Unable to connect to the server: context deadline exceeded') },
      'the cluster did not answer in time; is it reachable from here? try kubectl version',
    ],
    [
      { 'api-resources': fails('error: You must be logged in to the server (Unauthorized)') },
      'the cluster does not take the credentials of the kubeconfig; log in again, and try kubectl auth whoami',
    ],
    [
      { get: fails('Error from server (InternalError): an error on the server\nmore of it') },
      'kubectl failed: Error from server (InternalError): an error on the server',
    ],
    [{ get: 'echo hello' }, 'kubectl get printed no JSON; is the kubectl on PATH another program?'],
    [{ get: 'kill -9 $$' }, 'kubectl cannot be run (unknown reason)'],
  ])('%j: one line', async (broken, message) => {
    install(broken as unknown as Record<string, string>);
    expect(await problem()).toEqual([`live not checked: ${message}`]);
  });

  it('waits for no other kubectl when one has failed', async () => {
    const failure = fails('Error from server (InternalError): an error on the server');
    install({ get: `case "$*" in\n*namespace=a*)\n${failure}\n;;\n*) exec sleep 600;;\nesac` });
    const { against } = await live([object('Service', 'web', 'a'), object('Service', 'web', 'b')]);
    expect(against.problems).toEqual([
      { file: 'live', message: 'kubectl failed: Error from server (InternalError): an error on the server' },
    ]);
  });

  it('says that there is no such context, and no kubectl', async () => {
    install({ config: fails('error: cannot locate context nope') });
    expect(await problem({ context: 'nope' })).toEqual([
      'live not checked: the kubeconfig has no context nope; kubectl config get-contexts lists them',
    ]);
    vi.stubEnv('PATH', join(folder, 'none'));
    expect(await problem()).toEqual([
      'live not checked: there is no kubectl on PATH; install it, or compare with files or git:',
    ]);
  });

  it('is for the name live only, and deletes nothing', async () => {
    install({ get: answers(object('Service', 'old', 'default')) });
    const none = manifests();
    expect(await readAgainst('live', none)).toMatchObject({ removes: false });
    expect(await readAgainst(join(folder, 'live'), none)).toMatchObject({
      removes: true,
      against: { problems: [{ message: expect.stringMatching(/^no such file or folder/) }] },
    });
  });

  it('keeps no value of a Secret', async () => {
    const secret = { ...object('Secret', 'key', 'default'), data: { a: 'aHVudGVyMg==' } };
    const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
    const applied = { ...secret, data: undefined, stringData: { a: 'hunter2' } };
    const metadata = { ...secret.metadata, annotations: { [annotation]: JSON.stringify(applied) } };
    install({ get: answers({ ...secret, metadata }) });
    const { manifests: placed, against } = await live([{ ...applied, type: 'Opaque' }]);
    expect(JSON.stringify([placed, against])).not.toMatch(/hunter2|aHVudGVyMg/);
    const value = (body: unknown) => (body as { stringData: { a: string } }).stringData.a;
    expect(value(against.objects[0].body)).toBe(value(placed.objects[0].body));
  });
});

describe('what was written of a live object', () => {
  const manifest = {
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80 }], template: { containers: [{ name: 'main', env: [] }] } },
  };
  const filledIn = {
    metadata: { name: 'web', uid: '1' },
    spec: {
      clusterIP: '10.0.0.1',
      ports: [{ port: 80, protocol: 'TCP', nodePort: 30000 }],
      template: { containers: [{ name: 'main', imagePullPolicy: 'Always' }, { name: 'injected' }] },
      replicas: 5,
    },
    status: {},
  };

  it('is as the manifest, if nothing changed', () => {
    expect(written(filledIn, [manifest], manifest)).toEqual(manifest);
  });

  it('has the values that are live', () => {
    const next = { spec: { replicas: 3, clusterIP: '10.0.0.2' } };
    expect(written(filledIn, [next], next)).toEqual({ spec: { replicas: 5, clusterIP: '10.0.0.1' } });
  });

  it('has what an earlier manifest wrote and this one does not', () => {
    const next = { spec: {} };
    expect(written(filledIn, [next, manifest], next)).toEqual({
      metadata: { name: 'web' },
      spec: { ports: [{ port: 80 }], template: { containers: [{ name: 'main' }] } },
    });
  });

  it('takes the same quantity in another notation for the same', () => {
    const next = { limits: { cpu: '1000m', memory: '1024Mi' }, image: 'a' };
    const now = { limits: { cpu: '1', memory: '1Gi' }, image: 'b' };
    expect(written(now, [next], next)).toEqual({ ...next, image: 'b' });
  });

  const json = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.boolean(), tie('map'), items(tie('map'))),
    map: fc.dictionary(fc.constantFrom('a', 'b', 'ports', 'name'), tie('value'), { maxKeys: 4 }),
  }));

  it('is the manifest again, whatever fields are filled in', () => {
    fc.assert(
      fc.property(json.map, (next) => {
        expect(written(fill(next), [next], next)).toEqual(next);
      }),
    );
  });
});

const items = (map: fc.Arbitrary<Record<string, unknown>>) =>
  fc.uniqueArray(map, { maxLength: 3, selector: (one) => JSON.stringify([one.name, one.port]) });

/** A value as an API server might store it: with a field more in each map. */
function fill(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(fill);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const inner = Object.entries(value).map(([name, one]) => [name, fill(one)] as const);
  return { ...Object.fromEntries(inner), filledIn: { more: [1] } };
}

describe('where it is recorded what was applied', () => {
  const body = {
    kind: 'Service',
    metadata: { name: 'web', uid: '1' },
    spec: { clusterIP: '10.0.0.1', type: 'NodePort', replicas: 5, ports: [{ port: 80, nodePort: 3 }] },
    status: {},
  };
  const managed = (...managers: unknown[]) => ({
    ...body,
    metadata: { ...body.metadata, managedFields: managers },
  });

  it('is the annotation of kubectl apply', () => {
    expect(appliedManifests(body, { spec: { type: 'NodePort' } })).toEqual([{ spec: { type: 'NodePort' } }]);
  });

  it('is what managers applied on the server', () => {
    const fieldsV1 = {
      'f:spec': { 'f:type': {}, 'f:ports': { 'k:{"port":80}': { '.': {}, 'f:port': {} } } },
    };
    const manager = { manager: 'flux', operation: 'Apply', fieldsV1 };
    const status = { ...manager, subresource: 'status', fieldsV1: { 'f:status': {} } };
    expect(appliedManifests(managed(manager, status), undefined)).toEqual([
      { spec: { type: 'NodePort', ports: [{ port: 80 }] } },
    ]);
  });

  it('is everything but what is filled in, if nothing is recorded', () => {
    const scale = { operation: 'Update', subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } };
    expect(appliedManifests(managed(scale), undefined)).toEqual([
      { kind: 'Service', metadata: { name: 'web' }, spec: { type: 'NodePort', ports: [{ port: 80 }] } },
    ]);
    const single = { ...body, kind: 'Deployment', spec: { replicas: 1, paused: true } };
    expect(appliedManifests(single, undefined)).toEqual([
      { kind: 'Deployment', metadata: { name: 'web' }, spec: { paused: true } },
    ]);
    const headless = { ...body, spec: { clusterIP: 'None' } };
    expect(appliedManifests(headless, undefined)).toMatchObject([{ spec: { clusterIP: 'None' } }]);
  });

  it('reads the notation of managed fields', () => {
    const value = {
      a: { b: 1, c: 2 },
      list: [{ k: 1, x: 1 }, { k: 2 }],
      set: ['x', 'y'],
      map: { z: 1 },
      rest: 1,
    };
    expect(
      ownedBy(value, {
        'f:a': { 'f:b': {} },
        'f:list': { 'k:{"k":1}': { 'f:k': {} } },
        'f:set': { 'v:"y"': {} },
        'f:map': { '.': {} },
        'f:gone': {},
      }),
    ).toEqual({ a: { b: 1 }, list: [{ k: 1 }], set: ['y'], map: {} });
  });
});

describe('options of --against live', () => {
  it.each([
    [['--context', 'a'], '--context: write --against live with it'],
    [['--namespace', 'a', '--against', 'old'], '--namespace: write --against live with it'],
    [['--namespace', 'Shop', '--against', 'live'], '--namespace: got "Shop"; write the name of a namespace'],
    [['--context', '', '--against', 'live'], '--context: got ""; write NAME, or leave it out'],
  ])('refuses %j', async (args, message) => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await main(['check', 'new.yaml', ...args])).toBe(1);
    expect(stderr).toHaveBeenCalledWith(`zero-downtime: ${message}\n`);
  });

  it('exits with 1 when the cluster cannot be asked, and checks the manifests', async () => {
    install({ config: fails('error: current-context must exist in order to minify') });
    writeFileSync(join(folder, 'new.yaml'), JSON.stringify(object('Service', 'web')));
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await main(['check', join(folder, 'new.yaml'), '--against', 'live'])).toBe(1);
    expect(written).toHaveBeenCalledWith('0 findings in 1 object, 1 not checked\n');
  });

  it('gives every output the namespace in which objects are applied', async () => {
    install({ config: 'echo shop' });
    const [manifest, junit] = ['new.yaml', 'out.xml'].map((name) => join(folder, name));
    writeFileSync(manifest, JSON.stringify(object('Deployment', 'web', undefined, 'apps/v1')));
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const args = ['--against', 'live', '--plan', '--startup', 'shop/web=20s', '--junit', junit];
    await main(['check', manifest, ...args]);
    expect(written.mock.calls[0][0]).toContain('Rollout of Deployment shop/web ');
    expect(readFileSync(junit, 'utf8').match(/ name="Deployment [^"]*"/g)).toEqual([
      ' name="Deployment shop/web"',
    ]);
  });
});

describe('--server-dry-run', () => {
  const none =
    'resource mapping not found for name: "none" namespace: "" from "/tmp/x/000000.json": no matches for kind "None" in version "none.invalid/v1"\nensure CRDs are installed first';
  const refuses = (reason: string, file: number, message: string, action = 'creating') =>
    `Error from server (${reason}): error when ${action} "/tmp/x/00000${file}.json": ${message}`;
  /** A kubectl whose apply keeps what it is given, and says these lines. */
  const apply = (...lines: string[]) =>
    `folder=$(echo "$*" | sed 's/.*--filename=\\([^ ]*\\).*/\\1/')\nmkdir -p ${join(folder, 'sent')}\ncp $folder/* ${join(folder, 'sent')}\n${fails([none, ...lines].join('\n'))}`;
  const sent = (file: number): unknown =>
    JSON.parse(readFileSync(join(folder, `sent/00000${file}.json`), 'utf8'));
  /** What a check says of the dry run: findings, what was not tried, and problems. */
  async function said(objects: unknown[], commands: Record<string, string>) {
    install(commands);
    const options = { namespace: 'shop', serverDryRun: true };
    const compared = await readAgainst('live', manifests(...objects), options);
    const { findings, notApplied, problems } = check(compared.manifests, compared.against, compared);
    return {
      refused: findings
        .filter(({ rule }) => rule === 'refused-by-server')
        .map(({ severity, line, path, what }) => `${severity} ${line} ${path}: ${what}`),
      notTried: notApplied
        .filter(({ message }) => message.startsWith('the server-side dry run'))
        .map(({ line, message }) => `${line} ${message}`),
      problems: problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
    };
  }
  const nothing = { refused: [], notTried: [], problems: [] };
  const definition = {
    ...object('CustomResourceDefinition', 'wheels.example.com', undefined, 'apiextensions.k8s.io/v1'),
    spec: { scope: 'Namespaced', group: 'example.com', names: { kind: 'Wheel' } },
  };

  it('applies all objects with one kubectl, without keeping anything', async () => {
    const objects = [object('ConfigMap', 'a'), object('ConfigMap', 'b', 'other')];
    expect(await said(objects, { apply: apply() })).toEqual(nothing);
    expect(asked().filter((line) => line.startsWith('apply'))).toEqual([
      expect.stringMatching(/^apply --dry-run=server --filename=\S+$/),
    ]);
    expect([sent(1), sent(2)]).toEqual([object('ConfigMap', 'a', 'shop'), object('ConfigMap', 'b', 'other')]);
  });

  it('leaves no file behind', async () => {
    vi.stubEnv('TMPDIR', folder);
    await said([object('ConfigMap', 'a')], { apply: apply() });
    expect(readdirSync(folder).sort()).toEqual(['asked', 'bin', 'sent']);
  });

  it('says nothing of a kubectl apply without the option', async () => {
    install({});
    await live();
    expect(asked().filter((line) => line.startsWith('apply'))).toEqual([]);
  });

  it('finds what is refused, with the field and the words of the API server', async () => {
    const objects = [
      { ...object('Deployment', 'a', 'shop', 'apps/v1'), spec: { selector: {} } },
      object('Deployment', 'b', 'shop', 'apps/v1'),
      object('Wheel', 'round', 'shop', 'example.com/v1'),
      object('ConfigMap', 'c', 'other'),
    ];
    const lines = [
      `[resource mapping not found for name: "round" namespace: "shop" from "/tmp/x/000003.json": no matches for kind "Wheel" in version "example.com/v1"`,
      'ensure CRDs are installed first]',
      'Error from server (Invalid): error when applying patch:',
      '{"spec":{"text":"error when creating \\"/tmp/x/000004.json\\": no"}}',
      'to:',
      'Resource: "apps/v1, Resource=deployments", GroupVersionKind: "apps/v1, Kind=Deployment"',
      'Name: "a", Namespace: "shop"',
      'for: "/tmp/x/000001.json": error when patching "/tmp/x/000001.json": Deployment.apps "a" is invalid: spec.selector: Invalid value: {}: field is immutable',
      refuses(
        'BadRequest',
        2,
        'strict decoding error: unknown field "spec.template.spec.containers[0].imag"',
      ),
      refuses('Forbidden', 4, 'admission webhook "w" denied the request: '),
      '',
      'the second line',
      'Warning: nothing of this',
    ];
    expect(await said(objects, { apply: apply(...lines) })).toEqual({
      ...nothing,
      refused: [
        'error 5 : the API server says: no matches for kind "Wheel" in version "example.com/v1"',
        'error 1 spec.selector: the API server says: Deployment.apps "a" is invalid: spec.selector: Invalid value: {}: field is immutable',
        'error 3 spec.template.spec.containers[0].imag: the API server says: strict decoding error: unknown field "spec.template.spec.containers[0].imag"',
        'error 7 : the API server says: admission webhook "w" denied the request: the second line',
      ],
    });
  });

  it('shortens what the API server says', async () => {
    const { refused } = await said([object('ConfigMap', 'a')], {
      apply: apply(refuses('Invalid', 1, 'no'.repeat(10_000))),
    });
    expect(refused[0].length).toBeLessThan(700);
  });

  it('does not try what needs an object that is not there yet', async () => {
    const objects = [
      object('ConfigMap', 'a', 'fresh'),
      object('Namespace', 'fresh'),
      definition,
      object('Wheel', 'round', undefined, 'example.com/v1'),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'a-' } },
      { ...object('Secret', 'fixed'), immutable: true },
      object('Service', 'web'),
    ];
    const lines = [
      refuses('NotFound', 1, 'namespaces "fresh" not found'),
      refuses('BadRequest', 4, 'admission webhook "w" does not support dry run'),
    ];
    expect(await said(objects, { apply: apply(...lines) })).toEqual({
      ...nothing,
      notTried: [
        '7 the server-side dry run, as its CustomResourceDefinition is not in the cluster yet',
        '11 the server-side dry run, as it is immutable, and its values are not sent',
        '9 the server-side dry run, as kubectl apply takes no generateName',
        '1 the server-side dry run, as Namespace fresh is not in the cluster yet',
        '13 the server-side dry run, as admission webhook "w" does not support dry run',
      ],
    });
  });

  it('finds what needs an object that will not be there, and what was there already', async () => {
    const objects = [
      object('ConfigMap', 'a', 'missing'),
      object('ConfigMap', 'b', 'old'),
      object('Namespace', 'old'),
    ];
    const lines = [
      refuses('NotFound', 1, 'namespaces "missing" not found'),
      refuses('NotFound', 2, 'namespaces "old" not found'),
    ];
    expect(await said(objects, { get: answers(object('Namespace', 'old')), apply: apply(...lines) })).toEqual(
      {
        ...nothing,
        refused: [
          'error 1 : the API server says: namespaces "missing" not found',
          'error 3 : the API server says: namespaces "old" not found',
        ],
      },
    );
  });

  it('sends and shows no value of a Secret', async () => {
    const secret = {
      ...object('Secret', 'key', 'shop'),
      type: 'kubernetes.io/dockerconfigjson',
      data: { a: 'aHVudGVyMg==', '.dockerconfigjson': 'aHVudGVyMg==' },
      stringData: { b: 'hunter2', '.dockercfg': 'hunter2' },
    };
    const found = await said([secret], { apply: apply(refuses('Invalid', 1, 'data[a]: got hunter2')) });
    expect(found).toEqual({
      ...nothing,
      refused: [
        'error 1 : the API server refuses it (Invalid); its words are not shown, as they may have a value in them',
      ],
    });
    const digest = /^[0-9a-f]{64}$/;
    expect(sent(1)).toMatchObject({
      data: { a: expect.stringMatching(digest), '.dockerconfigjson': 'e30=' },
      stringData: { b: expect.stringMatching(digest), '.dockercfg': '{}' },
    });
  });

  it('says which permissions are missing, and what kubectl could not do', async () => {
    const forbidden =
      'configmaps is forbidden: User "jane" cannot create resource "configmaps" in API group "" in the namespace "shop"';
    const lines = [
      refuses('Forbidden', 1, forbidden),
      'error when creating "/tmp/x/000002.json": Post "https://example.com": context deadline exceeded',
    ];
    const objects = [object('ConfigMap', 'a'), object('ConfigMap', 'b')];
    expect(await said(objects, { apply: apply(...lines) })).toEqual({
      ...nothing,
      problems: [
        'live:undefined no permission to create configmaps in namespace shop; grant the verb create on configmaps',
        'new.yaml:3 the server-side dry run failed: Post "https://example.com": context deadline exceeded',
      ],
    });
  });

  it('says that kubectl failed as a whole', async () => {
    const failure = fails('error: unknown flag: --dry-run');
    expect(await said([object('ConfigMap', 'a')], { apply: failure })).toEqual({
      ...nothing,
      problems: ['live:undefined kubectl failed: unknown flag: --dry-run'],
    });
  });

  it('tries many objects with several kubectl', async () => {
    const objects = Array.from({ length: 501 }, (_, index) => object('ConfigMap', `c${index}`));
    const found = await said(objects, { apply: apply(refuses('Invalid', 1, 'no')) });
    expect(asked().filter((line) => line.startsWith('apply'))).toHaveLength(3);
    expect(found.refused.map((line) => line.split(' ')[1])).toEqual(['1', '501', '1001']);
  });

  it.each([[['--against', 'old.yaml']], [[]]])(
    'is for the cluster only, and not with %j',
    async (against) => {
      const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      expect(await main(['check', 'new.yaml', '--server-dry-run', ...against])).toBe(1);
      expect(stderr).toHaveBeenCalledWith('zero-downtime: --server-dry-run: write --against live with it\n');
    },
  );
});
