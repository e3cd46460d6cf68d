import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { parse } from '../../src/check/read/parse.js';

const rules = (content: string) => check(parse('a.yaml', content)).findings.map(({ rule }) => rule);

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'registry.example.com/web:1'}]}
`;
const service = (selector: string, port: string) => `---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: ${selector}}, ports: [${port}]}
`;

it.each([['http-metrics'], ['metricshttps'], ['frrmetricshttps'], ['http-profiling'], ['probes']])(
  'does not call those served who only watch: port %s',
  (name) => {
    expect(rules(deployment + service('web', `{name: ${name}, port: 9090}`))).toEqual([]);
  },
);

it.each([['http'], ['metricsservice'], ['probes-api']])(
  'counts a workload behind port %s as one that serves',
  (name) => {
    expect(rules(deployment + service('web', `{name: ${name}, port: 80}`))).toContain('readiness-missing');
  },
);

it('does not miss the pods that an operator makes', () => {
  const prometheus = '---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: main}\n';
  const manifests = deployment + service('prometheus', '{name: http, port: 9090}');
  expect(rules(manifests)).toContain('service-selects-nothing');
  expect(rules(manifests + prometheus)).not.toContain('service-selects-nothing');
});

it('does not take what ko builds for an image without a tag', () => {
  expect(rules(deployment)).toEqual([]);
  expect(rules(deployment.replace(/image: '.*?'/, 'image: web'))).toEqual(['mutable-image-tag']);
  expect(rules(deployment.replace(/image: '.*?'/, "image: 'ko://example.com/cmd/web'"))).toEqual([]);
});

it('takes versions of one application for one', () => {
  const ofVersion = (name: string, labels: string) =>
    deployment.replace('name: web', `name: ${name}`).replace(/app: web}/g, `app: web, ${labels}}`);
  const two = (first: string, second: string) =>
    rules([ofVersion('one', first), ofVersion('two', second)].join('---\n') + service('web', '{port: 80}'));
  expect(two('version: v1', 'version: v2')).not.toContain('service-selects-two');
  expect(two('track: stable', 'track: canary')).not.toContain('service-selects-two');
  expect(two('version: v1, tier: front', 'version: v2, tier: back')).toContain('service-selects-two');
});

describe('two workloads behind a Service', () => {
  const pods = (name: string, labels: string, container: string) =>
    deployment
      .replace('name: web', `name: ${name}`)
      .replace(/app: web}/g, `app: web, ${labels}}`)
      .replace('{name: main', `{${container}name: main`)
      .replace('web:1', `${name}:1`);
  const selected = (...both: string[]) =>
    rules(both.join('---\n') + service('web', '{port: 80, targetPort: 8080}')).includes(
      'service-selects-two',
    );
  const port = 'ports: [{containerPort: 8080}], ';

  it.each<[string, string, string, string, string, boolean]>([
    ['differ in one label of any name', 'color: a', port, 'color: b', port, true],
    ['differ in a label that one lacks', 'color: a', port, 'app.x/canary: yes, color: a', port, true],
    ['differ in two labels', 'color: a, tier: a', port, 'color: b, tier: b', port, false],
    ['have other ports', 'color: a', port, 'color: b', 'ports: [{containerPort: 9090}], ', false],
    ['run other commands', 'color: a', port, 'color: b', `${port}args: [worker], `, false],
  ])('that %s', (_what, one, first, two, second, areVersions) => {
    const same = (labels: string, container: string) => pods('web', labels, container);
    const other = pods('web', two, second).replace('{name: web}', '{name: next}');
    expect(selected(same(one, first), other)).toBe(!areVersions);
  });

  it('may have the value of the label in the names of their images, but no other word', () => {
    const of = (name: string, color: string) => pods(name, `color: ${color}`, port);
    expect(selected(of('web-blue', 'blue'), of('web-green', 'green'))).toBe(false);
    expect(selected(of('web-blue', 'blue'), of('api-green', 'green'))).toBe(true);
  });

  it('are parts of an application if the label names the part, or the image has no other name', () => {
    const of = (name: string, label: string, value: string) => pods(name, `${label}: ${value}`, port);
    const both = (label: string) => selected(of('shop-ui', label, 'ui'), of('shop-worker', label, 'worker'));
    expect(both('component')).toBe(true);
    expect(both('app.kubernetes.io/name')).toBe(true);
    expect(both('color')).toBe(false);
    expect(selected(of('ui', 'color', 'ui'), of('worker', 'color', 'worker'))).toBe(true);
  });
});

describe('labels that programs set on their pods', () => {
  const selects = (selector: string, labels = '') =>
    !rules(
      deployment.replace('{app: web}}\n    spec', `{app: web${labels}}}\n    spec`) +
        service('web', '{port: 80}').replace('{app: web}', selector),
    ).includes('service-selects-nothing');

  it.each([
    ["{app: web, vault-active: 'true'}", true],
    ['{app: web, role: master}', true],
    ['{app: web, cnpg.io/instanceRole: primary}', true],
    ['{app: web, longhorn.io/admission-webhook: longhorn-admission-webhook}', true],
    ['{app: web, role: front}', false],
    ['{app: api, role: master}', false],
    ['{role: master}', false],
  ])('%s: %s', (selector, may) => {
    expect(selects(selector)).toBe(may);
  });

  it('are labels like others where the pods have them', () => {
    expect(selects('{app: web, role: master}', ', role: replica')).toBe(false);
  });
});

it('does not keep peers from finding each other by a Service for each', () => {
  const stateful = deployment.replace('kind: Deployment', 'kind: StatefulSet');
  const published = (selector: string) =>
    rules(
      stateful +
        service('web', '{port: 80}').replace(
          'selector: {app: web',
          `publishNotReadyAddresses: true, selector: {app: web${selector}`,
        ),
    );
  expect(published('')).toContain('not-ready-published');
  expect(published(", statefulset.kubernetes.io/pod-name: 'web-0'")).not.toContain('not-ready-published');
});

describe('a ConfigMap that changes in place', () => {
  const config = (a: string, b: string) =>
    `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {A: '${a}', B: '${b}'}\n`;
  const using = (source: string) =>
    deployment.replace('containers: [{', `containers: [{${source}, `) + service('web', '{port: 80}');
  const change = (workload: string, old: string, is: string) =>
    check(parse('a.yaml', workload + is), parse('a.yaml', workload + old)).findings.map(({ rule }) => rule);

  it('is reported for pods that use what changed', () => {
    const oneKey = using('env: [{name: A, valueFrom: {configMapKeyRef: {name: web, key: A}}}]');
    expect(change(oneKey, config('1', '1'), config('2', '1'))).toContain('config-changed-in-place');
    expect(change(oneKey, config('1', '1'), config('1', '2'))).not.toContain('config-changed-in-place');
    const all = using('envFrom: [{configMapRef: {name: web}}]');
    expect(change(all, config('1', '1'), config('1', '2'))).toContain('config-changed-in-place');
  });

  it('is reported if one of several containers and volumes uses it', () => {
    const volumes = (volume: string) =>
      using('env: [{name: A, valueFrom: {configMapKeyRef: {name: web, key: A}}}]').replace(
        'spec: {containers',
        `spec: {volumes: [{name: all, configMap: {${volume}}}], containers`,
      );
    const [old, is] = [config('1', '1'), config('1', '2')];
    expect(change(volumes('name: web'), old, is)).toContain('config-changed-in-place');
    expect(change(volumes('name: web, items: [{key: B, path: b}]'), old, is)).toContain(
      'config-changed-in-place',
    );
    expect(change(volumes('name: web, items: [{key: A, path: a}]'), old, is)).not.toContain(
      'config-changed-in-place',
    );
  });
});

it('does not miss pods of the cluster itself', () => {
  const inNamespace = (namespace: string) =>
    rules(
      (deployment + service('kube-dns', '{name: dns, port: 53}')).replace(
        /{name: web}/g,
        `{name: web, namespace: ${namespace}}`,
      ),
    );
  expect(inNamespace('shop')).toEqual(['service-selects-nothing']);
  expect(inNamespace('kube-system')).toEqual([]);
});
