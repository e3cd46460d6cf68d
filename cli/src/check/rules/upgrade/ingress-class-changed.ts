import { annotation } from '../../model/service.js';
import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const ingressClassChanged: UpgradeRule = {
  id: 'ingress-class-changed',
  severity: 'error',
  reason: 'the controller that serves this Ingress drops it at once, and the other one has another address',
  fix: 'make a second Ingress of the other class, move DNS to it, then take the first away',
  check: (from, to) =>
    to.changes(from, to.ofKind('networking.k8s.io', 'Ingress')).flatMap(({ before: old, object }) => {
      const [before, after] = [old, object].map(classOf);
      // A class that is written down for the first time may be the default that served it.
      if (before === undefined || before === after) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'ingressClassName'],
          what: `the class was ${before} and is ${after ?? 'not there'}`,
        },
      ];
    }),
};

function classOf(ingress: ManifestObject): string | undefined {
  return (
    text(at(ingress.body, 'spec', 'ingressClassName')) ?? annotation(ingress, 'kubernetes.io/ingress.class')
  );
}
