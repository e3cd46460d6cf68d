import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { type Body, broken, object, service, web, written } from './upgrade-manifests.js';

describe('a field that cannot be changed', () => {
  const RBAC = 'rbac.authorization.k8s.io/v1';
  const roleRef = (name: string) => ({ roleRef: { kind: 'Role', name } });
  const STORAGE = 'storage.k8s.io/v1';
  const affinity = (zone: string) => ({ nodeAffinity: { required: { nodeSelectorTerms: [{ zone }] } } });

  it.each<[string, string, Body, Body]>([
    [RBAC, 'RoleBinding', roleRef('a'), roleRef('b')],
    [RBAC, 'ClusterRoleBinding', roleRef('a'), { roleRef: { kind: 'ClusterRole', name: 'a' } }],
    [STORAGE, 'StorageClass', { provisioner: 'a' }, { provisioner: 'b' }],
    [STORAGE, 'StorageClass', { parameters: { type: 'a' } }, {}],
    [STORAGE, 'StorageClass', {}, { reclaimPolicy: 'Retain' }],
    [STORAGE, 'StorageClass', {}, { volumeBindingMode: 'WaitForFirstConsumer' }],
    [STORAGE, 'VolumeAttributesClass', { parameters: { iops: '1' } }, { parameters: { iops: '2' } }],
    [STORAGE, 'CSIDriver', {}, { spec: { attachRequired: false } }],
    [STORAGE, 'CSIDriver', {}, { spec: { volumeLifecycleModes: ['Ephemeral'] } }],
    ['networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'a' } }, { spec: { controller: 'b' } }],
    [
      'gateway.networking.k8s.io/v1',
      'GatewayClass',
      { spec: { controllerName: 'a' } },
      { spec: { controllerName: 'b' } },
    ],
    ['scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }, { value: 2 }],
    ['scheduling.k8s.io/v1', 'PriorityClass', {}, { preemptionPolicy: 'Never' }],
    ['node.k8s.io/v1', 'RuntimeClass', { handler: 'a' }, { handler: 'b' }],
    ['discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4' }, { addressType: 'IPv6' }],
    [
      'resource.k8s.io/v1',
      'ResourceClaimTemplate',
      { spec: { spec: { a: 1 } } },
      { spec: { spec: { a: 2 } } },
    ],
    [
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      { spec: { scope: 'Cluster' } },
      { spec: { scope: 'Namespaced' } },
    ],
    [
      'v1',
      'PersistentVolume',
      { spec: { hostPath: { path: '/a' } } },
      { spec: { hostPath: { path: '/b' } } },
    ],
    ['v1', 'PersistentVolume', { spec: affinity('a') }, { spec: affinity('b') }],
    ['v1', 'ResourceQuota', { spec: { scopes: ['Terminating'] } }, { spec: { scopes: ['NotTerminating'] } }],
  ])('%s %s: %o becomes %o', (apiVersion, kind, from, to) => {
    const one = (more: Body) => ({ apiVersion, kind, metadata: { name: 'web' }, ...more });
    expect(broken([one(from)], [one(to)])).toEqual(['change-refused']);
    expect(broken([one(from)], [one(from)])).toEqual([]);
  });

  it.each<[string, string, Body, Body]>([
    [
      RBAC,
      'RoleBinding',
      roleRef('a'),
      { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' } },
    ],
    [
      RBAC,
      'RoleBinding',
      { ...roleRef('a'), subjects: [] },
      { ...roleRef('a'), subjects: [{ kind: 'User', name: 'a' }] },
    ],
    [
      STORAGE,
      'StorageClass',
      {},
      { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', parameters: {} },
    ],
    [STORAGE, 'StorageClass', {}, { allowVolumeExpansion: true }],
    [STORAGE, 'CSIDriver', {}, { spec: { attachRequired: true, fsGroupPolicy: 'File' } }],
    [
      'v1',
      'PersistentVolume',
      { spec: {} },
      { spec: { ...affinity('a'), storageClassName: 'a', capacity: { storage: '2Gi' } } },
    ],
    [
      'v1',
      'ResourceQuota',
      { spec: { scopes: ['BestEffort', 'NotTerminating'] } },
      { spec: { scopes: ['NotTerminating', 'BestEffort'] } },
    ],
  ])('may be written otherwise, and others may change: %s %s, %o and %o', (apiVersion, kind, from, to) => {
    const one = (more: Body) => ({ apiVersion, kind, metadata: { name: 'web' }, ...more });
    expect(broken([one(from)], [one(to)])).toEqual([]);
  });

  it('is no matter if a tool deletes the object first', () => {
    const binding = (name: string, annotations: Body) => ({
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: { name: 'web', annotations },
      ...roleRef(name),
    });
    const hook = { 'helm.sh/hook': 'pre-upgrade' };
    expect(broken([binding('a', hook)], [binding('b', hook)])).toEqual([]);
  });
});

describe('a pod without a workload', () => {
  const pod = (container: Body, spec: Body = {}) =>
    object('v1', 'Pod', 'web', { containers: [{ name: 'main', image: 'a:1', ...container }], ...spec });

  it.each<[Body, Body]>([
    [{ env: [{ name: 'A', value: '1' }] }, {}],
    [{ resources: { requests: { cpu: 1 } } }, {}],
    [{}, { terminationGracePeriodSeconds: 60 }],
    [{}, { nodeSelector: { ssd: 'yes' } }],
    [{}, { initContainers: [{ name: 'init', image: 'a:1' }] }],
  ])('cannot get %o and %o', (container, spec) => {
    expect(broken([pod({})], [pod(container, spec)])).toEqual(['change-refused']);
  });

  it.each<[Body, Body]>([
    [{ image: 'a:2' }, {}],
    [{ ports: [] }, {}],
    [{}, { tolerations: [{ operator: 'Exists' }], activeDeadlineSeconds: 60 }],
    [{}, { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, securityContext: {} }],
  ])('can get %o and %o', (container, spec) => {
    expect(broken([pod({})], [pod(container, spec)])).toEqual([]);
  });
});

describe('a node port that goes to another Service', () => {
  const external = (name: string, nodePort?: number, more: Body = {}) => ({
    ...service({ type: 'NodePort', ports: [{ port: 80, nodePort }] }),
    metadata: { name, ...more },
  });
  const said = (from: readonly Body[], to: readonly Body[]) =>
    check(written(to), written(from))
      .findings.filter(({ rule }) => ['change-refused', 'object-removed'].includes(rule))
      .map(({ rule, what }) => `${rule}: ${what}`);

  it('is refused as long as the old one is there', () => {
    expect(said([web, external('web', 30080)], [web, external('shop', 30080)])).toEqual([
      'change-refused: node port 30080 is that of Service web as long as it is there; write another one',
      'object-removed: it is not in the new manifests, and Service shop takes its place, which needs another node port than 30080 to be there beside it',
    ]);
  });

  it('is refused as a cluster IP is', () => {
    const fixed = (name: string, clusterIP: string) => ({
      ...service({ ports: [{ port: 80 }], clusterIP }),
      metadata: { name },
    });
    const old = [web, fixed('web', '10.0.0.9')];
    const removed = 'object-removed: it is not in the new manifests, and Service shop takes its place';
    expect(said(old, [web, fixed('shop', '10.0.0.9')])).toEqual([
      'change-refused: cluster IP 10.0.0.9 is that of Service web as long as it is there; write another one',
      `${removed}, which needs another cluster IP than 10.0.0.9 to be there beside it`,
    ]);
    expect(said(old, [web, fixed('shop', '10.0.0.8')])).toEqual([removed]);
    expect(said([web, fixed('web', 'None')], [web, fixed('shop', 'None')])).toEqual([removed]);
  });

  it('is another one, or none is written', () => {
    const removed = 'object-removed: it is not in the new manifests, and Service shop takes its place';
    expect(said([web, external('web', 30080)], [web, external('shop', 30081)])).toEqual([removed]);
    expect(said([web, external('web', 30080)], [web, external('shop')])).toEqual([removed]);
  });

  it('stays where a Service only begins to write its namespace', () => {
    const found = said([web, external('web', 30080)], [web, external('web', 30080, { namespace: 'shop' })]);
    expect(found.filter((one) => one.startsWith('change-refused'))).toEqual([]);
  });
});
