import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, Chart } from 'cdk8s';
import { ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';
import { parseAllDocuments } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../cluster/wait';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';
import { Clients } from './clients';
import { type Installed, install } from './install';
import { Network } from './network';
import { Pod } from './pod';
import { AS_IN_GUIDE, type Server, WITHOUT_SIGNAL, AS_USUAL } from './servers';

/** The delay in each direction, as between two cities: long enough that requests are sent while the server closes the connection. */
const DELAY_MS = 50;
/** Connections with short requests, and with requests of 2 s, nearly all of which are in flight at any moment. */
const QUICK = 20;
const SLOW = 5;
const PAUSE_MS = 100;

/** What happened to the clients of a pod that was stopped. */
interface Result {
  readonly sent: number;
  readonly failed: number;
  readonly why: string;
  /** Connections that the pod still had when its drain was over. */
  readonly kept: number;
  /** Seconds from the signal to the end, or undefined when it had to be killed. */
  readonly seconds?: number;
}

const { drainMs, budgetMs } = termination();
const results: Record<string, Result> = {};
let installed: Installed;
let other: Pod;

beforeAll(async () => {
  installed = await install();
  other = await start(AS_IN_GUIDE['Go net/http']);
});
afterAll(() => {
  other?.kill();
  if (installed) {
    rmSync(installed.scratch, { recursive: true });
  }
  console.table(results);
});

describe.concurrent('a server that is set up as in the guide', () => {
  it.for(Object.entries<Server>(AS_IN_GUIDE))('%s loses no request', async ([name, server]) => {
    const result = await stopUnderLoad(`${name}, as in the guide`, server);
    expect(result).toMatchObject({ failed: 0, seconds: expect.any(Number) });
  });
});

describe.concurrent('a server with its defaults, or with the usual way to stop it', () => {
  it.for(Object.entries<Server>(AS_USUAL))(
    '%s loses requests on kept connections',
    async ([name, server]) => {
      const result = await stopUnderLoad(name, server);
      expect(result.kept).toBe(QUICK + SLOW);
      expect(result.failed).toBeGreaterThan(0);
    },
  );
});

describe.concurrent('a server that does not get the signal', () => {
  it.for(Object.entries<Server>(WITHOUT_SIGNAL))('%s keeps it from the server', async ([name, server]) => {
    const result = await stopUnderLoad(`under ${name}`, server);
    expect(result.failed).toBeGreaterThan(0);
  });
});

/** Stops a pod under load, as the kubelet does. */
async function stopUnderLoad(name: string, server: Server): Promise<Result> {
  const pod = await start(server);
  const network = await Network.to(pod.port, DELAY_MS);
  const clients = [
    new Clients(network.url, QUICK, PAUSE_MS),
    new Clients(`${network.url}slow`, SLOW, PAUSE_MS),
  ];
  try {
    await waitFor('an answer to each client', WITHOUT_CLUSTER_TIMEOUTS.firstAnswers, async () =>
      clients.every((some) => some.haveAnswers(1)),
    );
    network.sendNewConnectionsTo(other.port);
    await sleep(drainMs);
    const kept = network.connectionsTo(pod.port);
    const seconds = await pod.stop(server.signal ?? 'SIGTERM', budgetMs);
    await Promise.all(clients.map((some) => some.stop()));
    const failures = clients.flatMap((some) => some.failures);
    const sent = clients.reduce((sum, some) => sum + some.sent, 0);
    return (results[name] = { sent, failed: failures.length, why: count(failures), kept, seconds });
  } finally {
    pod.kill();
    await Promise.all(clients.map((some) => some.stop()));
    network.close();
  }
}

/** What failed, and how often, as `3 x socket hang up`. */
function count(failures: string[]): string {
  return [...new Set(failures)]
    .map((failure) => `${failures.filter((one) => one === failure).length} x ${failure}`)
    .join(', ');
}

function start({ command }: Server): Promise<Pod> {
  return Pod.start((port) => command(installed, port));
}

/** The drain and the rest of the grace period of the construct's pods, in milliseconds. */
function termination(): { drainMs: number; budgetMs: number } {
  const chart = new Chart(new App(), 'chart');
  new ZeroDowntimeDeployment(chart, 'web', { image: 'web:1.0.0', port: 8080 });
  const [deployment] = parseAllDocuments(App.of(chart).synthYaml());
  const { containers, terminationGracePeriodSeconds } = deployment.toJSON().spec.template.spec;
  const drain = containers[0].lifecycle.preStop.sleep.seconds;
  return { drainMs: drain * 1000, budgetMs: (terminationGracePeriodSeconds - drain) * 1000 };
}
