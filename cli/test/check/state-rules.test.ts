import { describe, expect, it } from 'vitest';
import { fc } from '../random.js';
import {
  autoscaler,
  broken,
  budget,
  checkObjects,
  container,
  daemonSet,
  deployment,
  ingress,
  object,
  service,
  statefulSet,
} from './objects.js';

const sidecar = { name: 'exporter', image: 'registry.example.com/shop/exporter:1' };
const { readinessProbe, lifecycle, ...plain } = container;

/** What a Deployment breaks beside a Service and a budget. */
const ofDeployment = (spec: object, pod: object = {}) =>
  broken(deployment({ spec: { ...spec }, pod: { ...pod } }), service(), budget());
const ofContainers = (...containers: object[]) => ofDeployment({}, { containers });
const ofStatefulSet = (spec: object) => broken(statefulSet({ spec: { ...spec } }), service(), budget());
const ofDaemonSet = (updateStrategy: object, pod: object = {}) =>
  broken(daemonSet({ spec: { updateStrategy }, pod: { ...pod } }), service());
const ofService = (spec: object, metadata: object = {}) =>
  broken(deployment(), service(spec, metadata), budget());

describe('a workload that is right', () => {
  it.each([
    ['Deployment', [deployment(), service(), budget()]],
    ['StatefulSet', [statefulSet(), service(), budget()]],
    ['DaemonSet', [daemonSet(), service()]],
  ])('%s breaks nothing', (_kind, objects) => {
    expect(broken(...objects)).toEqual([]);
  });
});

describe('the container that answers', () => {
  it('has to have the readiness probe and the hook itself', () => {
    const other = { ...sidecar, readinessProbe: { httpGet: { port: 9100 } }, lifecycle };
    expect(ofContainers(plain, other)).toEqual(['pre-stop-missing', 'readiness-missing']);
    expect(ofContainers(container, sidecar)).toEqual([]);
  });

  it('may be a native sidecar', () => {
    const proxy = { ...container, name: 'proxy', restartPolicy: 'Always' };
    const app = { name: 'main', image: plain.image };
    expect(ofDeployment({}, { containers: [app], initContainers: [proxy] })).toEqual([]);
  });

  it('gets no requests before its startupProbe has succeeded', () => {
    expect(ofContainers({ ...plain, lifecycle, startupProbe: readinessProbe })).toEqual([]);
  });

  it('does not wait in a hook of 0 seconds', () => {
    const hook = { preStop: { sleep: { seconds: 0 } } };
    expect(ofContainers({ ...container, lifecycle: hook })).toEqual(['pre-stop-missing']);
  });

  it.each<[string, string[]]>([
    ['nginx -s quit', ['pre-stop-missing']],
    ['nginx -s quit; sleep 15', ['pre-stop-missing']],
    ['sleep 15; nginx -s quit', []],
    ['sleep $WAIT', []],
    ['my-drain', []],
    ['sleep 1m', ['grace-too-short']],
    ['sleep infinity', ['grace-too-short']],
  ])('waits before %s or not: %o', (script, expected) => {
    const hook = { preStop: { exec: { command: ['sh', '-c', script] } } };
    expect(ofContainers({ ...container, lifecycle: hook })).toEqual(expected);
  });

  it('says what the hook runs without a wait, and no argument of it', () => {
    const command = ['/bin/kill', '-TERM', 'secret'];
    const hasty = { ...container, lifecycle: { preStop: { exec: { command } } } };
    const { findings } = checkObjects(deployment({ pod: { containers: [hasty] } }), service(), budget());
    expect(findings.map(({ what, path }) => [what, path])).toEqual([
      [
        'the preStop hook of container main runs kill without a wait before it',
        'spec.template.spec.containers[0].lifecycle.preStop',
      ],
    ]);
  });

  it('waits as long as the containers that a native sidecar outlives', () => {
    const proxy = { ...plain, name: 'proxy', restartPolicy: 'Always', readinessProbe };
    const app = { name: 'main', image: plain.image };
    const both = (main: object) => ofDeployment({}, { containers: [main], initContainers: [proxy] });
    expect(both({ ...app, lifecycle })).toEqual([]);
    expect(both(app)).toEqual(['pre-stop-missing']);
  });

  it('needs no hook where nobody else is there to answer', () => {
    const without = { pod: { containers: [{ ...plain, readinessProbe }] } };
    const of = (one: object) => broken(one, service(), budget());
    expect(of(deployment({ ...without, spec: { strategy: { type: 'Recreate' } } }))).toEqual(['recreate']);
    expect(of(statefulSet({ ...without, spec: { replicas: 1 } }))).toEqual(['stateful-set-one-replica']);
    expect(of(statefulSet({ ...without, spec: { replicas: 2 } }))).toEqual([
      'pre-stop-missing',
      'stateful-set-dips',
    ]);
    expect(of(deployment({ ...without, spec: { replicas: 1 } }))).toEqual([
      'one-replica',
      'pre-stop-missing',
    ]);
  });

  it('has no time to end in a grace period of 0', () => {
    const hook = { preStop: { httpGet: { path: '/drain', port: 'http' } } };
    const pod = { containers: [{ ...container, lifecycle: hook }], terminationGracePeriodSeconds: 0 };
    expect(ofDeployment({}, pod)).toEqual(['grace-too-short']);
  });

  it('may be killed by liveness before readiness is asked', () => {
    const slow = { ...readinessProbe, initialDelaySeconds: 60 };
    const live = { tcpSocket: { port: 'http' }, periodSeconds: 10 };
    const containers = (livenessProbe: object) => [{ ...container, readinessProbe: slow, livenessProbe }];
    expect(ofContainers(...containers(live))).toEqual(['start-up-budget-short']);
    expect(ofContainers(...containers({ ...live, initialDelaySeconds: 60 }))).toEqual([]);
  });
});

describe('replicas', () => {
  it('0: nobody is served, and nothing can be lost', () => {
    expect(ofDeployment({ replicas: 0, strategy: { type: 'Recreate' } }, { containers: [plain] })).toEqual(
      [],
    );
  });

  it('of an autoscaler that may go down to 0 count as 1', () => {
    const scaled = deployment({ spec: { replicas: undefined } });
    expect(broken(scaled, service(), budget(), autoscaler({ minReplicas: 0 }))).toEqual(['one-replica']);
  });

  it('may be those of a ScaledObject', () => {
    const scaled = deployment({ spec: { replicas: undefined } });
    const keda = object('keda.sh/v1alpha1', 'ScaledObject', {
      scaleTargetRef: { name: 'web' },
      minReplicaCount: 2,
    });
    expect(broken(scaled, service(), budget(), keda)).toEqual([]);
  });

  it.each([
    [{ replicas: 1 }, ['stateful-set-one-replica']],
    [{ replicas: 1, updateStrategy: { type: 'OnDelete' } }, ['one-replica', 'update-on-delete']],
    [{ replicas: 2, updateStrategy: { type: 'OnDelete' } }, ['update-on-delete']],
    [{ updateStrategy: { rollingUpdate: { partition: 2 } } }, ['rollout-held']],
    [{ updateStrategy: { rollingUpdate: { partition: 0 } } }, []],
  ])('of a StatefulSet: %o', (spec, rules) => {
    expect(ofStatefulSet(spec)).toEqual(rules);
  });
});

describe('a rollout that the API server refuses', () => {
  it.each([
    [{ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } }, ['rollout-refused']],
    [
      { replicas: 1, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      ['one-replica', 'rollout-refused'],
    ],
    [{ strategy: { type: 'Recreate', rollingUpdate: {} } }, ['recreate', 'rollout-refused']],
    [{ strategy: { type: 'Recreate', rollingUpdate: null } }, ['recreate']],
    [{ minReadySeconds: 600 }, ['rollout-refused']],
    [{ minReadySeconds: 599 }, []],
  ])('of a Deployment: %o', (spec, rules) => {
    expect(ofDeployment(spec)).toEqual(rules);
  });

  it('is not one whose percentages are rounded to nothing', () => {
    const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } };
    expect(ofDeployment({ strategy })).toEqual(['capacity-dips']);
  });

  it.each([
    [{ rollingUpdate: { maxSurge: 1 } }, ['rollout-refused']],
    [{ rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }, ['daemon-set-dips', 'rollout-refused']],
    [{ rollingUpdate: { maxSurge: '0%', maxUnavailable: 1 } }, ['daemon-set-dips']],
    [{ rollingUpdate: { maxUnavailable: '100%' } }, ['daemon-set-all-unavailable']],
    [{ type: 'OnDelete' }, ['update-on-delete']],
  ])('of a DaemonSet: %o', (updateStrategy, rules) => {
    expect(ofDaemonSet(updateStrategy)).toEqual(rules);
  });
});

describe('a DaemonSet with ports of its node', () => {
  it('cannot surge, so nothing else is asked of it', () => {
    expect(ofDaemonSet({ rollingUpdate: { maxUnavailable: 1 } }, { hostNetwork: true })).toEqual([]);
    const surge = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    expect(ofDaemonSet(surge, { hostNetwork: true })).toEqual(['daemon-set-host-port-surge']);
  });
});

describe('a budget that allows what it should prevent', () => {
  const one = (spec: object, replicas = 2) =>
    broken(deployment({ spec: { replicas } }), service(), budget(spec));

  it.each([
    [{ minAvailable: 0 }, ['pdb-allows-all']],
    [{ minAvailable: '0%' }, ['pdb-allows-all']],
    [{ maxUnavailable: 2 }, ['pdb-allows-all']],
    [{ maxUnavailable: '51%' }, ['pdb-allows-all']],
    [{ maxUnavailable: '50%' }, []],
    [{ minAvailable: 1 }, []],
  ])('lets all of two pods go: %o', (spec, rules) => {
    expect(one(spec)).toEqual(rules);
  });

  it('says nothing of one pod, which the budget cannot keep', () => {
    expect(one({ maxUnavailable: 1 }, 1)).toEqual(['one-replica']);
  });
});

describe('a budget for two workloads', () => {
  const both = (spec: object) =>
    broken(
      deployment(),
      deployment({ name: 'api' }),
      service(),
      budget({ selector: { matchLabels: { part: 'shop' } }, ...spec }),
    );

  it('blocks only if no pod of either may go', () => {
    expect(both({ minAvailable: 2 })).toEqual(['pdb-selects-two']);
    expect(both({ minAvailable: 4 })).toEqual(['pdb-blocks', 'pdb-selects-two']);
  });

  it('is right for versions of one application behind the same Services', () => {
    const of = (name: string, labels: object) =>
      deployment({
        name,
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      });
    const versions = (labels: object, ...more: object[]) =>
      broken(
        of('web', { app: 'web', track: 'stable' }),
        of('next', { app: 'web', ...labels }),
        service(),
        budget(),
        ...more,
      ).filter((rule) => rule === 'pdb-selects-two');
    expect(versions({ track: 'canary' })).toEqual([]);
    expect(versions({ track: 'canary', part: 'other' })).toEqual(['pdb-selects-two']);
    const ofOne = service({ selector: { track: 'canary' } }, { name: 'next' });
    expect(versions({ track: 'canary' }, ofOne)).toEqual(['pdb-selects-two']);
  });

  it('does not count those of a DaemonSet, which a drain leaves alone', () => {
    const all = budget({ minAvailable: 1, selector: {} });
    expect(broken(deployment(), daemonSet({ name: 'agent' }), service(), all)).toEqual([]);
    expect(broken(daemonSet(), service(), budget(), budget({ maxUnavailable: 1 }, { name: 'all' }))).toEqual(
      [],
    );
  });
});

describe('a budget that lets no pod go', () => {
  const said = (...objects: object[]) =>
    checkObjects(...objects)
      .findings.filter(({ rule }) => rule === 'pdb-blocks')
      .map(({ path, what }) => `${path}: ${what}`);
  const pod = object('v1', 'Pod', { containers: [container] }, { labels: { app: 'web' } });
  const job = (annotations: object = {}) => {
    const template = { metadata: { labels: { app: 'web' } }, spec: { restartPolicy: 'Never' } };
    return object('batch/v1', 'Job', { template }, { annotations });
  };

  it('has no limit at all', () => {
    const none = 'spec: without minAvailable or maxUnavailable, no pod of Deployment web may go';
    expect(said(deployment(), budget({}))).toEqual([none]);
    expect(said(deployment(), budget({ maxUnavailable: null }))).toEqual([none]);
    expect(said(deployment({ spec: { replicas: 0 } }), budget({}))).toEqual([]);
    expect(said(daemonSet(), budget({}))).toEqual([]);
    expect(said(pod, budget({}))).toEqual([
      'spec: without minAvailable or maxUnavailable, no pod of Pod web may go',
    ]);
  });

  it.each([
    [{ maxUnavailable: 1 }, 'maxUnavailable'],
    [{ minAvailable: '50%' }, 'minAvailable'],
  ])('counts pods of which no workload says how many there are: %o', (limit, field) => {
    const uncounted = (owner: string) => [
      `spec.${field}: no pod of Deployment web may go, as how many ${owner} has is unknown; select others, or write minAvailable as a number`,
    ];
    expect(said(deployment(), job(), budget(limit))).toEqual(uncounted('Job web'));
    const all = budget({ ...limit, selector: {} });
    const agent = daemonSet({ name: 'agent' });
    expect(said(deployment(), agent, all)).toEqual([
      `spec.${field}: no pod of Deployment web and DaemonSet agent may go, as how many DaemonSet agent has is unknown; select others, or write minAvailable as a number`,
    ]);
    expect(said(pod, budget(limit))).toEqual([
      `spec.${field}: Pod web has no workload that says how many there are, so it may not go; write minAvailable as a number`,
    ]);
    expect(said(deployment(), pod, budget(limit))).toEqual([]);
    expect(said(agent, all)).toEqual([]);
  });

  it('does not if its limit is a number of pods, or the Job is a hook', () => {
    expect(said(deployment(), job(), budget({ minAvailable: 1 }))).toEqual([]);
    expect(said(pod, budget({ minAvailable: 1 }))).toEqual([]);
    expect(said(deployment(), job({ 'helm.sh/hook': 'pre-upgrade' }), budget())).toEqual([]);
  });
});

describe('what a Service sends to', () => {
  const part = { selector: { part: 'shop' } };
  const worker = deployment({
    name: 'worker',
    pod: { containers: [{ name: 'main', image: plain.image }] },
  });

  it('is not a pod without its named port', () => {
    expect(broken(deployment(), worker, service(part), budget())).toEqual([]);
  });

  it('is every pod for a port with a number', () => {
    const byNumber = { ...part, ports: [{ port: 80, targetPort: 8080 }] };
    expect(broken(deployment(), worker, service(byNumber), budget())).toEqual([
      'pdb-missing',
      'pre-stop-missing',
      'readiness-missing',
      'service-selects-two',
    ]);
  });

  it('may be several workloads behind a headless Service, whose clients can distinguish them', () => {
    const headless = service({ ...part, clusterIP: 'None', publishNotReadyAddresses: true });
    const all = budget({ maxUnavailable: 1 });
    const others = budget({ maxUnavailable: 1, selector: { matchLabels: { app: 'api' } } }, { name: 'api' });
    expect(broken(deployment(), deployment({ name: 'api' }), headless, all, others)).toEqual([]);
  });

  it('may be one pod of a StatefulSet', () => {
    const selector = { 'statefulset.kubernetes.io/pod-name': 'web-0' };
    const one = (more: object) => service({ selector: { ...selector, ...more } }, { name: 'web-0' });
    expect(broken(statefulSet(), service(), budget(), one({}))).toEqual([]);
    expect(broken(statefulSet(), service(), budget(), one({ app: 'web' }))).toEqual([]);
    expect(broken(statefulSet(), service(), budget(), one({ app: 'db' }))).toEqual([
      'service-selects-nothing',
    ]);
  });

  it('is the port itself where targetPort is 0', () => {
    expect(ofService({ ports: [{ port: 8080, targetPort: 0 }] })).toEqual([]);
  });
});

describe('pods that end by themselves', () => {
  const pod = {
    metadata: { labels: { app: 'web' } },
    spec: { restartPolicy: 'Never', containers: [{ name: 'test', image: plain.image }] },
  };
  const test = object('v1', 'Pod', pod.spec, { name: 'web-test', labels: { app: 'web' } });
  const cronJob = object('batch/v1', 'CronJob', { jobTemplate: { spec: { template: pod } } });
  const byNumber = service({ ports: [{ port: 80, targetPort: 8080 }] });

  it.each([
    ['a test', test],
    ['a CronJob', cronJob],
  ])('of %s get requests for a port with a number, and none for a name', (_kind, other) => {
    const atLeastOne = budget({ minAvailable: 1 });
    expect(broken(deployment(), byNumber, atLeastOne, other)).toEqual(['service-selects-job']);
    expect(broken(deployment(), service(), atLeastOne, other)).toEqual([]);
  });

  it('may have a Service of their own', () => {
    expect(broken(byNumber, cronJob)).toEqual([]);
  });
});

describe('backends', () => {
  const route = (ref: object) =>
    object('gateway.networking.k8s.io/v1', 'HTTPRoute', { rules: [{ backendRefs: [ref] }] });

  it.each([
    ['a port by its name', ingress('web', { name: 'http' }), []],
    ['a name of no port', ingress('web', { name: 'web' }), ['backend-port-missing']],
    ['an action of the AWS controller', ingress('redirect', { name: 'use-annotation' }), []],
    [
      'a default backend',
      ingress('web', { number: 80 }, { defaultBackend: { service: { name: 'shop' } } }),
      ['backend-service-missing'],
    ],
    ['a route', route({ name: 'web', port: 80 }), []],
    ['a route to no port', route({ name: 'web', port: 8080 }), ['backend-port-missing']],
    ['a route to something else', route({ kind: 'S3Bucket', group: 'example.com', name: 'shop' }), []],
    ['a route to a namespace that is not here', route({ name: 'shop', namespace: 'other', port: 80 }), []],
  ])('%s', (_what, backend, rules) => {
    expect(broken(deployment(), service(), budget(), backend)).toEqual(rules);
  });
});

describe('the time until a load balancer stops to send', () => {
  const nlb = 'service.beta.kubernetes.io/aws-load-balancer-';
  const azure = 'service.beta.kubernetes.io/azure-load-balancer-';
  const digitalOcean = 'service.beta.kubernetes.io/do-loadbalancer-';
  const local = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
  const spread = {
    labelSelector: { matchLabels: { app: 'web' } },
    whenUnsatisfiable: 'ScheduleAnyway',
    matchLabelKeys: ['pod-template-hash'],
  };
  const pod = {
    topologySpreadConstraints: [{ ...spread, topologyKey: 'kubernetes.io/hostname', maxSkew: 1 }],
  };
  const of = (spec: object, annotations: object, ...more: object[]) =>
    checkObjects(deployment({ pod }), service(spec, { annotations }), budget(), ...more).findings.map(
      ({ what }) => what,
    );
  const longer = (sender: string, seconds: number) => [
    `container main waits 15 s in preStop, and ${sender} may go on sending for ${seconds} s`,
  ];

  it.each([
    [
      { type: 'LoadBalancer' },
      { [`${nlb}type`]: 'external', [`${nlb}nlb-target-type`]: 'ip' },
      longer('the load balancer of AWS', 135),
    ],
    [{ type: 'LoadBalancer' }, { [`${nlb}type`]: 'external', [`${nlb}nlb-target-type`]: 'instance' }, []],
    [{ ...local, loadBalancerClass: 'service.k8s.aws/nlb' }, {}, longer('the load balancer of AWS', 95)],
    [
      { ...local, loadBalancerClass: 'service.k8s.aws/nlb' },
      { [`${nlb}healthcheck-interval`]: '5', [`${nlb}healthcheck-unhealthy-threshold`]: '2' },
      longer('the load balancer of AWS', 70),
    ],
    [
      local,
      { [`${azure}internal`]: 'true', [`${azure}health-probe-interval`]: '10' },
      longer('the load balancer of Azure', 45),
    ],
    [local, { [`${azure}internal`]: 'true' }, longer('the load balancer of Azure', 30)],
    [{ type: 'LoadBalancer' }, { [`${azure}internal`]: 'true' }, []],
    [local, { 'networking.gke.io/load-balancer-type': 'Internal' }, longer('the load balancer of GKE', 47)],
    [
      local,
      { [`${digitalOcean}healthcheck-response-timeout-seconds`]: '9' },
      longer('the load balancer of DigitalOcean', 36),
    ],
    [local, { 'metallb.io/address-pool': 'public' }, longer('MetalLB', 25)],
    [
      { ...local, loadBalancerClass: 'example.com/metallb' },
      { 'metallb.io/address-pool': 'public' },
      longer('MetalLB', 25),
    ],
    [local, { 'kube-vip.io/loadbalancerIPs': '192.0.2.10' }, longer('kube-vip', 23)],
    [local, {}, []],
  ])('%o %o', (spec, annotations, expected) => {
    expect(of(spec, annotations)).toEqual(expected);
  });

  it('is only that of the health checks which the annotations ask for, where another class is served', () => {
    const ofClass = { ...local, loadBalancerClass: 'example.com/edge' };
    const every = (seconds: string) => ({
      [`${digitalOcean}healthcheck-check-interval-seconds`]: seconds,
    });
    expect(of(ofClass, every('3'))).toEqual([]);
    expect(of(ofClass, every('4'))).toEqual(longer('the load balancer of DigitalOcean', 16));
  });

  it('is that of an Application Gateway for its Ingress', () => {
    const gateway = ingress('web', { number: 80 }, { ingressClassName: 'azure-application-gateway' });
    expect(of({}, {}, gateway)).toEqual(longer('the Application Gateway of Azure', 90));
  });

  it.each(['alb', 'gce'])(
    'is not known of the class %s, of which many numbers are published',
    (className) => {
      expect(of({}, {}, ingress('web', { number: 80 }, { ingressClassName: className }))).toEqual([]);
    },
  );

  it('is what the construct says of the ways to its pods', () => {
    const said = (text: string) => {
      const right = deployment({ pod });
      const metadata = { ...right.metadata, annotations: { 'zero-downtime/drain': text } };
      const workload = { ...right, metadata };
      return checkObjects(workload, service(), budget()).findings.map(({ what }) => what);
    };
    expect(said('at least 16 s behind a Gateway: 15 s of this + 1 s of that')).toEqual(
      longer('a Gateway', 16),
    );
    expect(said('at least 15 s behind a Gateway: 15 s of this')).toEqual([]);
    expect(said('by hand')).toEqual([]);
  });
});

describe('a readiness gate', () => {
  const gated = (conditionType: string) => deployment({ pod: { readinessGates: [{ conditionType }] } });
  const aws = gated('target-health.elbv2.k8s.aws/web');
  const ofNlb = { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' };

  it.each([
    ['of a load balancer, without one', [aws, service(), budget()], ['readiness-gate-unset']],
    ['of a load balancer, without a Service', [aws], ['readiness-gate-unset']],
    ['of a load balancer with its Service', [aws, service(ofNlb), budget()], []],
    ['of a load balancer with its Ingress', [aws, service(), budget(), ingress('web', { number: 80 })], []],
    ['of somebody else', [gated('example.com/warm'), service(), budget()], []],
  ])('%s', (_what, objects, rules) => {
    expect(broken(...objects)).toEqual(rules);
  });
});

describe('where pods may be', () => {
  const affinity = (values: string[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] },
          ],
        },
      },
    },
  });

  it.each([
    [{ nodeName: 'node-1' }, ['pinned-to-node']],
    [affinity(['node-1']), ['pinned-to-node']],
    [affinity(['node-1', 'node-2']), []],
    [{ nodeSelector: { pool: 'web' } }, []],
  ])('%o', (pod, rules) => {
    expect(ofDeployment({}, pod)).toEqual(rules);
  });

  const spread = {
    labelSelector: { matchLabels: { app: 'web' } },
    matchLabelKeys: ['pod-template-hash'],
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'DoNotSchedule',
  };
  it.each([
    [spread, ['spread-counts-drained-nodes']],
    [{ ...spread, nodeTaintsPolicy: 'Honor' }, []],
    [{ ...spread, whenUnsatisfiable: 'ScheduleAnyway' }, []],
    [{ ...spread, maxSkew: 2 }, []],
    [{ ...spread, topologyKey: 'topology.kubernetes.io/zone' }, []],
  ])('spread: %o', (constraint, rules) => {
    expect(ofDeployment({}, { topologySpreadConstraints: [constraint] })).toEqual(rules);
  });

  it.each<[object, string[]]>([
    [{}, ['anti-affinity-blocks-surge']],
    [{ namespaces: [] }, ['anti-affinity-blocks-surge']],
    [{ namespaceSelector: {} }, ['anti-affinity-blocks-surge']],
    [{ namespaces: ['shop', 'test'] }, ['anti-affinity-blocks-surge']],
    [{ namespaces: ['test'] }, []],
    [{ namespaceSelector: { matchLabels: { team: 'test' } } }, []],
    [
      { namespaceSelector: { matchLabels: { team: 'test' } }, namespaces: ['shop'] },
      ['anti-affinity-blocks-surge'],
    ],
  ])('away from pods of the namespaces %o', (namespaces, rules) => {
    const term = {
      labelSelector: { matchLabels: { app: 'web' } },
      topologyKey: 'kubernetes.io/hostname',
      ...namespaces,
    };
    const apart = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const shop = { namespace: 'shop' };
    const workload = deployment({ ...shop, pod: { affinity: apart } });
    expect(broken(workload, service({}, shop), budget(undefined, shop))).toEqual(rules);
  });

  it('internalTrafficPolicy: Local needs a pod on each node at any time', () => {
    const local = service({ internalTrafficPolicy: 'Local' });
    expect(broken(daemonSet(), local)).toEqual([]);
    expect(broken(daemonSet({ spec: { updateStrategy: {} } }), local)).toEqual([
      'daemon-set-dips',
      'internal-traffic-local',
    ]);
  });
});

describe('what an autoscaler scales', () => {
  const target = (kind: string, name: string) => autoscaler({ scaleTargetRef: { kind, name } });

  it.each([
    [target('StatefulSet', 'web'), ['hpa-target-missing']],
    [target('Rollout', 'shop'), []],
    [autoscaler({ scaleTargetRef: { kind: 'Deployment', name: 'shop' } }, { namespace: 'other' }), []],
  ])('%o', (hpa, rules) => {
    expect(broken(deployment(), service(), budget(), hpa)).toEqual(rules);
  });
});

describe('a field that has any value', () => {
  const objects = [
    deployment({ pod: { readinessGates: [{ conditionType: 'target-health.elbv2.k8s.aws/web' }] } }),
    statefulSet({ name: 'db', spec: { updateStrategy: { rollingUpdate: { partition: 1 } } } }),
    daemonSet({ name: 'agent', namespace: 'shop' }),
    service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' }, { annotations: { a: 'b' } }),
    budget(),
    autoscaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } }),
    ingress('web', { number: 80 }),
    object('gateway.networking.k8s.io/v1', 'HTTPRoute', { rules: [{ backendRefs: [{ name: 'web' }] }] }),
    object('batch/v1', 'Job', { template: { metadata: { labels: { app: 'web' } }, spec: {} } }),
    object('v1', 'Pod', { containers: [container] }, { labels: { app: 'web' } }),
  ];
  const content = objects.map((one) => JSON.stringify(one));

  /** Where something is written in an object. */
  const pathsOf = (value: unknown): (string | number)[][] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) => [
          [key],
          ...pathsOf(inner).map((path) => [key, ...path]),
        ]);

  const change = fc
    .nat({ max: objects.length - 1 })
    .chain((index) => fc.tuple(fc.constant(index), fc.constantFrom(...pathsOf(JSON.parse(content[index])))));
  const value = fc.constantFrom(null, 0, -1, 1.5, 1e300, '', 'web', '0%', '999%', true, [], {}, [null], [[]]);

  it('does not make the check fail', () => {
    fc.assert(
      fc.property(change, value, ([index, path], put) => {
        const changed = content.map((one) => JSON.parse(one) as object);
        const last = path[path.length - 1];
        const around = path.slice(0, -1).reduce<never>((inner, key) => inner[key], changed[index] as never);
        (around as Record<string | number, unknown>)[last] = put;
        const { objects: read, problems } = checkObjects(...changed);
        expect(read + problems.length).toBeGreaterThanOrEqual(objects.length);
      }),
    );
  });
});
