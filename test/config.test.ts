import { ConfigMap, Env, type ISecret, Secret, Volume } from 'cdk8s-plus-27';
import { beforeEach, describe, expect, test } from 'vitest';
import { Config, PodSecurity } from '../src';
import { addWeb, type Manifest, newChart, objectOf, yamlOf } from './helpers';

const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };
const SECRET_VERSIONS = 'zero-downtime/secret-versions';

/** What the construct with this configuration becomes, with a Secret that exists under every name. */
function configured(config: (secret: (name: string) => ISecret) => Config[]) {
  const chart = newChart();
  let secrets = 0;
  addWeb(chart, { config: config((name) => Secret.fromSecretName(chart, `Secret-${secrets++}`, name)) });
  return partsOf(yamlOf(chart));
}

function partsOf(objects: Manifest[]) {
  const { metadata, spec } = objects.find(({ kind }) => kind === 'Deployment').spec.template;
  return {
    kinds: objects.map(({ kind }) => kind),
    configMaps: objects.filter(({ kind }) => kind === 'ConfigMap'),
    template: { metadata, spec },
    container: spec.containers[0],
  };
}

describe('environment variables', () => {
  const variables = () => configured(() => [Config.env({ B: '2', A: '1' })]);

  test('stand in a ConfigMap that cannot be changed, labelled like the other objects', () => {
    expect(variables().configMaps).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'web-env-3e97fc4e47',
          labels: LABELS,
          annotations: {
            'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
            'argocd.argoproj.io/sync-options': 'Prune=false',
            'kustomize.toolkit.fluxcd.io/prune': 'disabled',
          },
        },
        data: { A: '1', B: '2' },
        immutable: true,
      },
    ]);
  });

  test('are there before the pods that need them', () => {
    expect(variables().kinds).toEqual(['ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget']);
  });

  test('reach the container by the name of the ConfigMap', () => {
    expect(variables().container.envFrom).toEqual([{ configMapRef: { name: 'web-env-3e97fc4e47' } }]);
  });

  test('of an empty text are kept', () => {
    expect(configured(() => [Config.env({ EMPTY: '' })]).configMaps[0].data).toEqual({ EMPTY: '' });
  });
});

describe('files', () => {
  const files = () => configured(() => [Config.files('/etc/app', { 'app.yaml': 'colour: green\n' })]);

  test('stand in a ConfigMap of their own', () => {
    const { configMaps } = files();
    expect(configMaps).toHaveLength(1);
    expect(configMaps[0]).toMatchObject({
      metadata: { name: 'web-files-67f2d688fe', labels: LABELS },
      data: { 'app.yaml': 'colour: green\n' },
      immutable: true,
    });
  });

  test('are mounted read-only, by a volume that is named by the path and not by the content', () => {
    const { container, template } = files();
    expect(container.volumeMounts).toEqual([
      { mountPath: '/etc/app', name: 'etc-app', readOnly: true },
      { mountPath: '/tmp', name: 'tmp' },
    ]);
    expect(template.spec.volumes).toEqual([
      { name: 'etc-app', configMap: { name: 'web-files-67f2d688fe' } },
      { name: 'tmp', emptyDir: {} },
    ]);
    expect(container).not.toHaveProperty('envFrom');
  });

  test('of equal content at two paths are two ConfigMaps', () => {
    const equal = { 'app.yaml': 'colour: green\n' };
    const { configMaps } = configured(() => [Config.files('/etc/a', equal), Config.files('/etc/b', equal)]);
    expect(new Set(configMaps.map(({ metadata }) => metadata.name)).size).toBe(2);
  });
});

describe('Secrets that exist', () => {
  const secrets = () =>
    configured((secret) => [
      Config.envFromSecret(secret('web-database'), { version: '3' }),
      Config.filesFromSecret('/etc/certificate', secret('web-certificate-v2')),
      Config.filesFromSecret('/etc/api', secret('web-api'), { version: '2026-11-24' }),
    ]);

  test('become variables and files, and nothing of them stands in the manifests', () => {
    const { configMaps, container, template, kinds } = secrets();
    expect(container.envFrom).toEqual([{ secretRef: { name: 'web-database' } }]);
    expect(container.volumeMounts.slice(0, 2)).toEqual([
      { mountPath: '/etc/certificate', name: 'etc-certificate', readOnly: true },
      { mountPath: '/etc/api', name: 'etc-api', readOnly: true },
    ]);
    expect(template.spec.volumes.slice(0, 2)).toEqual([
      { name: 'etc-certificate', secret: { secretName: 'web-certificate-v2' } },
      { name: 'etc-api', secret: { secretName: 'web-api' } },
    ]);
    expect(configMaps).toEqual([]);
    expect(kinds).not.toContain('Secret');
  });

  test('roll the pods when their version changes', () => {
    expect(secrets().template.metadata.annotations).toEqual({
      [SECRET_VERSIONS]: '{"web-api":"2026-11-24","web-database":"3"}',
    });
  });

  test('without a version add no annotation', () => {
    const plain = configured((secret) => [Config.envFromSecret(secret('web-database-v1'))]);
    expect(plain.template.metadata).not.toHaveProperty('annotations');
  });

  test('may be used twice with one version', () => {
    const twice = configured((secret) => [
      Config.envFromSecret(secret('web-database'), { version: '3' }),
      Config.filesFromSecret('/etc/database', secret('web-database'), { version: '3' }),
    ]);
    expect(twice.template.metadata.annotations).toEqual({ [SECRET_VERSIONS]: '{"web-database":"3"}' });
  });
});

describe('beside the other props', () => {
  let parts: ReturnType<typeof partsOf>;
  beforeEach(() => {
    const chart = newChart('shop');
    const secret = Secret.fromSecretName(chart, 'Secret', 'web-database');
    addWeb(chart, {
      name: 'shop',
      labels: { team: 'shop' },
      pod: { annotations: { mine: 'yes' } },
      envFrom: [Env.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'Settings', 'settings'))],
      volumeMounts: [{ path: '/data', volume: Volume.fromEmptyDir(chart, 'Data', 'data') }],
      security: PodSecurity.restricted({ writablePaths: [] }),
      config: [
        Config.env({ A: '1' }),
        Config.envFromSecret(secret, { version: '3' }),
        Config.files('/etc/app', { a: 'b' }),
      ],
    });
    parts = partsOf(yamlOf(chart));
  });

  test('variables come after those of envFrom, in the order given', () => {
    const { configMaps, container } = parts;
    expect(container.envFrom).toEqual([
      { configMapRef: { name: 'settings' } },
      { configMapRef: { name: configMaps[0].metadata.name } },
      { secretRef: { name: 'web-database' } },
    ]);
  });

  test('volumes and annotations of the pods stay', () => {
    const { container, template } = parts;
    expect(container.volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/data', '/etc/app']);
    expect(template.metadata.annotations).toEqual({ mine: 'yes', [SECRET_VERSIONS]: '{"web-database":"3"}' });
  });

  test('name, labels and namespace are those of the other objects', () => {
    expect(parts.configMaps).toHaveLength(2);
    for (const { metadata } of parts.configMaps) {
      expect(metadata.name).toMatch(/^shop-(env|files)-[0-9a-f]{10}$/);
      expect(metadata.namespace).toBe('shop');
      expect(metadata.labels).toEqual({
        'app.kubernetes.io/name': 'shop',
        'app.kubernetes.io/instance': 'shop',
        team: 'shop',
      });
    }
  });
});

test('a Config that is changed after it was made stays as it was', () => {
  const variables: Record<string, string> = { A: '1' };
  const config = Config.env(variables);
  variables.A = '2';
  expect(configured(() => [config]).configMaps[0].data).toEqual({ A: '1' });
});

test('one Config can serve two services', () => {
  const chart = newChart();
  const config = [Config.env({ A: '1' })];
  addWeb(chart, { config }, 'one');
  addWeb(chart, { config }, 'two');
  const found = yamlOf(chart).filter(({ kind }) => kind === 'ConfigMap');
  expect(found.map(({ metadata }) => metadata.name)).toEqual([
    expect.stringMatching(/^one-env-/),
    expect.stringMatching(/^two-env-/),
  ]);
});

test('changed content changes nothing else of the Deployment but the name of the ConfigMap', () => {
  const render = (level: string) => {
    const chart = newChart();
    addWeb(chart, { config: [Config.env({ LEVEL: level })] });
    return objectOf(chart, 'Deployment');
  };
  const [one, two] = [render('info'), render('debug')];
  const [source] = one.spec.template.spec.containers[0].envFrom;
  expect(two.spec.template.spec.containers[0].envFrom).not.toEqual([source]);
  two.spec.template.spec.containers[0].envFrom = [source];
  expect(two).toEqual(one);
});
