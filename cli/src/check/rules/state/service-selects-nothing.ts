import { selectorOf } from '../../model/selectors/selector.js';
import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const serviceSelectsNothing: StateRule = {
  id: 'service-selects-nothing',
  severity: 'warning',
  reason: 'requests to the Service are refused, as no pod of these manifests has its labels',
  fix: 'copy the labels of the pod template to spec.selector',
  check: (state) =>
    state.services
      .filter((object) => at(object.body, 'spec', 'type') !== 'ExternalName')
      .filter((object) => selectorOf(object) !== undefined && state.selectsNone(object))
      .map((object) => ({ object, path: ['spec', 'selector'], what: 'its selector matches no pods' })),
};
