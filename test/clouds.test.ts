import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { check, parseManifests } from 'zero-downtime';
import {
  AwsTargetType,
  Drain,
  Exposure,
  ExternalTrafficPolicy,
  type LoadBalancerHealthCheckOptions,
  type LoadBalancerOptions,
} from '../src';
import { addWeb, type Manifest, messageOf, newChart, render, yamlOf } from './helpers';
import { numRuns, SEED } from './support/random';

const { seconds } = Duration;
const { IP, INSTANCE } = AwsTargetType;
const NUM_RUNS = numRuns(10);

/** A way to the pods. */
interface Way {
  readonly name: string;
  /** How long its pods have to drain at least; 1 s is what every pod needs. */
  readonly leastSeconds: number;
  readonly exposure: () => Exposure;
  /** Whether Service and Ingress tell of it, so that nobody has to know that the construct made them. */
  readonly told: boolean;
}

const LOCAL = { externalTrafficPolicy: ExternalTrafficPolicy.LOCAL };
const CLUSTER = { externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER };
const MANY = { healthCheckInterval: seconds(20), unhealthyThreshold: 4 };
const ASKED = { removalTime: seconds(20), additionTime: seconds(20) };

/** With both policies. */
function nodes(
  name: string,
  localSeconds: number,
  exposure: (options: LoadBalancerOptions) => Exposure,
  told = true,
): Way[] {
  return [
    { name: `${name}, Local`, leastSeconds: localSeconds, exposure: () => exposure(LOCAL), told },
    { name: `${name}, Cluster`, leastSeconds: 1, exposure: () => exposure(CLUSTER), told },
  ];
}

function ingress(className: string, leastSeconds: number, told: boolean): Way[] {
  const annotated = { ingressAnnotations: { 'kubernetes.io/ingress.class': className } };
  return [
    { name: `annotated ${className}`, leastSeconds, exposure: () => Exposure.ingress(annotated), told },
  ];
}

const WAYS: Record<Exposure['_factory'], Way[]> = {
  loadBalancer: [
    { name: 'any load balancer', leastSeconds: 1, exposure: Exposure.loadBalancer, told: true },
    ...['Local', 'Cluster'].map((policy) => ({
      name: `any load balancer with a removalTime, ${policy}`,
      leastSeconds: 35,
      exposure: () => Exposure.loadBalancer({ ...ASKED, ...(policy === 'Local' ? LOCAL : CLUSTER) }),
      told: false,
    })),
  ],
  nodePort: [
    { name: 'node port', leastSeconds: 1, exposure: Exposure.nodePort, told: true },
    ...['Local', 'Cluster'].map((policy) => ({
      name: `node port with a removalTime, ${policy}`,
      leastSeconds: 35,
      exposure: () => Exposure.nodePort({ ...ASKED, ...(policy === 'Local' ? LOCAL : CLUSTER) }),
      told: false,
    })),
  ],
  awsNlb: [
    {
      name: 'AWS, IP targets',
      leastSeconds: 135,
      exposure: () => Exposure.awsNlb({ targetType: IP, ...MANY }),
      told: true,
    },
    ...nodes('AWS, instance targets', 95, (options) => Exposure.awsNlb({ targetType: INSTANCE, ...options })),
    ...nodes('AWS, instance targets with its own health check', 155, (options) =>
      Exposure.awsNlb({ targetType: INSTANCE, ...MANY, ...options }),
    ),
  ],
  gke: [
    ...nodes('GKE', 47, Exposure.gke),
    ...nodes('GKE, internal', 47, (options) => Exposure.gke({ internalLoadBalancer: true, ...options })),
  ],
  azure: [
    ...nodes('Azure', 30, Exposure.azure),
    ...nodes('Azure with its own health check', 115, (options) => Exposure.azure({ ...MANY, ...options })),
  ],
  digitalOcean: [
    ...nodes('DigitalOcean', 32, Exposure.digitalOcean),
    ...nodes('DigitalOcean with its own health check', 120, (options) =>
      Exposure.digitalOcean({ ...MANY, ...options }),
    ),
  ],
  metalLb: [
    ...nodes('MetalLB', 25, Exposure.metalLb, false),
    ...nodes('MetalLB with a pool and a class', 25, (options) =>
      Exposure.metalLb({ addressPool: 'public', loadBalancerClass: 'example.com/metallb', ...options }),
    ),
  ],
  kubeVip: [
    ...nodes('kube-vip', 23, Exposure.kubeVip, false),
    ...nodes('kube-vip with an address and a class', 23, (options) =>
      Exposure.kubeVip({ addresses: ['192.0.2.10'], loadBalancerClass: 'kube-vip.io/class', ...options }),
    ),
  ],
  clusterIp: [{ name: 'ClusterIP', leastSeconds: 1, exposure: Exposure.clusterIp, told: true }],
  headless: [{ name: 'headless', leastSeconds: 45, exposure: Exposure.headless, told: false }],
  ingress: [
    { name: 'Ingress', leastSeconds: 1, exposure: Exposure.ingress, told: true },
    {
      name: 'Ingress with a removalTime',
      leastSeconds: 35,
      exposure: () => Exposure.ingress(ASKED),
      told: false,
    },
    ...ingress('azure-application-gateway', 90, true),
    ...ingress('azure/application-gateway', 90, true),
    ...ingress('alb', 70, false),
    ...ingress('gce', 120, false),
    ...ingress('gce-internal', 120, false),
  ],
  httpRoute: [
    {
      name: 'HTTPRoute',
      leastSeconds: 1,
      exposure: () => Exposure.httpRoute({ gateway: 'public' }),
      told: true,
    },
    {
      name: 'HTTPRoute with a removalTime',
      leastSeconds: 35,
      exposure: () => Exposure.httpRoute({ gateway: 'public', ...ASKED }),
      told: false,
    },
  ],
};

/** The manifests with this drain. */
function drained(exposure: Exposure, drainSeconds: number): Manifest[] {
  const chart = newChart();
  addWeb(chart, { exposure, drain: Drain.sleep(seconds(drainSeconds)) });
  return yamlOf(chart);
}

/** What the construct says when it refuses this drain. */
function refusal(exposure: Exposure, drainSeconds: number): string {
  return messageOf(() => drained(exposure, drainSeconds));
}

/** What check finds in these manifests about the wait in preStop, if it is that long. */
function findings(manifests: Manifest[], waitSeconds: number): string[] {
  const changed = structuredClone(manifests);
  const { spec } = changed.find(({ kind }) => kind === 'Deployment').spec.template;
  spec.containers[0].lifecycle.preStop.sleep.seconds = waitSeconds;
  const read = parseManifests('web.yaml', changed.map((each) => stringify(each)).join('---\n'));
  expect(read.problems).toEqual([]);
  return check(read)
    .findings.filter(({ rule }) => rule.startsWith('pre-stop-'))
    .map(({ rule }) => rule);
}

/** The same without what the construct says of itself. */
function asOfOthers(manifests: Manifest[]): Manifest[] {
  const others = structuredClone(manifests);
  delete others.find(({ kind }) => kind === 'Deployment').metadata.annotations;
  return others;
}

/** Construct and check take the same drain for the shortest that is enough. */
function expectSame(exposure: Exposure, leastSeconds: number, told: boolean): void {
  const manifests = drained(exposure, leastSeconds);
  const less = leastSeconds - 1;
  expect(refusal(exposure, less)).toContain(less === 0 ? 'drain = 0 s' : `for up to ${leastSeconds} s`);
  const finding = [less === 0 ? 'pre-stop-missing' : 'pre-stop-too-short'];
  for (const each of told ? [manifests, asOfOthers(manifests)] : [manifests]) {
    expect(findings(each, leastSeconds)).toEqual([]);
    expect(findings(each, less)).toEqual(finding);
  }
}

describe('the shortest drain that the construct accepts is the shortest that check is content with', () => {
  test.each(Object.values(WAYS).flat())('$name: $leastSeconds s', ({ exposure, leastSeconds, told }) => {
    expectSame(exposure(), leastSeconds, told);
  });

  test.each(Object.values(WAYS).flat())('$name: the default is enough', ({ exposure }) => {
    const { container } = render({ exposure: exposure() });
    const { seconds: waited } = container.lifecycle.preStop.sleep;
    expect(findings(drained(exposure(), waited), waited)).toEqual([]);
  });

  test('for every method of Exposure', () => {
    const methods = Object.getOwnPropertyNames(Exposure).filter(
      (name) => typeof Exposure[name as keyof typeof Exposure] === 'function',
    );
    expect(Object.keys(WAYS).sort()).toEqual(methods.sort());
  });
});

describe(`whatever health check is asked for (seed ${SEED})`, () => {
  type Asked = LoadBalancerHealthCheckOptions & LoadBalancerOptions;
  const CLOUDS: [string, (asked: Asked) => Exposure, actingSeconds: number, shortestInterval: number][] = [
    ['AWS', (asked) => Exposure.awsNlb({ targetType: INSTANCE, ...asked }), 40, 5],
    ['Azure', Exposure.azure, 0, 5],
    ['DigitalOcean', Exposure.digitalOcean, 5, 3],
  ];

  test.each(CLOUDS)('%s: both reckon the same', (_, exposure, actingSeconds, shortestInterval) => {
    fc.assert(
      fc.property(
        // Azure accepts less than 120 s altogether.
        fc.integer({ min: shortestInterval, max: 11 }),
        fc.integer({ min: 2, max: 10 }),
        (interval, failures) => {
          const asked = {
            ...LOCAL,
            healthCheckInterval: seconds(interval),
            unhealthyThreshold: failures,
          };
          expectSame(exposure(asked), 15 + interval * (failures + 1) + actingSeconds, true);
        },
      ),
      { seed: SEED, numRuns: NUM_RUNS },
    );
  });
});
