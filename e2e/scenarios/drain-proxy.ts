import type { Scenario } from '../proof/scenario';
import { FULL_LOAD, type LoadProfile } from '../load/profile';
import type { Manifests } from '../manifests/manifests';
import { drainProxy, drainProxyHttp2, quickMyapp } from './services';

/** How an application behind a drain proxy stops, which its clients must not notice. */
const APPLICATIONS = {
  'exits at once': 'abrupt',
  'finishes its requests': 'graceful',
  'ignores SIGTERM': 'ignore',
};

/** GET, as options of `zero-downtime probe`. */
const GET = ['--version-from', 'header:X-App-Version'];

/** A rollout, the drain of a node and the deletion of each pod. Requests on kept-alive connections count as well. */
export const drainProxies: Scenario[] = Object.entries(APPLICATIONS).map(([behaviour, mode]) =>
  behindDrainProxy(
    `drain-proxy-${mode}`,
    `drain proxy: rollout, node drain and deletions, the application ${behaviour}`,
    { connections: 100 },
    (version) => drainProxy(version, { replicas: 3, env: { ON_SIGTERM: mode } }),
  ),
);

/** The same with requests that the proxy sends on kept connections to the application. */
export const drainProxyGet = behindDrainProxy(
  'drain-proxy-get',
  'drain proxy: GET, rollout, node drain and deletions, the application exits at once',
  { connections: 100, request: GET },
  (version) => drainProxy(version, { replicas: 3 }),
);

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
export const drainProxyOverHttp2 = behindDrainProxy(
  'drain-proxy-http2',
  'drain proxy: HTTP/2, rollout, node drain and deletions, the application exits at once',
  HTTP2_LOAD,
  (version) => drainProxyHttp2(version, { replicas: 3 }),
);

/** The same application without the proxy: when it exits, requests on its kept connections fail. */
export const controlHttp2: Scenario = {
  id: 'control-http2',
  name: 'no drain proxy: HTTP/2, rollout 1 to 2',
  kind: 'control',
  load: HTTP2_LOAD,
  given: () => quickMyapp(1, { replicas: 3 }),
  when: async (world) => world.rollOut(await quickMyapp(2, { replicas: 3 }), 'version 2'),
};

function behindDrainProxy(
  id: string,
  name: string,
  load: Partial<LoadProfile>,
  version: (number: 1 | 2) => Promise<Manifests>,
): Scenario {
  return {
    id,
    name,
    kind: 'ours',
    countsKeptAlive: true,
    load,
    given: () => version(1),
    when: async (world) => {
      await world.rollOut(await version(2), 'version 2');
      const [node] = await world.nodes();
      await world.drain(node);
      await world.deletePods();
    },
  };
}
