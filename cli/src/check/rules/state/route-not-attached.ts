import { detachments } from '../../model/entries/attachment.js';
import { entriesOf } from '../../model/entries/entries.js';
import { at, shown } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const routeNotAttached: StateRule = {
  id: 'route-not-attached',
  severity: 'error',
  reason: 'the Gateway does not take the route, so it does not serve its hosts',
  fix: 'name a listener that takes routes of this kind, from this namespace and for these hosts, or let it take them',
  check: (state) => {
    const detachmentsOf = detachments(state);
    const routes = entriesOf(state).filter(({ group }) => group === 'gateway.networking.k8s.io');
    return inTurn(routes, (object) =>
      detachmentsOf(object).map(({ path, why }) => ({
        object,
        path,
        what: `Gateway ${shown(at(object.body, ...path, 'name'))} does not take it: ${why}`,
      })),
    );
  },
};
