import { endpointsOf, hasWrittenAddresses, WrittenAddresses } from '../../model/services/addresses.js';
import type { State } from '../../model/state.js';
import { title } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** The last addresses of Services that select no pods. */
export function lostAddresses(from: State, to: State): Iterable<Breach> {
  const before = new WrittenAddresses(endpointsOf(from));
  const kept = endpointsOf(from).filter((old) => to.after(old) === old);
  const after = new WrittenAddresses([...endpointsOf(to), ...kept]);
  return inTurn(from.services, (old) => {
    const service = to.after(old);
    if (service === undefined || !hasWrittenAddresses(service) || after.of(service).length > 0) {
      return [];
    }
    return before.of(service).map((endpoints) => ({
      object: to.find(endpoints) ?? endpoints,
      path: [],
      what: `${title(service)} loses its addresses, and it selects no pods`,
    }));
  });
}
