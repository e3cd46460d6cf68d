import { describe, expect, it } from 'vitest';
import { budget, broken, checkObjects, deployment, object, service } from './objects.js';

const annotated = (annotations: object) => ({ annotations });
const web = (annotations: object, labels: object = {}) => {
  const made = deployment();
  return { ...made, metadata: { ...made.metadata, ...annotated(annotations), labels } };
};
const deleted = ['deleted-on-apply'];

describe('a Deployment that a tool deletes', () => {
  it.each<[string, object, readonly string[]]>([
    ['Argo CD', { 'argocd.argoproj.io/sync-options': 'Replace=true, Force=true' }, deleted],
    ['Argo CD, where it is refused', { 'argocd.argoproj.io/sync-options': 'Force=true' }, deleted],
    ['Argo CD, which only replaces', { 'argocd.argoproj.io/sync-options': 'Replace=true' }, []],
    ['Flux', { 'kustomize.toolkit.fluxcd.io/force': 'enabled' }, deleted],
    ['Flux, which does not', { 'kustomize.toolkit.fluxcd.io/force': 'disabled' }, []],
    ['a hook of Helm', { 'helm.sh/hook': 'post-install,post-upgrade' }, deleted],
    ['a hook of Helm for installs', { 'helm.sh/hook': 'post-install' }, []],
    [
      'a hook of Helm that stays',
      { 'helm.sh/hook': 'pre-upgrade', 'helm.sh/hook-delete-policy': 'hook-failed' },
      [],
    ],
    ['a hook of Argo CD', { 'argocd.argoproj.io/hook': 'PreSync' }, deleted],
  ])('%s', (_tool, annotations, rules) => {
    expect(broken(web(annotations), service(), budget())).toEqual(rules);
    expect(broken(web(annotations))).toEqual([]);
  });

  it('is an error only where that happens each time', () => {
    const severities = (annotations: object, labels: object = {}) =>
      checkObjects(web(annotations, labels), service(), budget()).findings.map(({ severity }) => severity);
    expect(severities({ 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' })).toEqual(['error']);
    expect(severities({}, { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' })).toEqual(['warning']);
  });
});

it('a Service, a claim and a definition are found, and a Job is not', () => {
  const options = annotated({ 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' });
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { versions: [] }, options);
  const job = object('batch/v1', 'Job', { template: { spec: { restartPolicy: 'Never' } } }, options);
  expect(broken(deployment(), service({}, options), budget())).toEqual(deleted);
  expect(broken(object('v1', 'PersistentVolumeClaim', {}, options), definition, job)).toEqual([
    ...deleted,
    ...deleted,
  ]);
});

it('a Secret of pods is found only where it is gone after the hook', () => {
  const reading = deployment({
    pod: { volumes: [{ name: 'keys', secret: { secretName: 'keys' } }] },
  });
  const keys = (policy: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'keys',
      ...annotated({ 'helm.sh/hook': 'pre-upgrade', 'helm.sh/hook-delete-policy': policy }),
    },
  });
  expect(broken(reading, service(), budget(), keys('before-hook-creation'))).toEqual([]);
  expect(broken(reading, service(), budget(), keys('hook-succeeded'))).toEqual(deleted);
});

it('what deploys all objects so is found', () => {
  const application = (...syncOptions: readonly string[]) =>
    object('argoproj.io/v1alpha1', 'Application', { syncPolicy: { syncOptions } });
  const flux = (force: boolean) => object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { force });
  expect(broken(application('Force=true', 'Replace=true'))).toEqual(deleted);
  expect(broken(application('CreateNamespace=true', 'Replace=true'))).toEqual([]);
  expect(broken(flux(true))).toEqual(deleted);
  expect(broken(flux(false))).toEqual([]);
});

describe('references into other namespaces', () => {
  const route = (namespace: string | undefined, target: object = {}) =>
    object(
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      { rules: [{ backendRefs: [{ name: 'web', namespace: 'shop', port: 80, ...target }] }] },
      { namespace },
    );
  const grant = (from: object, to: object = { group: '', kind: 'Service' }) =>
    object(
      'gateway.networking.k8s.io/v1beta1',
      'ReferenceGrant',
      {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'entry', ...from }],
        to: [to],
      },
      { namespace: 'shop' },
    );
  const target = service({ selector: undefined }, { namespace: 'shop' });
  const missing = ['backend-not-granted'];

  it.each<[string, readonly object[], readonly string[]]>([
    ['without a grant', [], missing],
    ['with a grant', [grant({})], []],
    ['with a grant for one name', [grant({}, { kind: 'Service', name: 'web' })], []],
    ['with a grant for another name', [grant({}, { kind: 'Service', name: 'db' })], missing],
    ['with a grant for another namespace', [grant({ namespace: 'other' })], missing],
    ['with a grant for another kind', [grant({ kind: 'GRPCRoute' })], missing],
  ])('%s', (_what, grants, rules) => {
    expect(broken(route('entry'), target, ...grants)).toEqual(rules);
  });

  it('are not judged where the grants may be elsewhere', () => {
    expect(broken(route('entry'))).toEqual([]);
    expect(broken(route('shop'), target)).toEqual([]);
  });

  it('may be to a certificate', () => {
    const gateway = object(
      'gateway.networking.k8s.io/v1',
      'Gateway',
      { listeners: [{ tls: { certificateRefs: [{ name: 'web', namespace: 'shop' }] } }] },
      { namespace: 'entry' },
    );
    expect(broken(gateway, target)).toEqual(missing);
    expect(broken(gateway, target, grant({ kind: 'Gateway' }, { group: '', kind: 'Secret' }))).toEqual([]);
  });
});

describe('routes of others', () => {
  const web80 = service({ selector: undefined });
  const missing = ['backend-service-missing'];
  const traefik = (name: string, more: object = {}) =>
    object('traefik.io/v1alpha1', 'IngressRoute', {
      routes: [{ match: 'PathPrefix(`/`)', services: [{ name, port: 80, ...more }] }],
    });
  const istio = (host: string, port: number) =>
    object('networking.istio.io/v1', 'VirtualService', {
      hosts: ['*'],
      http: [{ route: [{ destination: { host, port: { number: port } } }] }],
    });

  it.each<[string, object, readonly string[]]>([
    ['Traefik to a Service', traefik('web'), []],
    ['Traefik to no Service', traefik('wbe'), missing],
    ['Traefik to something else', traefik('api@internal', { kind: 'TraefikService' }), []],
    ['Istio to a Service', istio('web', 80), []],
    ['Istio to no Service', istio('wbe', 80), missing],
    ['Istio to no port', istio('web', 81), ['backend-port-missing']],
    ['Istio to a host outside', istio('shop.example.com', 443), []],
  ])('%s', (_what, route, rules) => {
    expect(broken(web80, route)).toEqual(rules);
  });

  it('an ExternalName that names no Service', () => {
    const named = (externalName: string) =>
      service({ type: 'ExternalName', externalName }, { name: 'db', namespace: 'shop' });
    const there = service({ selector: undefined }, { namespace: 'shop' });
    expect(broken(there, named('web.shop.svc.cluster.local'))).toEqual([]);
    expect(broken(there, named('wbe.shop.svc.cluster.local'))).toEqual(missing);
    expect(broken(there, named('db.example.com'))).toEqual([]);
  });
});
