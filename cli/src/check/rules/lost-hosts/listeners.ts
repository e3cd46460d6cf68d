import { gatewaysOf, listenersOf } from '../../model/entries/listeners.js';
import { ServedPaths } from '../../model/entries/served-paths.js';
import { ALL } from '../../model/entries/served-path.js';
import type { State } from '../../model/state.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** Hosts that a port of a Gateway does not take any more. A port that is gone is a finding of its own. */
export function lostListenerHosts(from: State, to: State): Iterable<Breach> {
  return inTurn(to.changes(from, gatewaysOf(to)), ({ before, object }) => {
    const listeners = listenersOf(object);
    const ports = new Set(listeners.map(({ port }) => port));
    // A port stands for the family: the hosts of another one do not help its clients.
    const taken = new ServedPaths(
      listeners.flatMap(({ port, hosts }) => hosts.map((host) => ({ ...ALL, family: port, host }))),
    );
    return listenersOf(before)
      .filter(({ port }) => ports.has(port))
      .flatMap(({ port, hosts }) =>
        hosts
          .filter((host) => !taken.hasHost({ family: port, host }))
          .map((host) => ({
            object,
            path: ['spec', object.group === 'networking.istio.io' ? 'servers' : 'listeners'],
            what: `port ${port} does not take the host ${host} any more`,
          })),
      );
  });
}
