import { doorsOf, doorTitle } from '../../model/entries/doors.js';
import { entriesOf } from '../../model/entries/entries.js';
import { gatewaysOf } from '../../model/entries/listeners.js';
import type { State } from '../../model/state.js';
import { title } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** Gateways, listeners and entry points at which the requests to a route do not come in any more. */
export function lostDoors(from: State, to: State): Iterable<Breach> {
  const routes = entriesOf(to);
  const newRoutes = routes.filter((route) => from.find(route) === undefined);
  const takenOver = new Set(newRoutes.flatMap(doorsOf).map(({ name }) => name));
  // What goes with a Gateway is said of the Gateway.
  const goneGateways = new Set(
    gatewaysOf(from)
      .filter((gateway) => to.deletes(gateway))
      .map(title),
  );
  return inTurn(to.changes(from, routes), ({ before, object }) => {
    const doors = doorsOf(object);
    const open = new Set(doors.map(doorTitle));
    const names = new Set(doors.map(({ name }) => name));
    // A route that names none may use all.
    if (doors.length === 0) {
      return [];
    }
    return doorsOf(before)
      .filter(({ name }) => !takenOver.has(name) && !goneGateways.has(name))
      .filter((door) => !open.has(door.name) && !open.has(doorTitle(door)))
      .filter((door) => door.listener !== '' || !names.has(door.name))
      .map((door) => ({
        object,
        path: ['spec'],
        what: `its hosts are not served at ${doorTitle(door)} any more`,
      }));
  });
}
