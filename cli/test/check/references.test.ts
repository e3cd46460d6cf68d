import { describe, expect, it } from 'vitest';
import { checkObjects, container, deployment, object, service, statefulSet } from './objects.js';

const RULES = ['probe-port-missing', 'config-key-missing', 'reference-missing'];
const said = (...objects: readonly object[]) =>
  checkObjects(...objects)
    .findings.filter(({ rule }) => RULES.includes(rule))
    .map(({ rule, what }) => `${rule}: ${what}`);
const web = (own: object, pod: object = {}, namespace?: string) =>
  deployment({ namespace, pod: { containers: [{ ...container, ...own }], ...pod } });

describe('a port that a container asks by name', () => {
  const of = (own: object) => said(web(own));
  const missing = (what: string, port: string) => [
    `probe-port-missing: ${what} asks port ${port}, and container main has only http`,
  ];

  it.each(['readinessProbe', 'livenessProbe', 'startupProbe'])('%s', (probe) => {
    expect(of({ [probe]: { httpGet: { path: '/', port: 'http' }, periodSeconds: 30 } })).toEqual([]);
    expect(of({ [probe]: { httpGet: { path: '/', port: 'web' } } })).toEqual(missing(probe, 'web'));
    expect(of({ [probe]: { tcpSocket: { port: 'web' } } })).toEqual(missing(probe, 'web'));
    expect(of({ [probe]: { tcpSocket: { port: '9090' }, periodSeconds: 30 } })).toEqual([]);
  });

  it('a hook', () => {
    expect(of({ lifecycle: { preStop: { httpGet: { path: '/', port: 'drain' } } } })).toEqual(
      missing('preStop', 'drain'),
    );
  });

  it('has to be of the same container', () => {
    const initContainers = [
      {
        name: 'proxy',
        image: 'a:1',
        restartPolicy: 'Always',
        readinessProbe: { tcpSocket: { port: 'http' } },
      },
    ];
    expect(said(web({}, { initContainers }))).toEqual([
      'probe-port-missing: readinessProbe asks port http, and container proxy has no port with a name',
    ]);
  });
});

describe('a key of a ConfigMap or Secret', () => {
  const config = (data: object, kind = 'ConfigMap') => ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'web' },
    ...data,
  });
  const key = (more: object = {}, kind = 'configMapKeyRef') => ({
    env: [{ name: 'A', valueFrom: { [kind]: { name: 'web', key: 'a', ...more } } }],
  });
  const missing = (kind: string, name = 'a') => [
    `config-key-missing: its pods need the key ${name} of ${kind} web, which does not have it`,
  ];

  it('of a variable', () => {
    expect(said(web(key()), config({ data: { a: '1' } }))).toEqual([]);
    expect(said(web(key()), config({ binaryData: { a: 'MQ==' } }))).toEqual([]);
    expect(said(web(key()), config({ data: { b: '1' } }))).toEqual(missing('ConfigMap'));
    expect(said(web(key({ optional: true })), config({ data: { b: '1' } }))).toEqual([]);
  });

  it('of a Secret, whose values are in no message', () => {
    const secret = (data: object) => said(web(key({}, 'secretKeyRef')), config(data, 'Secret'));
    expect(secret({ stringData: { a: 'hidden' } })).toEqual([]);
    expect(secret({ data: { b: 'aGlkZGVu' } })).toEqual(missing('Secret'));
  });

  it('of a volume', () => {
    const volumes = (items?: object[]) => ({ volumes: [{ name: 'web', configMap: { name: 'web', items } }] });
    expect(said(web({}, volumes([{ key: 'c', path: 'c' }])), config({ data: { b: '1' } }))).toEqual(
      missing('ConfigMap', 'c'),
    );
    expect(said(web({}, volumes()), config({ data: { b: '1' } }))).toEqual([]);
  });

  it('beside all keys', () => {
    const all = { ...key(), envFrom: [{ configMapRef: { name: 'web' } }] };
    expect(said(web(all), config({ data: { b: '1' } }))).toEqual(missing('ConfigMap'));
  });

  it('may be filled in by a controller if there is none yet', () => {
    expect(said(web(key()), config({}))).toEqual([]);
  });
});

describe('what a pod needs', () => {
  const named = (kind: string, name: string, more: object = {}) => ({
    ...object(kind === 'PriorityClass' ? 'scheduling.k8s.io/v1' : 'v1', kind, {}, { name }),
    ...more,
  });
  const config = (name: string) => ({ envFrom: [{ configMapRef: { name } }] });
  const secret = (name: string) => ({ envFrom: [{ secretRef: { name } }] });
  const claim = (claimName: string) => ({
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
  });
  const missing = (what: string) => [
    `reference-missing: its pods need the ${what}, which is not in the manifests`,
  ];

  it.each<[string, object, object, readonly string[]]>([
    ['ConfigMap', web(config('web-v2')), named('ConfigMap', 'web-v1'), missing('ConfigMap web-v2')],
    ['ConfigMap of the cluster', web(config('kube-root-ca.crt')), named('ConfigMap', 'web'), []],
    ['Secret', web(secret('web-v2')), named('Secret', 'web-v1'), missing('Secret web-v2')],
    ['Secret of its own', web(secret('database')), named('Secret', 'web'), []],
    [
      'ServiceAccount',
      web({}, { serviceAccountName: 'shop' }),
      named('ServiceAccount', 'web'),
      missing('ServiceAccount shop'),
    ],
    [
      'default ServiceAccount',
      web({}, { serviceAccountName: 'default' }),
      named('ServiceAccount', 'web'),
      [],
    ],
    [
      'claim',
      web({}, claim('files')),
      named('PersistentVolumeClaim', 'data'),
      missing('PersistentVolumeClaim files'),
    ],
    ['claim of a StatefulSet', web({}, claim('data-db-0')), named('PersistentVolumeClaim', 'data'), []],
    [
      'PriorityClass',
      web({}, { priorityClassName: 'high' }),
      named('PriorityClass', 'low'),
      missing('PriorityClass high'),
    ],
    [
      'PriorityClass of the cluster',
      web({}, { priorityClassName: 'system-node-critical' }),
      named('PriorityClass', 'low'),
      [],
    ],
  ])('%s', (_what, workload, other, expected) => {
    expect(said(workload, other)).toEqual(expected);
  });

  it('is in other manifests if none of its kind is there, or only in another namespace', () => {
    expect(said(web(config('web')), named('Secret', 'web'))).toEqual([]);
    expect(said(web(config('web'), {}, 'shop'), named('ConfigMap', 'other'))).toEqual([]);
  });

  it('may be made by something else', () => {
    const certificate = object('cert-manager.io/v1', 'Certificate', { secretName: 'web-2' });
    expect(said(web(secret('web-2')), named('Secret', 'web-1'), certificate)).toEqual([]);
    const annotations = { 'service.beta.openshift.io/serving-cert-secret-name': 'web-2' };
    const served = service({}, { annotations });
    expect(said(web(secret('web-2')), named('Secret', 'web-1'), served)).toEqual([]);
    const bundle = object('trust.cert-manager.io/v1alpha1', 'Bundle', {}, { name: 'roots' });
    const inShop = [web(config('roots'), {}, 'shop'), named('ConfigMap', 'web')].map((one) => ({
      ...one,
      metadata: { ...(one as { metadata: object }).metadata, namespace: 'shop' },
    }));
    expect(said(...inShop, bundle)).toEqual([]);
    expect(said(...inShop)).toEqual(missing('ConfigMap roots'));
  });

  it('is not made by a custom workload because its pods need it', () => {
    const { spec } = web(config('web-v2'));
    const rollout = object('argoproj.io/v1alpha1', 'Rollout', { ...spec, strategy: { canary: {} } });
    expect(said(rollout, named('ConfigMap', 'web-v1'))).toEqual(missing('ConfigMap web-v2'));
  });

  it.each([
    ['Job', (template: object) => ({ template })],
    ['CronJob', (template: object) => ({ jobTemplate: { spec: { template } } })],
  ])('may be made by a %s that names it', (kind, specOf) => {
    const made = (...command: string[]) =>
      object(
        'batch/v1',
        kind,
        specOf({ spec: { containers: [{ name: 'make', image: 'kubectl:1', command }] } }),
      );
    const objects = [web(config('built')), named('ConfigMap', 'web')];
    expect(said(...objects, made('sh', '-c', 'kubectl create configmap built --from-file=/out'))).toEqual([]);
    expect(said(...objects, made('build', '--config-map=built'))).toEqual([]);
    expect(said(...objects, made('build', '--config-map=built-2'))).toEqual(missing('ConfigMap built'));
  });

  it('is nothing for a workload without pods', () => {
    const none = statefulSet({ spec: { replicas: 0 }, pod: { serviceAccountName: 'shop' } });
    expect(said(none, named('ServiceAccount', 'web'))).toEqual([]);
  });
});
