import { gatewaysOf, listenersOf } from '../../model/entries/listeners.js';
import { isHeadless, protocolOf, servicePorts } from '../../model/services/service.js';
import type { State } from '../../model/state.js';
import { shown, type Fields } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const servicePortRemoved: UpgradeRule = {
  id: 'service-port-removed',
  severity: 'error',
  reason: 'requests of everybody who uses this port fail at once',
  fix: 'keep the port beside the new one until nobody uses it',
  check: function* (from, to) {
    yield* lostPorts(from, to);
    yield* lostListeners(from, to);
  },
};

function lostPorts(from: State, to: State): Iterable<Breach> {
  return inTurn(to.changes(from, to.services), ({ before, object }) => {
    if (isHeadless(object)) {
      return [];
    }
    const ports = new Set(servicePorts(object).map(({ port }) => nameOf(port)));
    return servicePorts(before)
      .filter(({ port }) => (port.port ?? undefined) !== undefined)
      .map(({ port }) => nameOf(port))
      .filter((port) => !ports.has(port))
      .map((port) => ({ object, path: ['spec', 'ports'], what: `port ${port} is gone` }));
  });
}

/** Ports at which a Gateway does not listen any more, or only in another protocol. */
function lostListeners(from: State, to: State): Iterable<Breach> {
  return inTurn(to.changes(from, gatewaysOf(to)), ({ before, object }) => {
    const ports = new Set(listenersOf(object).map(({ port }) => port));
    const old = new Set(listenersOf(before).map(({ port }) => port));
    return [...old]
      .filter((port) => !ports.has(port))
      .map((port) => ({
        object,
        path: ['spec', object.group === 'networking.istio.io' ? 'servers' : 'listeners'],
        what: `port ${port} is gone`,
      }));
  });
}

function nameOf(port: Fields): string {
  const protocol = protocolOf(port);
  return `${shown(port.port)}${protocol === 'TCP' ? '' : `/${protocol}`}`;
}
