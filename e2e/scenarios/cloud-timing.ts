import { LOAD_BALANCERS } from '../../src/private/clouds';
import type { HealthCheck, Setting } from '../../src/private/clouds/cloud';
import { PROXIED } from '../loadbalancer/service';
import { type Change, Manifests } from '../manifests/manifests';
import { EXCLUDED_LABEL, EXCLUDED_VALUE } from '../proof/clean-up';
import type { Scenario } from '../proof/scenario';
import type { ScenarioWorld } from '../proof/scenario-world';
import { cdk8sPlus } from './control-cdk8s-plus';

/** How a cloud's load balancer checks and deregisters its targets, as published: docs/guide/exposure.md. */
interface Cloud {
  readonly name: string;
  /** Chart of `examples/exposure`, whose drain and minReady are those that our construct computes. */
  readonly chart: string;
  readonly intervalSeconds: number;
  readonly fall: number;
  readonly rise: number;
  readonly deregistrationSeconds: number;
}

const { awsNlb, azure, digitalOcean, gke } = LOAD_BALANCERS;

const CLOUDS: Cloud[] = [
  { name: 'DigitalOcean', chart: 'digital-ocean', ...timingOf(digitalOcean) },
  { name: 'Azure', chart: 'azure', ...timingOf(azure) },
  { name: 'GKE', chart: 'gke', ...timingOf(gke) },
  { name: 'AWS', chart: 'aws-nlb-instance', ...timingOf(awsNlb) },
];

function timingOf({
  nodes: { healthCheck },
  deregistration,
}: {
  nodes: { healthCheck: HealthCheck };
  deregistration: Setting;
}): Omit<Cloud, 'name' | 'chart'> {
  return {
    intervalSeconds: healthCheck.interval.default,
    fall: healthCheck.unhealthyThreshold.default,
    rise: healthCheck.healthyThreshold.default,
    deregistrationSeconds: deregistration.default,
  };
}

/**
 * Changes in which the timing of a load balancer that sends to nodes matters, each as our construct makes it and
 * as cdk8s-plus-27 does by itself.
 *
 * With `Cluster` the load balancer sends to any node and kube-proxy to any ready pod, so it never has to notice
 * what the pods do. With `Local` it goes on sending to a node that has lost its last ready pod until its health
 * checks have failed: only a pod that still serves there can answer.
 */
export const cloudTiming: Scenario[] = CLOUDS.flatMap((cloud) => [
  ...(['ours', 'control'] as const).map((kind) => rollout(cloud, kind)),
  // GKE has Azure's deregistration.
  ...(cloud.name === 'GKE' ? [] : (['ours', 'control'] as const).map((kind) => nodeLeaves(cloud, kind))),
]);

function rollout(cloud: Cloud, kind: 'ours' | 'control'): Scenario {
  const { name, intervalSeconds, fall, rise } = cloud;
  return {
    ...base(cloud, kind),
    id: idOf('rollout-behind', cloud, kind),
    name: `${manifestOf(kind)}rollout 1 to 2 behind ${name}'s timing: a check every ${intervalSeconds} s, ${fall} bad or ${rise} good ones decide`,
    when: async (world) => world.rollOut(await service(cloud, kind, '2'), 'version 2'),
  };
}

function nodeLeaves(cloud: Cloud, kind: 'ours' | 'control'): Scenario {
  const { name, deregistrationSeconds } = cloud;
  return {
    ...base(cloud, kind),
    id: idOf('node-leaves', cloud, kind),
    name: `${manifestOf(kind)}a node leaves ${name}'s load balancer and is emptied, deregistration ${deregistrationSeconds} s`,
    when: (world) => deregisterAndDrain(world, deregistrationSeconds),
  };
}

function base(cloud: Cloud, kind: 'ours' | 'control'): Omit<Scenario, 'id' | 'name' | 'when'> {
  return {
    kind,
    needs: ['load-balancer-classes'],
    given: () => service(cloud, kind, '1'),
    // cdk8s-plus-27 breaks the restricted standard, and connections to a node without a pod hang until they time out.
    ...(kind === 'control' && ({ podSecurity: 'privileged', load: { rate: 200 } } as const)),
  };
}

function idOf(change: string, { name }: Cloud, kind: 'ours' | 'control'): string {
  const id = `${change}-${name.toLowerCase()}`;
  return kind === 'control' ? `control-${id}` : id;
}

function manifestOf(kind: 'ours' | 'control'): string {
  return kind === 'control' ? 'defaults of cdk8s-plus-27: ' : '';
}

async function service(cloud: Cloud, kind: 'ours' | 'control', version: '1' | '2'): Promise<Manifests> {
  const { chart, intervalSeconds, fall, rise, deregistrationSeconds } = cloud;
  const manifests = kind === 'control' ? cdk8sPlus(version) : await Manifests.of('exposure', chart);
  const change: Change = {
    image: `jahongirr/myapp:${version}`,
    env: kind === 'ours' ? { START_DELAY: '3s', PORT: '8080' } : { START_DELAY: '3s' },
    loadBalancerClass: PROXIED,
    externalTrafficPolicy: 'Local',
    serviceAnnotations: {
      'zero-downtime.test/health-interval': `${intervalSeconds}s`,
      'zero-downtime.test/health-fall': String(fall),
      'zero-downtime.test/health-rise': String(rise),
      'zero-downtime.test/deregistration-delay': `${deregistrationSeconds}s`,
    },
  };
  return manifests.with(change);
}

/** What an autoscaler of nodes does, until the load balancer has closed the last connection to the node. */
async function deregisterAndDrain(world: ScenarioWorld, deregistrationSeconds: number): Promise<void> {
  const [node] = await world.nodes();
  const begin = Date.now();
  await world.step(`${node} leaves the load balancer`, () =>
    world.kubectl('label', 'node', node, `${EXCLUDED_LABEL}=${EXCLUDED_VALUE}`),
  );
  await world.empty(node);
  const rest = deregistrationSeconds - (Date.now() - begin) / 1000;
  await world.hold('connections to it are closed', Math.max(rest, 0) + 2);
  await world.bringBack(node);
  await world.kubectl('label', 'node', node, `${EXCLUDED_LABEL}-`);
}
