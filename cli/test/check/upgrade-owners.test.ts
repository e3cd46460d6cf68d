import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import {
  type Body,
  broken,
  deployment,
  ingress,
  object,
  path,
  service,
  web,
  written,
} from './upgrade-manifests.js';

const kept = { annotations: { 'helm.sh/resource-policy': 'keep' } };

describe('what goes with an object', () => {
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'carts.example.com', {
    group: 'example.com',
    names: { kind: 'Cart' },
    versions: [{ name: 'v1', served: true, storage: true }],
  });
  const application = (finalizers: readonly string[]) =>
    object('argoproj.io/v1alpha1', 'Application', 'shop', {}, { finalizers });
  const kustomization = (spec: Body) =>
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'shop', spec);

  it.each<[string, Body, readonly string[]]>([
    ['every object of a kind', definition, ['namespace-removed']],
    ['nothing, as it is kept', { ...definition, metadata: { name: 'carts', ...kept } }, []],
    [
      'what Argo CD has deployed',
      application(['resources-finalizer.argocd.argoproj.io']),
      ['namespace-removed'],
    ],
    ['nothing, as Argo CD leaves it', application([]), []],
    ['what Flux has deployed', kustomization({ prune: true }), ['namespace-removed']],
    ['nothing, as Flux leaves it', kustomization({ prune: false }), []],
    ['nothing, as Flux is told to', kustomization({ prune: true, deletionPolicy: 'Orphan' }), []],
    [
      'a release of Helm',
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop', {}),
      ['namespace-removed'],
    ],
  ])('%s', (_what, gone, rules) => {
    expect(broken([gone], [])).toEqual(rules);
    expect(broken([gone], [gone])).toEqual([]);
    expect(broken([gone], [], { removes: false })).toEqual([]);
  });
});

describe('Secrets that a controller makes', () => {
  const using = (name: string) =>
    deployment(
      'web',
      {},
      { containers: [{ name: 'main', image: 'web:1', envFrom: [{ secretRef: { name } }] }] },
    );
  const external = (name: string, spec: Body = {}) =>
    object('external-secrets.io/v1', 'ExternalSecret', name, spec);

  it.each<[string, readonly Body[], readonly Body[], readonly string[]]>([
    ['an ExternalSecret', [external('db-1')], [external('db-2')], ['config-removed']],
    [
      'an ExternalSecret that is kept',
      [{ ...external('db-1'), metadata: { name: 'db-1', ...kept } }],
      [],
      [],
    ],
    [
      'an ExternalSecret with another target',
      [external('db', { target: { name: 'db-1' } })],
      [external('db', { target: { name: 'db-2' } })],
      ['config-removed'],
    ],
    [
      'an ExternalSecret under another name',
      [external('old', { target: { name: 'db-1' } })],
      [external('new', { target: { name: 'db-1' } })],
      [],
    ],
    [
      'an ExternalSecret whose Secret stays',
      [external('db-1', { target: { creationPolicy: 'Orphan' } })],
      [],
      [],
    ],
    ['a SealedSecret', [object('bitnami.com/v1alpha1', 'SealedSecret', 'db-1', {})], [], ['config-removed']],
    [
      'a Secret instead of it',
      [object('bitnami.com/v1alpha1', 'SealedSecret', 'db-1', {})],
      [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db-1' } }],
      [],
    ],
    [
      'a secret of Vault',
      [
        object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', 'db', {
          destination: { name: 'db-1', create: true },
        }),
      ],
      [],
      ['config-removed'],
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(broken([using('db-1'), ...before], [using('db-2'), ...after])).toEqual(rules);
  });

  it('go with their workload', () => {
    expect(broken([using('db-1'), external('db-1')], [])).toEqual([]);
  });

  it('are needed for https', () => {
    const tls = (name: string, more: Body = {}) =>
      ingress('web', [path('a.example.com', '/')], { tls: [{ secretName: name }] }, more);
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web' }, type: 'kubernetes.io/tls' };
    const certificate = object('cert-manager.io/v1', 'Certificate', 'web', { secretName: 'web' });
    const gateway = object('gateway.networking.k8s.io/v1', 'Gateway', 'public', {
      listeners: [{ port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'web' }] } }],
    });
    const issued = tls('web', { annotations: { 'cert-manager.io/cluster-issuer': 'public' } });
    expect(broken([tls('web'), secret], [tls('web')])).toEqual(['config-removed']);
    expect(broken([gateway, secret], [gateway])).toEqual(['config-removed']);
    expect(broken([tls('web'), certificate], [tls('web')])).toEqual(['config-removed']);
    expect(broken([tls('web'), secret], [tls('web'), certificate])).toEqual([]);
    expect(broken([issued, certificate], [issued])).toEqual([]);
    expect(broken([tls('web'), secret], [tls('other')])).toEqual([]);
  });
});

describe('claims', () => {
  const claim = object('v1', 'PersistentVolumeClaim', 'data', {});
  const mounting = deployment(
    'web',
    {},
    {
      containers: [{ name: 'main', image: 'web:1' }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
  );
  const stateful = (whenDeleted: string) =>
    object('apps/v1', 'StatefulSet', 'db', {
      persistentVolumeClaimRetentionPolicy: { whenDeleted },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    });

  it('go with their data, also together with their workload', () => {
    expect(broken([mounting, claim], [mounting])).toEqual(['claim-removed']);
    expect(broken([mounting, claim], [])).toEqual(['claim-removed']);
    expect(broken([mounting, claim], [claim])).toEqual([]);
    expect(broken([mounting, { ...claim, metadata: { name: 'data', ...kept } }], [])).toEqual([]);
  });

  it('go with a StatefulSet that says so', () => {
    expect(broken([stateful('Delete')], [])).toEqual(['claim-removed']);
    expect(broken([stateful('Retain')], [])).toEqual([]);
    expect(broken([stateful('Delete')], [stateful('Delete')])).toEqual([]);
  });
});

describe('what others use', () => {
  const addresses = (name: string, list: readonly Body[] = [{ ip: '192.0.2.1' }]) => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name },
    subsets: [{ addresses: list, ports: [{ port: 5432 }] }],
  });
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-1', labels: { 'kubernetes.io/service-name': 'web' } },
    endpoints: [{ addresses: ['192.0.2.1'] }],
  };
  const without = service({ selector: undefined });
  const classed = ingress('web', [path('a.example.com', '/')], { ingressClassName: 'public' });
  const ingressClass = object('networking.k8s.io/v1', 'IngressClass', 'public', {});
  const api = (name: string, spec: Body) => object('apiregistration.k8s.io/v1', 'APIService', name, spec);
  const metrics = { group: 'custom.metrics.k8s.io', service: { name: 'adapter' } };
  const middleware = object('traefik.io/v1alpha1', 'Middleware', 'auth', { basicAuth: {} });
  const traefik = object('traefik.io/v1alpha1', 'IngressRoute', 'web', {
    routes: [{ match: 'PathPrefix(`/`)', middlewares: [{ name: 'auth' }] }],
  });
  const advertisement = (name: string) => object('metallb.io/v1beta1', 'L2Advertisement', name, {});

  it.each<[string, readonly Body[], readonly Body[], readonly string[]]>([
    ['addresses of a Service', [without, addresses('web')], [without], ['object-removed']],
    [
      'a list without addresses',
      [without, addresses('web')],
      [without, addresses('web', [])],
      ['object-removed'],
    ],
    ['a slice instead of a list', [without, addresses('web')], [without, slice], []],
    ['a slice', [without, slice], [without], ['object-removed']],
    ['addresses of a Service that selects pods now', [web, without, addresses('web')], [web, service()], []],
    ['a class', [classed, ingressClass], [classed], ['object-removed']],
    ['a class that nobody has', [classed, { ...ingressClass, metadata: { name: 'inner' } }], [classed], []],
    ['an API', [api('v1.custom.metrics.k8s.io', metrics)], [], ['object-removed']],
    [
      'an API in another version',
      [api('v1beta1.custom.metrics.k8s.io', metrics)],
      [api('v1beta2.custom.metrics.k8s.io', metrics)],
      [],
    ],
    ['an API of the API server itself', [api('v1.example.com', { group: 'example.com' })], [], []],
    ['a middleware', [traefik, middleware], [traefik], ['object-removed']],
    ['a middleware with its route', [middleware], [], []],
    ['an announcement', [advertisement('one')], [], ['object-removed']],
    ['another announcement', [advertisement('one')], [advertisement('two')], []],
    [
      'targets of a load balancer',
      [object('elbv2.k8s.aws/v1beta1', 'TargetGroupBinding', 'web', {})],
      [],
      ['object-removed'],
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(broken(before, after)).toEqual(rules);
  });

  it('a grant of Gateway API', () => {
    const route = object(
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      'web',
      { rules: [{ backendRefs: [{ name: 'web', namespace: 'shop', port: 80 }] }] },
      { namespace: 'entry' },
    );
    const grant = object(
      'gateway.networking.k8s.io/v1',
      'ReferenceGrant',
      'web',
      {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'entry' }],
        to: [{ kind: 'Service' }],
      },
      { namespace: 'shop' },
    );
    expect(broken([route, grant], [route])).toEqual(['object-removed']);
    expect(
      broken([route, grant], [route, { ...grant, metadata: { name: 'other', namespace: 'shop' } }]),
    ).toEqual([]);
    expect(broken([grant], [])).toEqual([]);
  });

  it('a monitor only for information', () => {
    const monitor = object('monitoring.coreos.com/v1', 'ServiceMonitor', 'web', {});
    const { findings } = check(written([web]), written([web, monitor]));
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toContain('info object-removed');
  });
});

describe('settings of a rule', () => {
  it('count more than what a finding says of itself', () => {
    const monitor = object('monitoring.coreos.com/v1', 'ServiceMonitor', 'web', {});
    const rules = { 'object-removed': { severity: 'error', reason: 'we watch' } } as const;
    const { findings } = check(written([web]), written([web, monitor]), { rules });
    expect(findings.filter(({ rule }) => rule === 'object-removed').map(({ severity }) => severity)).toEqual([
      'error',
    ]);
  });
});
