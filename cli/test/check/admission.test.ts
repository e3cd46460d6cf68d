import { describe, expect, it } from 'vitest';
import {
  broken,
  budget,
  checkObjects,
  container,
  deployment,
  object,
  service,
  statefulSet,
} from './objects.js';

const said = (rule: string, ...objects: readonly object[]) =>
  checkObjects(...objects)
    .findings.filter((one) => one.rule === rule)
    .map(({ path, what }) => `${path}: ${what}`);

describe('Pod Security of a namespace', () => {
  const namespace = (enforce?: string) =>
    object(
      'v1',
      'Namespace',
      {},
      { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': enforce } },
    );
  const securityContext = {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const of = (level: string | undefined, own: object, pod: object = {}) =>
    said(
      'pods-refused',
      namespace(level),
      deployment({ namespace: 'shop', pod: { containers: [{ ...container, ...own }], ...pod } }),
    );
  const main = 'spec.template.spec.containers[0]';

  it('asks nothing without a level, and of other namespaces', () => {
    expect(of(undefined, {})).toEqual([]);
    expect(of('privileged', {}, { hostNetwork: true })).toEqual([]);
    expect(said('pods-refused', namespace('restricted'), deployment())).toEqual([]);
  });

  it('is told once for a workload, with all that has to be written', () => {
    expect(of('restricted', {})).toEqual([
      `${main}.securityContext.runAsNonRoot: Namespace shop enforces restricted: ${[
        'container main may run as root; write runAsNonRoot: true',
        'container main may get more rights; write allowPrivilegeEscalation: false',
        'container main keeps capabilities; write capabilities.drop: [ALL]',
        'container main has no seccomp profile; write seccompProfile.type: RuntimeDefault',
      ].join('; ')}`,
    ]);
    expect(of('restricted', { securityContext })).toEqual([]);
  });

  it('takes what a pod says for all containers', () => {
    const { runAsNonRoot, seccompProfile, ...own } = securityContext;
    const pod = { securityContext: { runAsNonRoot, seccompProfile } };
    expect(of('restricted', { securityContext: own }, pod)).toEqual([]);
    expect(of('restricted', { securityContext: { ...own, runAsNonRoot: false } }, pod)).toEqual([
      `${main}.securityContext.runAsNonRoot: Namespace shop enforces restricted: container main may run as root; write runAsNonRoot: true`,
    ]);
  });

  it.each<[object, object, string]>([
    [{ securityContext: { privileged: true } }, {}, 'container main is privileged'],
    [
      { securityContext: { capabilities: { add: ['NET_ADMIN'] } } },
      {},
      'container main adds the capability NET_ADMIN',
    ],
    [{ ports: [{ containerPort: 8080, hostPort: 8080 }] }, {}, 'container main takes port 8080 of its node'],
    [{ securityContext: { procMount: 'Unmasked' } }, {}, 'container main has another procMount than Default'],
    [{}, { hostNetwork: true }, 'the pod has hostNetwork: true'],
    [{}, { hostPID: true }, 'the pod has hostPID: true'],
    [
      {},
      { volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] },
      'the volume logs is a folder of the node (hostPath)',
    ],
    [
      {},
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'container main has no seccomp profile (Unconfined)',
    ],
    [
      {},
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      'the pod sets kernel.msgmax',
    ],
  ])('baseline: %o %o', (own, pod, what) => {
    expect(of('baseline', own, pod)).toEqual([expect.stringContaining(`enforces baseline: ${what}`)]);
    expect(of('baseline', {})).toEqual([]);
  });

  it.each<[object, object, string]>([
    [{ runAsUser: 0 }, {}, 'container main runs as user 0'],
    [{ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }, {}, 'container main adds the capability CHOWN'],
    [{}, { volumes: [{ name: 'a', nfs: { server: 'a', path: '/' } }] }, 'the volume a is of the kind nfs'],
  ])('restricted: %o %o', (own, pod, what) => {
    expect(of('restricted', { securityContext: { ...securityContext, ...own } }, pod)).toEqual([
      expect.stringContaining(`enforces restricted: ${what}`),
    ]);
  });

  it('counts init containers, and asks less of Windows', () => {
    const initContainers = [{ name: 'init', image: 'a:1' }];
    expect(of('restricted', { securityContext }, { initContainers })).toEqual([
      expect.stringContaining('container init may run as root'),
    ]);
    expect(
      of('restricted', { securityContext: { runAsNonRoot: true } }, { os: { name: 'windows' } }),
    ).toEqual([]);
  });
});

describe('a LimitRange', () => {
  const range = (limits: object, namespace?: string) =>
    object('v1', 'LimitRange', { limits: [{ type: 'Container', ...limits }] }, { namespace });
  const of = (limits: object, resources: object) =>
    said('pods-refused', range(limits), deployment({ pod: { containers: [{ ...container, resources }] } }));
  const path = 'spec.template.spec.containers[0].resources';

  it.each<[object, object, readonly string[]]>([
    [{ max: { cpu: 1 } }, { limits: { cpu: '1000m' } }, []],
    [
      { max: { cpu: 1 } },
      { limits: { cpu: 2 } },
      ['limits.cpu: container main has a limit of 2 cpu, and at most 1 is allowed by a LimitRange'],
    ],
    [
      { min: { memory: '64Mi' } },
      { requests: { memory: '32Mi' } },
      [
        'requests.memory: container main requests 32Mi memory, and at least 64Mi is asked for by a LimitRange',
      ],
    ],
    [{ min: { memory: '64Mi' } }, {}, []],
    [
      { default: { memory: '64Mi' } },
      { requests: { memory: '128Mi' } },
      [
        'requests.memory: container main requests 128Mi memory, and without a limit gets one of 64Mi by a LimitRange',
      ],
    ],
    [{ default: { memory: '64Mi' } }, { requests: { memory: '128Mi' }, limits: { memory: '128Mi' } }, []],
    [{ max: { memory: '64Mi' }, type: 'PersistentVolumeClaim' }, { limits: { memory: '1Gi' } }, []],
  ])('%o for %o', (limits, resources, expected) => {
    expect(of(limits, resources)).toEqual(expected.map((one) => `${path}.${one}`));
  });

  it('of another namespace asks nothing', () => {
    const resources = { limits: { cpu: 2 } };
    const web = deployment({ pod: { containers: [{ ...container, resources }] } });
    expect(said('pods-refused', range({ max: { cpu: 1 } }, 'shop'), web)).toEqual([]);
  });
});

describe('a ResourceQuota', () => {
  const quota = (hard: object, more: object = {}) => object('v1', 'ResourceQuota', { hard, ...more });
  const with_ = (resources: object) => ({ pod: { containers: [{ ...container, resources }] } });
  const blocks = (...objects: readonly object[]) => said('quota-blocks-rollout', ...objects);
  const more = (limit: string) => [
    `spec.strategy: one pod more than there are exceeds ${limit} of ResourceQuota web`,
  ];

  it('leaves no room for one more pod', () => {
    expect(blocks(deployment(), quota({ pods: '2' }))).toEqual(more('pods: 2'));
    expect(blocks(deployment(), quota({ 'count/pods': 2 }))).toEqual(more('count/pods: 2'));
    expect(blocks(deployment(), quota({ pods: '3' }))).toEqual([]);
    expect(blocks(deployment(), statefulSet({ name: 'db' }), quota({ pods: 5 }))).toEqual(more('pods: 5'));
  });

  it('leaves no room for what one more requests', () => {
    const web = deployment(with_({ requests: { cpu: '100m', memory: '1Gi' } }));
    expect(blocks(web, quota({ 'requests.cpu': '0.3' }))).toEqual([]);
    expect(blocks(web, quota({ 'requests.cpu': '250m' }))).toEqual(more('requests.cpu: 250m'));
    expect(blocks(web, quota({ memory: '2Gi' }))).toEqual(more('memory: 2Gi'));
  });

  it('needs none where a pod goes first, and where it is for some pods or another namespace', () => {
    const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
    expect(blocks(deployment({ spec: { strategy } }), quota({ pods: 2 }))).toEqual([]);
    expect(blocks(deployment(), quota({ pods: 2 }, { scopes: ['BestEffort'] }))).toEqual([]);
    expect(blocks(deployment({ namespace: 'shop' }), quota({ pods: 2 }))).toEqual([]);
    expect(blocks(deployment(), quota({ services: 2 }))).toEqual([]);
  });

  it('refuses pods that do not say what it counts, but for what a LimitRange adds', () => {
    const objects = [deployment(), service(), budget(), quota({ 'limits.memory': '8Gi' })];
    expect(broken(...objects)).toEqual(['pods-refused']);
    const range = object('v1', 'LimitRange', { limits: [{ type: 'Container', default: { memory: '1Gi' } }] });
    expect(broken(...objects, range)).toEqual([]);
    const web = deployment(with_({ limits: { memory: '1Gi' } }));
    expect(broken(web, ...objects.slice(1))).toEqual([]);
  });
});
