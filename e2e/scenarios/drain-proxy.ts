import type { Scenario } from '../proof/scenario';
import type { ScenarioWorld } from '../proof/scenario-world';
import { FULL_LOAD, type LoadProfile } from '../load/profile';
import { drainProxy, drainProxyHttp2, quickMyapp } from './services';

/** How an application behind a drain proxy stops, which its clients must not notice. */
const APPLICATIONS = {
  'exits at once': 'abrupt',
  'finishes its requests': 'graceful',
  'ignores SIGTERM': 'ignore',
};

/** A rollout, the drain of a node and the deletion of each pod. Requests on kept-alive connections count as well. */
export const drainProxies: Scenario[] = Object.entries(APPLICATIONS).map(([behaviour, mode]) => {
  const change = { replicas: 3, env: { ON_SIGTERM: mode } };
  return {
    id: `drain-proxy-${mode}`,
    name: `drain proxy: rollout, node drain and deletions, the application ${behaviour}`,
    kind: 'ours',
    countsKeptAlive: true,
    load: { connections: 100 },
    given: () => drainProxy(1, change),
    when: async (world) => {
      await world.rollOut(await drainProxy(2, change), 'version 2');
      await drainAndDelete(world);
    },
  };
});

/**
 * New connections cost the client more over HTTP/2. Requests of 3 s share the kept connections, so one is in flight
 * on most of them at any moment.
 */
const HTTP2_LOAD: Partial<LoadProfile> = {
  rate: 200,
  slowRate: 20,
  request: [...FULL_LOAD.request, '--http2'],
};

/** The same over HTTP/2, in which the proxy sends GOAWAY. */
export const drainProxyOverHttp2: Scenario = {
  id: 'drain-proxy-http2',
  name: 'drain proxy: HTTP/2, rollout, node drain and deletions, the application exits at once',
  kind: 'ours',
  countsKeptAlive: true,
  load: HTTP2_LOAD,
  given: () => drainProxyHttp2(1, { replicas: 3 }),
  when: async (world) => {
    await world.rollOut(await drainProxyHttp2(2, { replicas: 3 }), 'version 2');
    await drainAndDelete(world);
  },
};

/** The same application without the proxy: when it exits, requests on its kept connections fail. */
export const controlHttp2: Scenario = {
  id: 'control-http2',
  name: 'no drain proxy: HTTP/2, rollout 1 to 2',
  kind: 'control',
  load: HTTP2_LOAD,
  given: () => quickMyapp(1, { replicas: 3 }),
  when: async (world) => world.rollOut(await quickMyapp(2, { replicas: 3 }), 'version 2'),
};

async function drainAndDelete(world: ScenarioWorld): Promise<void> {
  const [node] = await world.nodes();
  await world.drain(node);
  await world.deletePods();
}
