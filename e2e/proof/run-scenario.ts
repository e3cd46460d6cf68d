import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeResult } from 'zero-downtime';
import { currentCommit } from '../../figures/commit';
import type { Capability, Cluster } from '../cluster/cluster';
import { FULL_LOAD, type LoadProfile } from '../load/profile';
import { SCENARIO_TIMEOUTS } from '../timeouts';
import { cleanUp } from './clean-up';
import { deploy } from './deploy';
import { type Judgement, judge } from './judge';
import type { Scenario } from './scenario';
import { ScenarioWorld } from './scenario-world';
import type { Speed } from './speed';
import { underLoad } from './under-load';
import { World } from './world';

/** A scenario with what it showed. */
export interface ScenarioResult extends Judgement {
  readonly id: string;
  readonly name: string;
  readonly kind: Scenario['kind'];
  /** Commit of the library and of the proof. */
  readonly commit: string;
  readonly seconds: number;
  readonly load: LoadProfile;
  readonly speed?: Speed;
  /** The measurement; none if the scenario was skipped or did not get as far. */
  readonly measured?: ProbeResult;
}

const NOTHING_COUNTED = { requests: 0, failed: 0, keepAliveRequests: 0, keepAliveFailed: 0 };

/**
 * Runs one scenario in a namespace of its own and judges it, once.
 * @param folder where the measurement is written
 * @param logs where the logs of the cluster go when the scenario did not hold
 */
export async function runScenario(
  scenario: Scenario,
  cluster: Cluster,
  folder: string,
  logs: string,
): Promise<ScenarioResult> {
  const commit = currentCommit();
  const begin = Date.now();
  const profile = { ...FULL_LOAD, ...scenario.load };
  const load = { ...profile, rate: Math.min(profile.rate, cluster.client.mostConnections ?? Infinity) };

  const done = (judgement: Judgement, speed?: Speed, measured?: ProbeResult): ScenarioResult => ({
    id: scenario.id,
    name: scenario.name,
    kind: scenario.kind,
    commit,
    ...judgement,
    seconds: Math.round((Date.now() - begin) / 1000),
    load,
    speed,
    measured,
  });

  const needs: Capability[] = ['test-images', ...(scenario.needs ?? [])];
  const reason = needs.map((need) => cluster.reasonAgainst(need)).find((found) => found);
  if (reason) {
    return done({ outcome: 'skipped', reason, ...NOTHING_COUNTED });
  }
  const namespace = `proof-${Date.now().toString(36)}`;
  let result: ScenarioResult;
  try {
    if (cluster.can('switch-proxy-mode')) {
      await cluster.switchProxyMode(scenario.proxyMode ?? 'iptables');
    }
    const { judgement, speed, measured } = await measure(scenario, load, cluster, namespace, folder);
    result = done(judgement, speed, measured);
  } catch (error) {
    result = done({ outcome: 'void', reason: (error as Error).message, ...NOTHING_COUNTED });
  }
  if (result.outcome !== 'held') {
    await keepLogs(cluster, logs);
  }
  await cleanUp(cluster);
  return result;
}

/** Collects logs. If that fails, the verdict stays what it is. */
async function keepLogs(cluster: Cluster, folder: string): Promise<void> {
  await cluster.collectLogs(folder).catch((error: Error) => {
    writeFileSync(`${folder}-incomplete.txt`, error.message);
  });
}

async function measure(
  scenario: Scenario,
  profile: LoadProfile,
  cluster: Cluster,
  namespace: string,
  folder: string,
) {
  const manifests = await scenario.given();
  const world = new World(cluster, namespace, SCENARIO_TIMEOUTS);
  const url = await deploy(world, manifests, scenario.podSecurity);
  await cluster.flushConntrack();
  const target = { url, client: cluster.client, profile };
  const file = join(folder, `${scenario.id}.json`);
  const {
    measured,
    changeAtMs,
    returned: speed,
  } = await underLoad(world, target, file, async (load) => {
    const changed = new ScenarioWorld(cluster, namespace, manifests, load);
    await scenario.when(changed);
    await changed.podsGone();
    return changed.speed;
  });
  return { judgement: judge(scenario, measured, changeAtMs, speed), speed, measured };
}
