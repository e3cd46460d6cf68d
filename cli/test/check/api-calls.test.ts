import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { parse } from '../../src/check/read/parse.js';
import { broken, budget, checkObjects, container, deployment, object, service } from './objects.js';

/** A Service, its pods and its budget, in the namespace guard or in none. */
const guard = (namespace?: string) => [
  deployment({ namespace }),
  service({}, { name: 'web', namespace }),
  budget({ maxUnavailable: 1 }, { name: 'web', namespace }),
];

const PODS = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };

const hook = (more: object = {}, port = 80, kind = 'ValidatingWebhookConfiguration') => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name: 'web' },
  webhooks: [
    {
      name: 'pods.shop.example.com',
      clientConfig: { service: { namespace: 'guard', name: 'web', port } },
      rules: [{ ...PODS, apiGroups: ['apps'], resources: ['deployments'] }],
      ...more,
    },
  ],
});

const apiService = (spec: object) => ({
  ...object('apiregistration.k8s.io/v1', 'APIService', { group: 'shop.example.com', version: 'v1', ...spec }),
  metadata: { name: 'v1.shop.example.com' },
});

const definition = (port?: number) =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
    conversion: { webhook: { clientConfig: { service: { namespace: 'guard', name: 'web', port } } } },
  });

describe('a Service that the API server calls', () => {
  it.each<[string, object, readonly string[]]>([
    ['a webhook', hook(), []],
    ['a webhook to another port', hook({}, 8443), ['backend-port-missing']],
    [
      'a webhook to the usual port',
      hook({ clientConfig: { service: { namespace: 'guard', name: 'web' } } }),
      ['backend-port-missing'],
    ],
    ['one that changes objects', hook({}, 8443, 'MutatingWebhookConfiguration'), ['backend-port-missing']],
    ['one that may fail', hook({ failurePolicy: 'Ignore' }, 8443), []],
    ['one outside of the cluster', hook({ clientConfig: { url: 'https://shop.example.com' } }), []],
    [
      'one to no Service',
      hook({ clientConfig: { service: { namespace: 'guard', name: 'hook' } } }),
      ['backend-service-missing'],
    ],
    ['an APIService', apiService({ service: { namespace: 'guard', name: 'web', port: 80 } }), []],
    [
      'an APIService to another port',
      apiService({ service: { namespace: 'guard', name: 'web' } }),
      ['backend-port-missing'],
    ],
    ['an APIService of the API server itself', apiService({ service: null }), []],
    ['a conversion', definition(80), []],
    ['a conversion to another port', definition(), ['backend-port-missing']],
    [
      'one in a namespace of others',
      hook({ clientConfig: { service: { namespace: 'else', name: 'hook' } } }),
      [],
    ],
  ])('%s', (_what, one, rules) => {
    expect(broken(...guard('guard'), one)).toEqual(rules);
  });

  it('may be in manifests without namespaces, as a chart renders them', () => {
    expect(broken(...guard(), hook({}, 8443))).toEqual(['backend-port-missing']);
    expect(broken(...guard(), hook())).toEqual([]);
  });

  it('needs two pods, and a rollout that keeps one', () => {
    const weak = deployment({ spec: { replicas: 1, strategy: { type: 'Recreate' } }, namespace: 'guard' });
    expect(broken(weak, ...guard('guard').slice(1), hook())).toEqual(['one-replica', 'recreate']);
  });
});

describe('a webhook that guards its own pods', () => {
  const named = (operator: string) => ({
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: ['guard'] }],
  });
  const labelled = { matchExpressions: [{ key: 'guarded', operator: 'DoesNotExist' }] };
  const ITSELF = ['webhook-blocks-itself'];

  it.each<[string, object, readonly string[]]>([
    ['of all namespaces', { rules: [PODS] }, ITSELF],
    [
      'with everything else',
      { rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] }] },
      ITSELF,
    ],
    ['of all kinds', { rules: [{ ...PODS, resources: ['*'] }] }, ITSELF],
    ['of its namespace', { rules: [PODS], namespaceSelector: named('In') }, ITSELF],
    ['of other namespaces', { rules: [PODS], namespaceSelector: named('NotIn') }, []],
    ['of namespaces by a label', { rules: [PODS], namespaceSelector: labelled }, []],
    ['with its labels', { rules: [PODS], objectSelector: { matchLabels: { app: 'web' } } }, ITSELF],
    ['with other labels', { rules: [PODS], objectSelector: { matchLabels: { app: 'shop' } } }, []],
    ['on a condition', { rules: [PODS], matchConditions: [{ name: 'a', expression: 'false' }] }, []],
    ['when they are deleted', { rules: [{ ...PODS, operations: ['DELETE'] }] }, []],
    ['in part', { rules: [{ ...PODS, resources: ['pods/exec'] }] }, []],
    ['of another group', { rules: [{ ...PODS, apiGroups: ['metrics.k8s.io'] }] }, []],
    ['of the cluster', { rules: [{ ...PODS, resources: ['*'], scope: 'Cluster' }] }, []],
    ['if it answers', { rules: [PODS], failurePolicy: 'Ignore' }, []],
  ])('%s', (_what, more, rules) => {
    expect(broken(...guard('guard'), hook(more))).toEqual(rules);
  });

  it('knows the labels of a namespace among the manifests', () => {
    const namespace = (labels: object) => object('v1', 'Namespace', {}, { name: 'guard', labels });
    const one = hook({ rules: [PODS], namespaceSelector: labelled });
    expect(broken(...guard('guard'), one, namespace({}))).toEqual(ITSELF);
    expect(broken(...guard('guard'), one, namespace({ guarded: 'no' }))).toEqual([]);
  });

  it('says which', () => {
    const { findings } = checkObjects(...guard('guard'), hook({ rules: [PODS] }));
    expect(findings.map(({ path, what }) => `${path}: ${what}`)).toEqual([
      'webhooks[0]: webhook pods.shop.example.com has to allow the pods of Deployment guard/web, which answer it',
    ]);
  });
});

const written = (objects: readonly object[]) =>
  parse('a.json', objects.map((one) => `${JSON.stringify(one)}\n`).join('---\n'));
const notRunning = (from: readonly object[], to: readonly object[]) =>
  check(written(to), written(from)).findings.filter(({ rule }) => rule === 'backend-not-running');

describe('a webhook that comes with its own pods', () => {
  const found = (from: readonly object[], to: readonly object[]) =>
    notRunning(from, to).map(({ rule }) => rule);
  const one = hook({ rules: [PODS] });
  const other = object('v1', 'ConfigMap', {});

  it('is asked before they run', () => {
    expect(found([other], [other, ...guard('guard'), one])).toEqual(['backend-not-running']);
  });

  const annotated = (name: string, value: string) => ({
    ...one,
    metadata: { ...one.metadata, annotations: { [name]: value } },
  });

  it.each([
    ['helm.sh/hook', 'pre-install,post-upgrade'],
    ['argocd.argoproj.io/hook', 'Sync'],
    ['argocd.argoproj.io/sync-wave', '-1'],
    ['argocd.argoproj.io/sync-wave', 'last'],
  ])('is asked before they run, with %s: %s', (name, value) => {
    const next = annotated(name, value);
    expect(found([other], [other, ...guard('guard'), next])).toEqual(['backend-not-running']);
  });

  it.each<[string, readonly object[], object]>([
    ['Helm applies it last', [], annotated('helm.sh/hook', 'post-install, post-upgrade')],
    ['Argo CD applies it last', [], annotated('argocd.argoproj.io/hook', 'PostSync')],
    ['Argo CD waits for them', [], annotated('argocd.argoproj.io/sync-wave', '1')],
    ['it is not new', [one], one],
    ['they run already', guard('guard'), one],
    ['no pod needs it', [], hook()],
    ['it may fail', [], hook({ rules: [PODS], failurePolicy: 'Ignore' })],
  ])('does no harm if %s', (_what, old, next) => {
    expect(found([other, ...old], [other, ...guard('guard'), next])).toEqual([]);
  });
});

describe('what the API server asks of pods that still run', () => {
  const image = (tag: string) => [
    deployment({ namespace: 'guard', pod: { containers: [{ ...container, image: `guard:${tag}` }] } }),
    ...guard('guard').slice(1),
    service({}, { name: 'renamed', namespace: 'guard' }),
  ];
  const client = (path?: string, name = 'web', more: object = {}) => ({
    clientConfig: { service: { namespace: 'guard', name, port: 80, path }, ...more },
  });
  const bundle = { caBundle: 'Y2VydGlmaWNhdGU=' };
  const annotated = {
    ...hook(client('/pods')),
    metadata: { name: 'web', annotations: { 'cert-manager.io/inject-ca-from': 'guard/web' } },
  };
  const converted = (versions: readonly string[], conversion?: object) => ({
    ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      group: 'shop.example.com',
      names: { kind: 'Cart' },
      versions: versions.map((name) => ({ name, served: true })),
      ...(conversion ? { conversion: { strategy: 'Webhook', webhook: conversion } } : {}),
    }),
    metadata: { name: 'carts.shop.example.com' },
  });
  const inApi = (spec: object) =>
    apiService({ service: { namespace: 'guard', name: 'web', port: 80 }, ...spec });

  it.each<[string, object, object, string]>([
    [
      'a new path',
      hook(client('/pods')),
      hook(client('/carts')),
      'webhook pods.shop.example.com asks for /carts, which the running pods may not answer',
    ],
    [
      'the first path',
      object('v1', 'ConfigMap', {}),
      hook(client('/pods')),
      'webhook pods.shop.example.com asks for /pods, which the running pods may not answer',
    ],
    [
      'another name',
      hook(client('/pods')),
      hook(client('/pods', 'renamed')),
      'webhook pods.shop.example.com calls the running pods as renamed.guard.svc in place of web.guard.svc, which may not be a name in their certificate',
    ],
    [
      'no certificate any more',
      hook(client('/pods', 'web', bundle)),
      hook(client('/pods')),
      'webhook pods.shop.example.com loses its caBundle, so no answer is trusted until somebody writes it again',
    ],
    [
      'no certificate for an APIService any more',
      inApi(bundle),
      inApi({}),
      'the API server loses its caBundle, so no answer is trusted until somebody writes it again',
    ],
    [
      'a conversion',
      converted(['v1', 'v2']),
      converted(['v1', 'v2'], client('/convert')),
      'the API server converts its versions, which the running pods may not do',
    ],
    [
      'another version',
      converted(['v1'], client('/convert')),
      converted(['v1', 'v2'], client('/convert')),
      'the API server converts version v2, which the running pods may not know',
    ],
  ])('is %s', (_what, before, after, what) => {
    const findings = notRunning([...image('1'), before], [...image('2'), after]);
    expect(findings.map((finding) => [finding.severity, finding.what])).toEqual([['warning', what]]);
  });

  it.each<[string, readonly object[], readonly object[]]>([
    ['nothing changes', [hook(client('/pods'))], [hook(client('/pods'))]],
    [
      'the path is known from another webhook',
      [hook(client('/pods'))],
      [hook(client('/pods')), { ...hook(client('/pods')), metadata: { name: 'more' } }],
    ],
    ['it may fail', [hook(client('/pods'))], [hook({ ...client('/carts'), failurePolicy: 'Ignore' })]],
    ['a controller writes the certificate', [hook(client('/pods', 'web', bundle))], [annotated]],
    [
      'the certificate changes',
      [hook(client('/pods', 'web', bundle))],
      [hook(client('/pods', 'web', { caBundle: 'bmV3' }))],
    ],
    [
      'Helm applies it when the new pods run',
      [hook(client('/pods'))],
      [
        {
          ...hook(client('/carts')),
          metadata: { name: 'web', annotations: { 'helm.sh/hook': 'post-upgrade' } },
        },
      ],
    ],
    ['no certificate is asked for', [inApi(bundle)], [inApi({ insecureSkipTLSVerify: true })]],
    ['there is one version', [converted(['v1'])], [converted(['v1'], client('/convert'))]],
    ['the definition is new', [], [converted(['v1', 'v2'], client('/convert'))]],
    [
      'a version goes',
      [converted(['v1', 'v2'], client('/convert'))],
      [converted(['v1'], client('/convert'))],
    ],
  ])('does no harm if %s', (_what, before, after) => {
    expect(notRunning([...image('1'), ...before], [...image('2'), ...after])).toEqual([]);
  });

  it('is told once for all webhooks of an object', () => {
    const hooks = (...paths: readonly string[]) => ({
      ...hook(),
      webhooks: paths.map((path) => ({ ...client(path), name: path })),
    });
    const findings = notRunning([...image('1'), hooks('/a')], [...image('2'), hooks('/a', '/b', '/c')]);
    expect(findings.map(({ path, what }) => `${path}: ${what}`)).toEqual([
      'webhooks[1].clientConfig: webhook /b asks for /b, which the running pods may not answer (and 1 more)',
    ]);
  });

  it('is answered by pods that are not replaced', () => {
    expect(
      notRunning([...image('1'), hook(client('/pods'))], [...image('1'), hook(client('/carts'))]),
    ).toEqual([]);
  });
});
