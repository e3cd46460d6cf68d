import { matchesLabels, templateLabels } from '../../model/selector.js';
import { at, fields } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const serviceSelectsNothing: StateRule = {
  id: 'service-selects-nothing',
  severity: 'warning',
  reason: 'requests to the Service are refused, as no pod of these manifests has its labels',
  fix: 'copy the labels of the pod template to spec.selector',
  check: (state) =>
    state.services
      .filter((object) => at(object.body, 'spec', 'type') !== 'ExternalName')
      .filter((object) => {
        const selector = fields(at(object.body, 'spec', 'selector'));
        return (
          templateLabels(selector).length > 0 &&
          state.behind(object).length === 0 &&
          state.selectsNone(object, (labels) => matchesLabels(selector, labels))
        );
      })
      .map((object) => ({ object, path: ['spec', 'selector'], what: 'its selector matches no pods' })),
};
