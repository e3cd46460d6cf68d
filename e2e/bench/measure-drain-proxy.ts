import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment, type Environment } from '../../bench/environment';
import type { Client, Cluster } from '../cluster/cluster';
import type { Progress } from '../cluster/progress';
import { run } from '../cluster/shell';
import { Load } from '../load/load';
import { FULL_LOAD } from '../load/profile';
import type { Manifests } from '../manifests/manifests';
import { cleanUp } from '../proof/clean-up';
import { deploy } from '../proof/deploy';
import { World } from '../proof/world';
import { drainProxy, quickMyapp } from '../scenarios/services';
import { SCENARIO_TIMEOUTS } from '../timeouts';
import { type CpuSeconds, cpuSeconds } from './cpu';

const ROUNDS = 5;
const SECONDS = 10;
/** Half of what two cores can do, so that waiting for a core does not decide the result. */
const LOAD = { ...FULL_LOAD, rate: 300, slowRate: 0 };
const WORKERS = 32;

/** The two sides of the comparison. */
export const SIDES = ['without', 'with'] as const;
export type Side = (typeof SIDES)[number];

/** One round of one side. */
export interface Sample {
  /** Milliseconds, requests on connections of their own. */
  readonly newP50: number;
  readonly newP99: number;
  /** Milliseconds, requests on kept connections. */
  readonly keptP50: number;
  readonly keptP99: number;
  /** Requests a second that as many workers as {@link WORKERS} get answered on kept connections. */
  readonly getThroughput: number;
  readonly postThroughput: number;
  /** Microseconds of CPU that the pods' containers used for each of them, and the proxy's share. */
  readonly getCpu: number;
  readonly getProxyCpu: number;
  readonly postCpu: number;
  readonly postProxyCpu: number;
  /** Seconds from the deletion of a pod until it is gone. */
  readonly terminationSeconds: number;
}

/** Everything that was measured. */
export interface DrainProxyResult {
  readonly environment: Environment;
  readonly rounds: number;
  readonly load: { readonly rate: number; readonly connections: number };
  readonly workers: number;
  readonly samples: Readonly<Record<Side, readonly Sample[]>>;
  /** MiB of the proxy's container after all rounds, the largest of the pods. */
  readonly proxyMebibytes: number;
}

interface Service {
  readonly manifests: Manifests;
  readonly world: World;
  readonly url: string;
}

/** Measures the two sides by turns, so that other work of the machine affects both. */
export async function measureDrainProxy(
  cluster: Cluster,
  vegeta: string,
  progress: Progress,
): Promise<DrainProxyResult> {
  const where = environment();
  const services = {
    without: await start(cluster, 'without', await quickMyapp(1)),
    with: await start(cluster, 'with', await drainProxy(1)),
  };
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-bench-'));
  const samples: Record<Side, Sample[]> = { without: [], with: [] };
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      for (const side of SIDES) {
        const sample = () => measure(cluster, vegeta, services[side], join(folder, `${side}.json`));
        samples[side].push(await progress.step(`round ${round} of ${ROUNDS}, ${side} the proxy`, sample));
      }
    }
    const proxyMebibytes = await progress.step('memory of the proxy', () => memory(services.with.world));
    return {
      environment: where,
      rounds: ROUNDS,
      load: { rate: LOAD.rate, connections: LOAD.connections },
      workers: WORKERS,
      samples,
      proxyMebibytes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cleanUp(cluster);
  }
}

async function start(cluster: Cluster, side: Side, manifests: Manifests): Promise<Service> {
  const namespace = `bench-${side}-${Date.now().toString(36)}`;
  const world = new World(cluster, namespace, SCENARIO_TIMEOUTS);
  return { manifests, world, url: await deploy(world, manifests) };
}

async function measure(cluster: Cluster, vegeta: string, service: Service, file: string): Promise<Sample> {
  await cluster.flushConntrack();
  const load = await Load.start(service.url, cluster.client, LOAD, file);
  await sleep(SECONDS * 1000);
  const { verdict, reasons, streams } = await load.stop();
  if (verdict !== 'none-failed') {
    throw new Error(`a request failed without a change: ${reasons.join('; ')}`);
  }
  const latency = (name: string) => streams.find((stream) => stream.name === name)!.latencyMs;
  const get = await fullLoad(vegeta, service, cluster.client, 'GET');
  const post = await fullLoad(vegeta, service, cluster.client, 'POST');
  return {
    newP50: latency('new').p50,
    newP99: latency('new').p99,
    keptP50: latency('keep-alive').p50,
    keptP99: latency('keep-alive').p99,
    getThroughput: get.perSecond,
    getCpu: get.cpu,
    getProxyCpu: get.proxyCpu,
    postThroughput: post.perSecond,
    postCpu: post.cpu,
    postProxyCpu: post.proxyCpu,
    terminationSeconds: await termination(service),
  };
}

/** What a fixed number of workers get answered, each of which sends again as soon as it has an answer, and its CPU. */
async function fullLoad(
  vegeta: string,
  { url, world }: Service,
  { namespace }: Client,
  method: 'GET' | 'POST',
): Promise<{ perSecond: number; cpu: number; proxyCpu: number }> {
  const before = await cpuSeconds(world);
  const prefix = namespace ? `ip netns exec ${namespace} ` : '';
  const attack = `${prefix}${vegeta} attack -rate=0 -max-workers=${WORKERS} -duration=${SECONDS}s`;
  const report = await run('sh', ['-c', `${attack} | ${vegeta} report -type=json`], {
    input: `${method} ${url}\n`,
  });
  const { requests, throughput, success } = JSON.parse(report) as {
    requests: number;
    throughput: number;
    success: number;
  };
  if (success !== 1) {
    throw new Error(`${((1 - success) * 100).toFixed(3)} % of vegeta's requests failed`);
  }
  const after = await cpuSeconds(world);
  const perRequest = (part: keyof CpuSeconds) => ((after[part] - before[part]) * 1e6) / requests;
  return { perSecond: throughput, cpu: perRequest('all'), proxyCpu: perRequest('proxy') };
}

async function termination({ manifests, world }: Service): Promise<number> {
  const pods = await world.kubectl('get', 'pods', '--selector', manifests.selector, '--output=name');
  const begin = Date.now();
  await world.kubectl('delete', pods.split('\n')[0], '--wait=true');
  const seconds = (Date.now() - begin) / 1000;
  await world.rolledOut(`deployment/${manifests.name}`);
  return seconds;
}

/** From metrics-server, which asks the kubelets every 15 s. */
async function memory({ cluster, namespace }: World): Promise<number> {
  await sleep(20_000);
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`;
  const { items } = JSON.parse(await cluster.kubectl(['get', '--raw', path])) as {
    items: { containers: { name: string; usage: { memory: string } }[] }[];
  };
  const used = items
    .flatMap(({ containers }) => containers.filter(({ name }) => name === 'drain-proxy'))
    .map(({ usage }) => parseInt(usage.memory) / 1024);
  if (used.length === 0) {
    throw new Error("metrics-server has no metrics of the proxy's container");
  }
  return Math.max(...used);
}
