import { isSame, ownersOf, placesOf } from '../../model/services/places.js';
import { wrongObject } from '../../model/refused/object.js';
import { title } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach, StateRule } from '../rule.js';

export const applyRefused: StateRule = {
  id: 'apply-refused',
  severity: 'error',
  reason: 'the API server refuses it, so what is applied together is applied in part',
  fix: 'correct the field; kubectl apply --dry-run=server tells all that the API server refuses, and changes nothing',
  check: (state) => {
    const ownerOf = ownersOf(state.services);
    return inTurn(state.objects, (object): readonly Breach[] => [
      ...wrongObject(object).map((refusal) => ({ object, ...refusal })),
      ...(object.kind === 'Service' && object.group === '' ? placesOf(object) : []).flatMap((place) => {
        const owner = ownerOf(place);
        if (owner === undefined || isSame(owner, object)) {
          return [];
        }
        return [
          {
            object,
            path: place.path,
            what: `${place.kind} ${place.value} is already that of ${title(owner)}; write another one`,
          },
        ];
      }),
    ]);
  },
};
