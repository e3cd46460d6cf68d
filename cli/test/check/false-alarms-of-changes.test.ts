import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import {
  autoscaler,
  type Body,
  broken,
  budget,
  deployment,
  ingress,
  object,
  path,
  service,
  web,
  written,
} from './upgrade-manifests.js';

const inNamespace = (body: Body, namespace: string): Body => ({
  ...body,
  metadata: { ...(body.metadata as Body), namespace },
});

describe('a chart that begins to write metadata.namespace', () => {
  const old = [web, service(), budget({ maxUnavailable: 1 }), autoscaler('autoscaling/v2', {})];
  const placed = old.map((one) => inNamespace(one, 'shop'));

  it('means the same objects, and so does one that stops', () => {
    expect(broken(old, placed)).toEqual([]);
    expect(broken(placed, old)).toEqual([]);
  });

  it('changes what it changes', () => {
    const other = deployment('web', { selector: { matchLabels: { app: 'web', part: 'a' } } });
    expect(broken(old, [inNamespace(other, 'shop'), ...placed.slice(1)])).toEqual(['selector-immutable']);
  });

  it('removes what it does not have any more', () => {
    const gone = [ingress('web', [path('a.example.com', '/')]), deployment('api', {}, {}, { app: 'api' })];
    expect(broken([...old, ...gone], placed)).toEqual(['ingress-host-removed']);
    expect(broken(old, [placed[0], placed[2], placed[3]])).toContain('object-removed');
  });

  it('leaves objects of the whole cluster where they are', () => {
    const role = object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'web', {});
    expect(broken([...old, role], [...placed, role])).toEqual([]);
  });

  it('is not meant by a change that makes the namespace, or by one of several namespaces', () => {
    const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    expect(broken(old, [space, ...placed])).toContain('object-removed');
    const both = [...placed, ...old.map((one) => inNamespace(one, 'test'))];
    expect(broken(old, both)).toContain('object-removed');
  });
});

describe('a Job', () => {
  const job = (image: string, spec: Body = {}, more: Body = {}) =>
    object(
      'batch/v1',
      'Job',
      'migrate',
      { template: { spec: { containers: [{ name: 'main', image }] } }, ...spec },
      more,
    );

  it('is gone before the next one if it has a time to live, but not as long as a cluster has it', () => {
    const short = { ttlSecondsAfterFinished: 0 };
    expect(broken([job('a:1', short)], [job('a:2', short)])).toEqual([]);
    expect(broken([job('a:1')], [job('a:2', short)])).toEqual(['job-immutable']);
    expect(broken([job('a:1', short, { uid: 'a-b' })], [job('a:2', short)])).toEqual(['job-immutable']);
  });

  it('is another one each time if the API server completes its name', () => {
    const named = (image: string) => ({ ...job(image), metadata: { generateName: 'migrate' } });
    expect(broken([named('a:1')], [named('a:2')])).toEqual([]);
    expect(broken([named('a:1')], [job('a:2')])).toEqual([]);
  });
});

it('a ConfigMap may change together with the end of the workload that uses it', () => {
  const config = (value: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { A: value },
  });
  const containers = [{ name: 'main', envFrom: [{ configMapRef: { name: 'a' } }] }];
  const user = deployment('web', {}, { containers });
  const other = deployment('other', {}, {}, { app: 'web' });
  expect(broken([user, service(), config('1')], [user, service(), config('2')])).toEqual([
    'config-changed-in-place',
  ]);
  expect(broken([user, other, service(), config('1')], [other, service(), config('2')])).toEqual([]);
});

describe('what takes the place of an object that is gone', () => {
  const places = (from: readonly Body[], to: readonly Body[]) =>
    check(written(to), written(from))
      .findings.filter(({ rule }) => rule === 'object-removed')
      .map(({ what }) => what.replace(/^it is not in the new manifests(, and )?/, ''));
  const named = (name: string, spec: Body = {}) => ({ ...service(spec), metadata: { name } });

  it.each<[string, readonly Body[], readonly Body[], readonly string[]]>([
    [
      'has the same ports',
      [web, named('a')],
      [web, named('metrics', { ports: [{ port: 9090 }] }), named('b')],
      ['Service b takes its place'],
    ],
    ['is headless or not, as before', [web, named('a')], [web, named('b', { clusterIP: 'None' })], ['']],
    ['is not known of two', [web, named('a')], [web, named('b'), named('c')], ['']],
    [
      'has its name, of two for the same pods',
      [web, inNamespace(named('a'), 'old')],
      [web, inNamespace(named('b'), 'one'), inNamespace(named('a'), 'two')],
      ['Service two/a takes its place'],
    ],
    [
      'has its name and other pods',
      [web, service()],
      [
        object('apps/v1', 'StatefulSet', 'web', { template: { metadata: { labels: { app: 'x' } } } }),
        service(),
      ],
      ['StatefulSet web takes its place'],
    ],
  ])('%s', (_what, from, to, expected) => {
    expect(places(from, to)).toEqual(expected);
  });
});
