import { setTimeout as sleep } from 'node:timers/promises';
import { App, Chart } from 'cdk8s';
import { ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';
import { parseAllDocuments } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProbeRun, startProbe } from 'zero-downtime';
import { waitFor } from '../cluster/wait';
import { type Installed, install } from './install';
import { Network } from './network';
import { Pod } from './pod';
import { prepared, type Server, unprepared } from './servers';

/** As far away as a client on the same continent: the time each way, in which a request can miss the end of a connection. */
const DISTANCE_MS = 50;
/** Connections with a request four times a second each, and connections that are nearly always waiting for an answer. */
const QUICK = { rate: 0, connections: 20, keepAliveIntervalMs: 250 };
const SLOW = { rate: 0, connections: 5, keepAliveIntervalMs: 2500 };

const { drainMs, budgetMs } = termination();
const results: Record<string, Result> = {};
let installed: Installed;
let other: Pod;

beforeAll(async () => {
  installed = await install();
  other = await Pod.start(prepared(installed)['Go net/http'].command);
});
afterAll(() => {
  other?.kill();
  console.table(results);
});

/** What became of the clients of a pod that had to go. */
interface Result {
  readonly sent: number;
  readonly failed: number;
  readonly why: string;
  /** Connections that the pod still had when its drain was over. */
  readonly kept: number;
  /** Seconds from the signal to the end; nothing when it had to be killed. */
  readonly seconds?: number;
}

/** Takes a pod away under load, as the kubelet does. */
async function takeAway({ command, signal = 'SIGTERM' }: Server): Promise<Result> {
  const pod = await Pod.start(command);
  const network = await Network.to(pod.port, DISTANCE_MS);
  const load = await Promise.all([
    startProbe({ ...QUICK, url: network.url, durationMs: 100_000 }),
    startProbe({ ...SLOW, url: `${network.url}slow`, durationMs: 100_000 }),
  ]);
  try {
    await waitFor('two answers on each connection', 30_000, async () => load.every(isWarm));
    network.sendNewConnectionsTo(other.port);
    await sleep(drainMs);
    const kept = network.connectionsTo(pod.port);
    const seconds = await pod.stop(signal, budgetMs);
    const streams = (await Promise.all(load.map((run) => run.stop()))).flatMap((result) => result.streams);
    const sum = (key: 'sent' | 'failed' | 'unanswered') => streams.reduce((total, stream) => total + stream[key], 0);
    const why = JSON.stringify(streams.map(({ failures }) => failures));
    return { sent: sum('sent'), failed: sum('failed') + sum('unanswered'), why, kept, seconds };
  } finally {
    pod.kill();
    await Promise.all(load.map((run) => run.stop()));
    network.close();
  }
}

function isWarm(run: ProbeRun): boolean {
  const [{ ok, connections }] = run.progress().streams;
  return ok >= 2 * connections;
}

/** How the kubelet takes a pod of the construct away, in milliseconds. */
function termination(): { drainMs: number; budgetMs: number } {
  const chart = new Chart(new App(), 'chart');
  new ZeroDowntimeDeployment(chart, 'web', { image: 'web:1.0.0', port: 8080 });
  const [deployment] = parseAllDocuments(App.of(chart).synthYaml());
  const { containers, terminationGracePeriodSeconds } = deployment.toJSON().spec.template.spec;
  const drain = containers[0].lifecycle.preStop.sleep.seconds;
  return { drainMs: drain * 1000, budgetMs: (terminationGracePeriodSeconds - drain) * 1000 };
}

describe.concurrent('a server as the guide sets it up', () => {
  it.for(Object.keys(prepared({ go: '', python: '', spring: '' })))('%s loses no request', async (name) => {
    results[name] = await takeAway(prepared(installed)[name]);
    expect(results[name]).toMatchObject({ failed: 0, seconds: expect.any(Number) });
  });
});
describe.concurrent('un', () => {
  it.for(Object.keys(unprepared({ go: '', python: '', spring: '' })))('%s loses ', async (name) => {
    results['un '+name] = await takeAway(unprepared(installed)[name]);
  });
});
