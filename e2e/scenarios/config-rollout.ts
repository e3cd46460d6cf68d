import { waitFor } from '../cluster/wait';
import type { Manifests } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';
import { SCENARIO_TIMEOUTS } from '../timeouts';
import type { ScenarioWorld } from '../proof/scenario-world';
import { configured } from './services';

const PODS = { replicas: 4 };
const REPLACED_AND_UNDONE = 'an old pod replaced in the middle, then undone';

/** The image stays, the configuration changes. */
export const configRollout: Scenario = {
  id: 'config-rollout',
  name: `a changed setting, ${REPLACED_AND_UNDONE}`,
  kind: 'ours',
  given: () => configured(1, PODS),
  when: async (world) => changeAndUndo(world, await configured(2, PODS)),
};

/** The same with a tool that deletes what is no longer in the manifests. */
export const configPruned: Scenario = {
  id: 'config-pruned',
  name: `a changed setting with a pruning tool, ${REPLACED_AND_UNDONE}`,
  kind: 'ours',
  given: async () => (await configured(1, PODS)).plus(LEFT_OVER),
  when: async (world) => changeAndUndo(world, await configured(2, PODS), prune),
};

async function changeAndUndo(
  world: ScenarioWorld,
  changed: Manifests,
  afterApply?: (world: ScenarioWorld, manifests: Manifests) => Promise<void>,
): Promise<void> {
  const deployment = `deployment/${world.service}`;
  const oldPods = await stayingPods(world);
  await world.apply(changed, 'setting');
  await afterApply?.(world, changed);
  await world.podsUpdated(2);
  // Otherwise the rollout would be over before the old pod is replaced.
  await world.step('pause', () => world.kubectl('rollout', 'pause', deployment));
  await replaceOldPod(world, oldPods);
  await world.step('resume', () => world.kubectl('rollout', 'resume', deployment));
  await world.rolloutComplete('setting');
  await allServe(world, 2);
  await world.step('undo', () => world.kubectl('rollout', 'undo', deployment));
  await world.rolloutComplete('undo');
  await allServe(world, 1);
}

/** Deletes an old pod. Its ReplicaSet creates another one, which has to serve with the old configuration. */
async function replaceOldPod(world: ScenarioWorld, oldPods: readonly string[]): Promise<void> {
  const old = (await stayingPods(world)).find((pod) => oldPods.includes(pod));
  if (old === undefined) {
    throw new Error('no old pod was left in the middle of the rollout');
  }
  const replicaSetPrefix = old.slice(0, old.lastIndexOf('-') + 1);
  await world.step('delete an old pod', () => world.kubectl('delete', 'pod', old, '--wait=false'));
  let replacement = '';
  await waitFor('a new pod in place of the old one', SCENARIO_TIMEOUTS.available, async () => {
    const isReplacement = (pod: string) => pod.startsWith(replicaSetPrefix) && !oldPods.includes(pod);
    replacement = (await stayingPods(world)).find(isReplacement) ?? '';
    return replacement !== '';
  });
  await world.kubectl(
    'wait',
    `pod/${replacement}`,
    '--for=condition=Ready',
    `--timeout=${SCENARIO_TIMEOUTS.available}s`,
  );
  await serves(world, replacement, 1);
}

async function allServe(world: ScenarioWorld, version: 1 | 2): Promise<void> {
  for (const pod of await stayingPods(world)) {
    await serves(world, pod, version);
  }
}

/** The application logs at its start which version it is configured to be. */
async function serves(world: ScenarioWorld, pod: string, version: 1 | 2): Promise<void> {
  const log = await world.kubectl('logs', pod);
  if (!log.includes(`version ${version} listens`)) {
    throw new Error(`${pod} does not have the configuration of version ${version}, it says: ${log}`);
  }
}

/** Their names. */
async function stayingPods(world: ScenarioWorld): Promise<string[]> {
  return (await world.stayingPods()).map(({ metadata }) => metadata.name);
}

const APP = { 'app.kubernetes.io/instance': 'myapp' };

/** Belongs to the application, is not in the manifests of version 2 and has no annotation that keeps it. */
const LEFT_OVER = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'left-over', labels: APP } };

/** What keeps an object from being pruned: by Argo CD, and by Flux. */
const KEEP = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** Deletes the application's ConfigMaps that are in no manifest, unless both tools would keep them. */
async function prune(world: ScenarioWorld, manifests: Manifests): Promise<void> {
  const [[label, value]] = Object.entries(APP);
  const found = await world.kubectl('get', 'configmaps', '--selector', `${label}=${value}`, '--output=json');
  const applied = manifests.toYaml();
  const pruned: string[] = [];
  for (const { metadata } of JSON.parse(found).items) {
    const annotations = metadata.annotations ?? {};
    const isKept = Object.entries(KEEP).every(([name, keep]) => annotations[name] === keep);
    if (isKept || applied.includes(`name: ${metadata.name}\n`)) {
      continue;
    }
    await world.step(`prune ${metadata.name}`, () => world.kubectl('delete', 'configmap', metadata.name));
    pruned.push(metadata.name);
  }
  if (pruned.join() !== LEFT_OVER.metadata.name) {
    throw new Error(
      `only ${LEFT_OVER.metadata.name} should have been pruned, but these were: ${pruned.join()}`,
    );
  }
}
