import { pathsOf } from '../../model/entries/entries.js';
import { isNginx } from '../../model/entries/nginx.js';
import { annotation } from '../../model/services/service.js';
import type { State } from '../../model/state.js';
import { title, type ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/**
 * Ingresses of ingress-nginx whose paths a new Ingress takes: its webhook refuses that while the old one is there, and a tool
 * that deletes comes to that last.
 */
export function renamedIngresses(from: State, to: State): Iterable<Breach> {
  const ingresses = to.ofKind('networking.k8s.io', 'Ingress');
  const news = ingresses.filter((object) => from.find(object) === undefined && isRefused(object));
  const byPath = new Map(news.flatMap((object) => keysOf(object).map((key) => [key, object])));
  return inTurn(from.ofKind('networking.k8s.io', 'Ingress'), (old) => {
    if (to.find(old) !== undefined || !isRefused(old)) {
      return [];
    }
    const successor = keysOf(old).flatMap((key) => byPath.get(key) ?? [])[0];
    if (successor === undefined) {
      return [];
    }
    return [
      {
        object: old,
        path: [],
        what: `${title(successor)} has a host and path of it, which the webhook of ingress-nginx refuses while both are there`,
        severity: 'warning' as const,
        reason: 'the apply is refused, or nobody answers for the host between the delete and the next apply',
        fix: 'keep the name of the Ingress',
      },
    ];
  });
}

function isRefused(ingress: ManifestObject): boolean {
  return isNginx(ingress) && annotation(ingress, 'nginx.ingress.kubernetes.io/canary') !== 'true';
}

/** The paths by which the webhook finds out that two Ingresses are for the same. */
function keysOf(ingress: ManifestObject): readonly string[] {
  return pathsOf(ingress).map(({ host, path, isPrefix }) => JSON.stringify([host, path, isPrefix]));
}
