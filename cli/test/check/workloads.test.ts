import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/check/read/fields.js';
import { check } from '../../src/check/check.js';
import { planAll } from '../../src/check/plan/options.js';
import { parse } from '../../src/check/read/parse.js';
import {
  autoscaler,
  broken,
  budget,
  checkObjects,
  container,
  daemonSet,
  deployment,
  object,
  service,
  statefulSet,
} from './objects.js';

const plain = { ...container, lifecycle: undefined };
const read = (objects: readonly object[]) =>
  parse('a.json', objects.map((one) => `${JSON.stringify(one)}\n`).join('---\n'));
/** The rules that the step between objects breaks. */
const changed = (from: readonly object[], to: readonly object[]) =>
  check(read(to), read(from)).findings.map(({ rule }) => rule);

/** A workload of another kind, with the pods of a Deployment. */
const custom = (apiVersion: string, kind: string, spec: Fields = {}, pod: Fields = {}) => {
  const own = deployment({ pod }).spec as Fields & { readonly template: { readonly spec: object } };
  const all: typeof own = { ...own, strategy: undefined, ...spec };
  return { apiVersion, kind, metadata: { name: 'web' } as Fields, spec: all };
};
const rollout = (spec: Fields = {}, pod?: Fields) => custom('argoproj.io/v1alpha1', 'Rollout', spec, pod);
const canary = (more: Fields = {}) => ({ strategy: { canary: { maxSurge: 1, maxUnavailable: 0, ...more } } });

describe('a custom workload', () => {
  it.each([
    ['Rollout of Argo', rollout(canary())],
    [
      'CloneSet of OpenKruise',
      custom('apps.kruise.io/v1alpha1', 'CloneSet', { updateStrategy: { maxUnavailable: 0, maxSurge: 1 } }),
    ],
    ['DeploymentConfig', custom('apps.openshift.io/v1', 'DeploymentConfig')],
    ['one that nobody knows, with a selector and replicas', custom('example.com/v1', 'Fleet')],
  ])('is one: %s', (_kind, one) => {
    expect(broken(one, service(), budget())).toEqual([]);
    const hasty = { ...one, spec: { ...one.spec, template: hastyTemplate } };
    expect(broken(hasty, service(), budget())).toEqual(['pre-stop-missing']);
    expect(changed([one, service(), budget()], [service(), budget()])).toContain('object-removed');
  });

  it('may have a selector as that of a Service', () => {
    const plain = (selector: Fields) =>
      broken(custom('apps.openshift.io/v1', 'DeploymentConfig', { selector }), service(), budget());
    expect(plain({ app: 'web' })).toEqual([]);
    expect(plain({ app: 'api' })).toEqual(['rollout-refused']);
    expect(plain({})).toEqual(['rollout-refused']);
  });

  it('is not missing a Service where Knative makes its own, or for a port that is only monitored', () => {
    const notApplied = (one: object) => checkObjects(one).notApplied.length;
    const ports = (name: string) => ({ containers: [{ ...plain, ports: [{ name, containerPort: 8080 }] }] });
    expect(notApplied(deployment({ pod: ports('http') }))).toBe(1);
    expect(notApplied(deployment({ pod: ports('metrics') }))).toBe(0);
    expect(notApplied(custom('serving.knative.dev/v1', 'Service', {}, ports('http1')))).toBe(0);
  });

  const hastyTemplate = { metadata: { labels: { app: 'web' } }, spec: { containers: [plain] } };

  it.each([
    ['without a number of pods', custom('example.com/v1', 'Fleet', { replicas: undefined })],
    [
      'that others own',
      { ...custom('example.com/v1', 'Fleet'), metadata: { name: 'web', ownerReferences: [{}] } },
    ],
    ['whose pods end by themselves', custom('example.com/v1', 'Run', {}, { restartPolicy: 'Never' })],
  ])('is not one %s', (_what, one) => {
    const hasty = {
      ...one,
      spec: { ...one.spec, template: { ...hastyTemplate, spec: one.spec.template.spec } },
    };
    expect(changed([hasty, service()], [service()])).not.toContain('object-removed');
  });

  it.each<[string, Fields, readonly string[]]>([
    ['a canary may miss all', canary({ maxSurge: 0, maxUnavailable: '100%' }), ['all-pods-unavailable']],
    ['a canary may miss one', canary({ maxUnavailable: 1 }), ['capacity-dips']],
    ['something else routes', canary({ maxUnavailable: 1, trafficRouting: {} }), []],
    ['all start before the switch', { strategy: { blueGreen: {} } }, []],
    ['it is paused', { ...canary(), paused: true }, ['rollout-held']],
    ['it has one pod', { ...canary(), replicas: 1 }, ['one-replica']],
  ])('of Argo: %s', (_what, spec, rules) => {
    expect(broken(rollout(spec), service(), budget())).toEqual(rules);
  });

  it('of Argo names its own field', () => {
    const { findings } = checkObjects(rollout(canary({ maxUnavailable: 1 })), service(), budget());
    expect(findings.map(({ path }) => path)).toEqual(['spec.strategy.canary.maxUnavailable']);
  });

  it('of OpenKruise may miss a fifth of its pods, rounded up', () => {
    const cloneSet = custom('apps.kruise.io/v1alpha1', 'CloneSet', { replicas: 6 });
    const { findings } = checkObjects(cloneSet, service(), budget());
    expect(findings.map(({ what }) => what)).toEqual(['2 of 6 pods may be missing during a rollout']);
  });

  it('of Knative is what its users ask, whatever its tag is', () => {
    const knative = object('serving.knative.dev/v1', 'Service', {
      template: { spec: { containers: [{ image: 'registry.example.com/shop/web' }] } },
    });
    expect(broken(knative)).toEqual([]);
    expect(changed([knative], [service()])).toEqual(
      ['object-removed', 'service-selects-nothing'].slice(0, 1),
    );
  });

  it('is planned if it is a canary of Argo without steps', () => {
    const plansOf = (spec: Fields) =>
      planAll(read([rollout(spec)]).objects, { startups: [], podStartMs: 1000 }).map(
        ({ rollout: planned, cannot }) => planned?.surge ?? cannot,
      );
    expect(plansOf(canary())).toEqual([1]);
    expect(plansOf(canary({ steps: [{ setWeight: 20 }] }))).toEqual([expect.stringContaining('steps')]);
  });
});

describe('a Deployment that a Rollout takes over', () => {
  const handed = object('argoproj.io/v1alpha1', 'Rollout', {
    ...canary(),
    replicas: 2,
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  });
  const others = [service(), budget()];

  it.each([
    ['0 replicas', { replicas: 0 }],
    ['no replicas', { replicas: undefined }],
  ])('is not gone with %s', (_what, spec) => {
    expect(changed([deployment(), ...others], [deployment({ spec }), handed, ...others])).toEqual([]);
  });

  it('gives the Rollout its pods, so that its Service has some', () => {
    const none = deployment({ spec: { replicas: 0 }, pod: { containers: [plain] } });
    expect(broken(none, handed, ...others)).toEqual(['pre-stop-missing']);
  });
});

describe('an autoscaler', () => {
  const keda = (spec: Fields = {}) =>
    object('keda.sh/v1alpha1', 'ScaledObject', {
      scaleTargetRef: { name: 'web' },
      minReplicaCount: 2,
      maxReplicaCount: 6,
      ...spec,
    });
  const flagger = object('flagger.app/v1beta1', 'Canary', { targetRef: { kind: 'Deployment', name: 'web' } });
  const free = deployment({ spec: { replicas: undefined } });
  const others = [service(), budget()];

  it.each([
    ['HorizontalPodAutoscaler', autoscaler()],
    ['ScaledObject', keda()],
    ['Canary', flagger],
  ])('sets replicas, and so does the manifest: %s', (kind, scaler) => {
    const { findings } = checkObjects(deployment(), ...others, scaler);
    expect(findings.map(({ what }) => what)).toEqual([`replicas is 2, and a ${kind} sets it too`]);
  });

  it.each([
    ['ScaledObject', keda({ scaleTargetRef: { name: 'shop' } })],
    ['Canary', { ...flagger, spec: { targetRef: { kind: 'Deployment', name: 'shop' } } }],
  ])('has a target: %s', (_kind, scaler) => {
    expect(broken(deployment(), ...others, scaler)).toEqual(['hpa-target-missing']);
  });

  it('may be that of a Rollout', () => {
    const target = { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' } };
    expect(broken(rollout(canary()), ...others, autoscaler(target))).toEqual(['hpa-with-replicas']);
    const other = { scaleTargetRef: { kind: 'Rollout', name: 'shop' } };
    expect(broken(rollout(canary()), ...others, autoscaler(other))).toEqual(['hpa-target-missing']);
  });

  it('of KEDA is compared with what was there', () => {
    const step = (from: readonly object[], to: readonly object[]) =>
      changed([free, ...others, ...from], [free, ...others, ...to]);
    expect(step([autoscaler()], [keda()])).toEqual([]);
    expect(step([autoscaler()], [keda({ maxReplicaCount: 4 })])).toEqual(['hpa-maximum-lowered']);
    expect(step([keda()], [keda({ minReplicaCount: undefined })])).toContain('hpa-minimum-lowered');
    expect(step([keda()], [])).toContain('hpa-removed');
  });

  it('of KEDA may take pods away at once', () => {
    const behavior = { scaleDown: { stabilizationWindowSeconds: 0 } };
    const advanced = { horizontalPodAutoscalerConfig: { behavior } };
    expect(broken(free, ...others, keda({ advanced }))).toEqual(['hpa-scales-down-at-once']);
  });

  it('has more than one pod, which an apply without replicas: 1 takes away', () => {
    const one = deployment({ spec: { replicas: 1 } });
    const step = (...scalers: object[]) =>
      changed([one, ...others, ...scalers], [free, ...others, ...scalers]).filter(
        (rule) => rule === 'replicas-removed',
      );
    expect(step(autoscaler())).toEqual(['replicas-removed']);
    expect(step(keda())).toEqual(['replicas-removed']);
    expect(step()).toEqual([]);
  });

  const front = deployment({ spec: { replicas: undefined } });
  const worker = (spec: Fields = {}) => ({
    ...deployment({ name: 'worker', spec: { selector: { matchLabels: { part: 'shop' } }, ...spec } }),
  });
  const ofShop = { ...front, spec: { ...front.spec, selector: { matchLabels: { part: 'shop' } } } };

  it.each<[string, readonly object[], readonly string[]]>([
    ['counts the pods of others', [ofShop, worker(), autoscaler()], ['hpa-counts-other-pods']],
    ['counts no pods of others', [front, worker(), autoscaler()], []],
    ['counts no pods that are not there', [ofShop, worker({ replicas: 0 }), autoscaler()], []],
    ['measures a queue', [ofShop, worker(), keda({ triggers: [{ type: 'kafka' }] })], []],
    ['measures pods', [ofShop, worker(), keda({ triggers: [{ type: 'cpu' }] })], ['hpa-counts-other-pods']],
  ])('%s', (_what, objects, rules) => {
    expect(broken(...objects, ...others)).toEqual(rules);
  });

  const asks = (resources?: object) => ({ ...container, resources });
  const beside = { name: 'log-shipper', image: 'registry.example.com/shop/log:1' };
  const cpu = { requests: { cpu: '100m' } };
  const share = (name: string, container?: string) => ({
    metrics: [
      container === undefined
        ? { type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization: 70 } } }
        : {
            type: 'ContainerResource',
            containerResource: { name, container, target: { type: 'Utilization' } },
          },
    ],
  });

  it.each<[string, readonly object[], object, readonly string[]]>([
    [
      'one container asks for nothing',
      [asks(cpu), beside],
      autoscaler(share('cpu')),
      ['hpa-without-request'],
    ],
    ['the default is a share of the CPU', [asks(cpu), beside], autoscaler(), ['hpa-without-request']],
    ['nobody asks for memory', [asks(cpu)], autoscaler(share('memory')), ['hpa-without-request']],
    ['a limit is a request', [asks({ limits: { cpu: 1 } })], autoscaler(share('cpu')), []],
    ['another container is measured', [asks(cpu), beside], autoscaler(share('cpu', 'main')), []],
    [
      'this container is measured',
      [asks(cpu), beside],
      autoscaler(share('cpu', 'log-shipper')),
      ['hpa-without-request'],
    ],
    ['the cluster may give requests', [container, beside], autoscaler(share('cpu')), []],
    [
      'a trigger of KEDA',
      [asks(cpu), beside],
      keda({ triggers: [{ type: 'cpu', metricType: 'Utilization' }] }),
      ['hpa-without-request'],
    ],
    [
      'a value, not a share',
      [asks(cpu), beside],
      keda({ triggers: [{ type: 'cpu', metricType: 'AverageValue' }] }),
      [],
    ],
  ])('measures a share of a request: %s', (_what, containers, scaler, rules) => {
    const workload = deployment({ spec: { replicas: undefined }, pod: { containers } });
    expect(broken(workload, ...others, scaler)).toEqual(rules);
  });

  it('finds a request that a LimitRange gives', () => {
    const range = object('v1', 'LimitRange', {
      limits: [{ type: 'Container', defaultRequest: { cpu: '50m' } }],
    });
    const workload = deployment({ spec: { replicas: undefined }, pod: { containers: [asks(cpu), beside] } });
    expect(broken(workload, ...others, range, autoscaler())).toEqual([]);
  });
});

describe('a container beside the one that answers', () => {
  const of = (...more: object[]) =>
    broken(deployment({ pod: { containers: [container, ...more] } }), service(), budget());
  const proxy = { name: 'sql-proxy', image: 'registry.example.com/tools/sql-proxy:2' };
  const waits = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });

  it.each<[string, object, readonly string[]]>([
    ['ends at once', proxy, ['helper-ends-first']],
    ['ends after less', { ...proxy, ...waits(5) }, ['helper-ends-first']],
    ['waits as long', { ...proxy, ...waits(15) }, []],
    [
      'waits nobody knows how long',
      { ...proxy, lifecycle: { preStop: { exec: { command: ['drain'] } } } },
      [],
    ],
    ['waits by itself', { ...proxy, args: ['--max-sigterm-delay=30s'] }, []],
    ['only watches', { name: 'proxy-exporter', image: 'registry.example.com/tools/exporter:1' }, []],
    ['is not in the path', { name: 'other', image: 'registry.example.com/tools/other:1' }, []],
  ])('%s', (_what, helper, rules) => {
    expect(of(helper)).toEqual(rules);
  });

  it('answers what a web server passes on to it', () => {
    const nginx = { ...container, name: 'nginx', image: 'docker.io/library/nginx:1.29' };
    const behind = (name: string, image: string) =>
      broken(deployment({ pod: { containers: [nginx, { name, image }] } }), service(), budget());
    expect(behind('php', 'registry.example.com/shop/app:1')).toEqual(['helper-ends-first']);
    expect(behind('fluent-bit', 'fluent/fluent-bit:4')).toEqual([]);
  });

  it('that is injected has its wait in labels and annotations', () => {
    const injected = (labels: object, annotations: object = {}, ...more: object[]) => {
      const one = deployment();
      const { template } = one.spec as unknown as { template: { metadata: { labels: object } } };
      const metadata = { labels: { ...template.metadata.labels, ...labels }, annotations };
      return broken(
        { ...one, spec: { ...one.spec, template: { ...template, metadata } } },
        ...[service(), budget(), ...more],
      );
    };
    const early = ['injected-proxy-ends-first'];
    expect(injected({ 'sidecar.istio.io/inject': 'true' })).toEqual(early);
    expect(injected({ 'sidecar.istio.io/inject': 'false' })).toEqual([]);
    const istio = (config: string) =>
      injected({ 'sidecar.istio.io/inject': 'true' }, { 'proxy.istio.io/config': config });
    expect(istio('terminationDrainDuration: 10s')).toEqual(early);
    expect(istio('{"terminationDrainDuration": "1m"}')).toEqual([]);
    expect(istio('proxyMetadata: {EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true"}')).toEqual([]);
    const linkerd = 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds';
    expect(injected({}, { 'linkerd.io/inject': 'enabled' })).toEqual(early);
    expect(injected({}, { 'linkerd.io/inject': 'enabled', [linkerd]: '5' })).toEqual(early);
    expect(injected({}, { 'linkerd.io/inject': 'enabled', [linkerd]: '20' })).toEqual([]);
    expect(injected({}, { 'dapr.io/enabled': 'true' })).toEqual(early);
    expect(injected({}, { 'dapr.io/enabled': 'true', 'dapr.io/block-shutdown-duration': '15s' })).toEqual([]);
    const consul = { 'consul.hashicorp.com/connect-inject': 'true' };
    expect(injected({}, consul)).toEqual([]);
    expect(
      injected({}, { ...consul, 'consul.hashicorp.com/enable-sidecar-proxy-lifecycle': 'false' }),
    ).toEqual(early);
  });

  it('may be injected because of its namespace', () => {
    const shop = { namespace: 'shop' };
    const space = object('v1', 'Namespace', {}, { name: 'shop', labels: { 'istio-injection': 'enabled' } });
    expect(broken(space, deployment(shop), service({}, shop), budget(undefined, shop))).toEqual([
      'injected-proxy-ends-first',
    ]);
  });
});

describe('a StatefulSet', () => {
  const of = (spec: Fields) => broken(statefulSet({ spec }), service(), budget());

  it.each<[Fields, readonly string[]]>([
    [{ podManagementPolicy: undefined }, ['stateful-set-ordered']],
    [{ podManagementPolicy: 'OrderedReady', updateStrategy: { type: 'OnDelete' } }, ['update-on-delete']],
    [{ updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } }, ['capacity-dips']],
    [{ updateStrategy: { rollingUpdate: { maxUnavailable: '100%' } } }, ['all-pods-unavailable']],
    [{ replicas: 2, updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } }, ['all-pods-unavailable']],
    [{ updateStrategy: { rollingUpdate: { maxUnavailable: '50%' } } }, []],
    [{ updateStrategy: { rollingUpdate: { maxUnavailable: 1 } } }, []],
  ])('%o', (spec, rules) => {
    expect(of(spec)).toEqual(rules);
  });
});

describe('the nodes of a DaemonSet', () => {
  const narrowed = (before: Fields, after: Fields) =>
    changed([daemonSet({ pod: before }), service()], [daemonSet({ pod: after }), service()]);
  const requires = (...expressions: object[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: expressions }],
        },
      },
    },
  });
  const edge = { key: 'tier', operator: 'In', values: ['edge'] };
  const yes = ['daemon-set-nodes-narrowed'];
  const taint = { key: 'team', operator: 'Equal', value: 'a', effect: 'NoSchedule' };

  it.each<[string, Fields, Fields, readonly string[]]>([
    ['a label', {}, { nodeSelector: { tier: 'edge' } }, yes],
    ['a label of every Linux node', {}, { nodeSelector: { 'kubernetes.io/os': 'linux' } }, []],
    [
      'the new name of a label',
      { nodeSelector: { 'beta.kubernetes.io/arch': 'amd64' } },
      { nodeSelector: { 'kubernetes.io/arch': 'amd64' } },
      [],
    ],
    ['an expression', {}, requires(edge), yes],
    ['another expression', requires({ ...edge, values: ['edge', 'core'] }), requires(edge), yes],
    ['more values', requires(edge), requires({ ...edge, values: ['edge', 'core'] }), []],
    ['the same as an expression', { nodeSelector: { tier: 'edge' } }, requires(edge), []],
    ['not on some nodes', {}, requires({ ...edge, operator: 'NotIn' }), yes],
    ['not where none runs', {}, requires({ key: 'type', operator: 'NotIn', values: ['fargate'] }), []],
    [
      'both usual processors',
      {},
      requires({ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64', 'arm64'] }),
      [],
    ],
    ['one processor', {}, requires({ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }), yes],
    ['what every node has', {}, requires({ key: 'kubernetes.io/os', operator: 'Exists' }), []],
    ['a toleration less', { tolerations: [taint] }, {}, yes],
    ['a toleration of all', { tolerations: [taint] }, { tolerations: [{ operator: 'Exists' }] }, []],
    [
      'a toleration of another effect',
      { tolerations: [taint] },
      { tolerations: [{ ...taint, effect: 'NoExecute' }] },
      yes,
    ],
    [
      'a toleration of any value',
      { tolerations: [taint] },
      { tolerations: [{ key: 'team', operator: 'Exists' }] },
      [],
    ],
    [
      'a toleration that every DaemonSet has',
      { tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists' }] },
      {},
      [],
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(narrowed(before, after)).toEqual(rules);
  });

  it('are one of several terms, of which the wider one counts', () => {
    const both = requires(edge);
    const { requiredDuringSchedulingIgnoredDuringExecution: required } = both.affinity.nodeAffinity;
    const terms = [
      ...required.nodeSelectorTerms,
      { matchExpressions: [{ key: 'zone', operator: 'Exists' }] },
    ];
    const wider = {
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
      },
    };
    expect(narrowed(both, wider)).toEqual([]);
    expect(narrowed(wider, both)).toEqual(yes);
  });
});
