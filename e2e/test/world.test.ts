import { describe, expect, it } from 'vitest';
import type { Cluster } from '../cluster/cluster';
import { CommandError } from '../cluster/shell';
import { deploy } from '../proof/deploy';
import { World } from '../proof/world';
import { Refused, Stuck } from '../rules/harm';
import { drainNode, evictWeb } from '../rules/events';
import { kubectlName, objectFor } from '../rules/objects';
import { TrialWorld } from '../rules/trial-world';
import { Manifests } from '../manifests/manifests';
import { SCENARIO_TIMEOUTS } from '../timeouts';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec: { containers: [{ name: 'main', env: [{ name: 'A', value: '1' }] }] } } },
};
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: {} };

/** A cluster on which kubectl gives prepared answers, by a part of the command, and which remembers what it was asked. */
function fakeCluster(answers: Record<string, string | Error> = {}) {
  const commands: string[] = [];
  const kubectl = async (args: string[]) => {
    const command = args.join(' ').replace('--namespace shop ', '');
    commands.push(command);
    const [, answer = ''] = Object.entries(answers).find(([part]) => command.includes(part)) ?? [];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  return { cluster: { kubectl, imagePrefix: '' } as Cluster, commands };
}

function podList(...pods: { name: string; node?: string; leaving?: true }[]): string {
  const items = pods.map(({ name, node, leaving }) => ({
    metadata: { name, ...(leaving && { deletionTimestamp: '2026-11-27T00:00:00Z' }) },
    spec: { nodeName: node },
    status: {},
  }));
  return JSON.stringify({ items });
}

describe('a namespace of the proof', () => {
  it('waits for the pods that are being deleted, and for no other', async () => {
    const pods = podList({ name: 'a', leaving: true }, { name: 'b' }, { name: 'c', leaving: true });
    const { cluster, commands } = fakeCluster({ 'get pods': pods });
    await new World(cluster, 'shop', SCENARIO_TIMEOUTS).podsGone();
    expect(commands.slice(1)).toEqual(['wait --for=delete pod/a pod/c --timeout=150s']);
  });

  it('has each node once, and only those of pods that stay', async () => {
    const pods = podList(
      { name: 'a', node: 'one' },
      { name: 'b', node: 'one' },
      { name: 'c', node: 'two', leaving: true },
      { name: 'd' },
    );
    const { cluster } = fakeCluster({ 'get pods': pods });
    expect(await new World(cluster, 'shop', SCENARIO_TIMEOUTS).nodes()).toEqual(['one']);
  });

  it('is given up when the first rollout in it fails', async () => {
    const { cluster, commands } = fakeCluster({ 'rollout status': new CommandError('timed out') });
    const world = new World(cluster, 'shop', SCENARIO_TIMEOUTS);
    await expect(deploy(world, new Manifests([deployment, service]))).rejects.toThrow('timed out');
    expect(commands.at(-1)).toBe('rollout status deployment/web --timeout=120s');
  });
});

describe('the namespace of a trial', () => {
  const trialWorld = (cluster: Cluster) => new TrialWorld(cluster, 'shop', []);

  it('deletes what the new manifests no longer have', async () => {
    const { cluster, commands } = fakeCluster();
    const world = trialWorld(cluster);
    await world.apply([deployment, service]);
    await world.apply([service]);
    expect(commands).toEqual([
      'apply --filename -',
      'apply --filename -',
      'delete --wait=false --ignore-not-found deployment.apps/web',
    ]);
  });

  it('tells a refusal of the API server from other errors', async () => {
    const said =
      'kubectl apply failed (1): The Service "web" is invalid: spec.clusterIP:\n  field is immutable';
    const refusing = fakeCluster({ apply: new CommandError(said) });
    const refusal = trialWorld(refusing.cluster).apply([service]);
    await expect(refusal).rejects.toThrow(
      new Refused('The Service "web" is invalid: spec.clusterIP: field is immutable'),
    );
    const broken = fakeCluster({ apply: new CommandError('connection refused') });
    const failure = trialWorld(broken.cluster).apply([service]);
    await expect(failure).rejects.toThrow(new CommandError('connection refused'));
  });

  it('says which rollout does not come to its end', async () => {
    const timedOut = new CommandError('kubectl failed (1): error: timed out waiting for the condition');
    const { cluster } = fakeCluster({ 'rollout status': timedOut });
    const world = trialWorld(cluster);
    await world.apply([deployment]);
    await expect(world.complete()).rejects.toThrow(
      new Stuck('after at most 90 s, rollout of deployment.apps/web: timed out waiting for the condition'),
    );
  });

  it('gets its node back when the drain does not come to its end', async () => {
    const { cluster, commands } = fakeCluster({
      'get pods': podList({ name: 'a', node: 'one' }),
      'drain one': new CommandError('kubectl failed (1): error: global timeout reached: 1m30s'),
    });
    await expect(drainNode(trialWorld(cluster))).rejects.toThrow(
      new Stuck('drain: global timeout reached: 1m30s'),
    );
    expect(commands.slice(1)).toEqual([
      'label node one zero-downtime.test/drained=',
      'drain one --ignore-daemonsets --delete-emptydir-data --force --pod-selector=app --timeout=90s',
      'uncordon one',
      'label node one zero-downtime.test/drained-',
    ]);
  });

  it('evicts the pods of one application', async () => {
    const { cluster, commands } = fakeCluster({ 'get pods': podList({ name: 'a' }, { name: 'b' }) });
    await evictWeb(trialWorld(cluster));
    expect(commands.slice(0, 3)).toEqual([
      'get pods --output=json --selector=app=web',
      'create --raw /api/v1/namespaces/shop/pods/a/eviction --filename -',
      'create --raw /api/v1/namespaces/shop/pods/b/eviction --filename -',
    ]);
  });
});

describe('objects of a rule', () => {
  it('are named as kubectl names them', () => {
    expect([deployment, service].map(kubectlName)).toEqual(['deployment.apps/web', 'service/web']);
  });

  it('get the namespace and the environment of a trial, and stay what they were themselves', () => {
    const original = { ...deployment, metadata: { name: 'web', namespace: 'theirs' } };
    const before = structuredClone(original);
    const { metadata, spec } = objectFor('shop', { A: '2', B: '3' }, original);
    expect(metadata.namespace).toBe('shop');
    expect(spec.template.spec.containers[0].env).toEqual([
      { name: 'A', value: '2' },
      { name: 'B', value: '3' },
    ]);
    expect(original).toEqual(before);
  });

  it('are found again by a label when they are in no namespace', () => {
    const priorityClass = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'x' },
    };
    expect(objectFor('shop', {}, priorityClass).metadata.labels).toEqual({ 'zero-downtime.test/proof': '' });
  });
});
