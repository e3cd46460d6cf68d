import { isDeepStrictEqual } from 'node:util';
import { IMMUTABLE_KINDS, immutableFields } from '../../model/apply/immutable-fields.js';
import { ownersOf, placesOf } from '../../model/services/places.js';
import { isReplaced } from '../../model/apply/recreated.js';
import type { State } from '../../model/state.js';
import { title } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const changeRefused: UpgradeRule = {
  id: 'change-refused',
  severity: 'error',
  reason:
    'the API server refuses this change of what is there, so what is applied together is applied in part',
  fix: 'leave the old object as it is and make another one beside it, under a new name or with a port of its own',
  check: (from, to) => inTurn([ofFields, ofPlaces], (find) => find(from, to)),
};

function ofFields(from: State, to: State): Iterable<Breach> {
  return inTurn(IMMUTABLE_KINDS, ([group, kind]) =>
    inTurn(to.changes(from, to.ofKind(group, kind)), ({ before, object }) => {
      if (isReplaced(object)) {
        return [];
      }
      return immutableFields(object)
        .filter(({ read, mayBeAdded }) => {
          const [old, value] = [before, object].map(({ body }) => read(body));
          return !isDeepStrictEqual(old, value) && !(mayBeAdded && old === undefined);
        })
        .map(({ path }) => ({ object, path, what: `${path.join('.')} changed` }));
    }),
  );
}

/** A new Service that takes a node port or a cluster IP of one that is deleted later, as every tool deletes last. */
function ofPlaces(from: State, to: State): Iterable<Breach> {
  const ownerOf = ownersOf(from.services);
  return inTurn(
    to.services.filter((service) => from.find(service) === undefined),
    (object) =>
      placesOf(object).flatMap((place) => {
        const owner = ownerOf(place);
        if (owner === undefined || to.find(owner) !== undefined) {
          return [];
        }
        // One that begins to write its namespace may be the same.
        if (owner.name === object.name && [owner, object].some(({ namespace }) => namespace === '')) {
          return [];
        }
        return [
          {
            object,
            path: place.path,
            what: `${place.kind} ${place.value} is that of ${title(owner)} as long as it is there; write another one`,
          },
        ];
      }),
  );
}
