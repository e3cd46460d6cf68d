import { classOf } from '../../model/entries/class.js';
import { pathsOf } from '../../model/entries/entries.js';
import { isNginx } from '../../model/entries/nginx.js';
import { annotation } from '../../model/services/service.js';
import { title, type ManifestObject } from '../../read/object.js';
import type { Breach, StateRule } from '../rule.js';

export const ingressPathTwice: StateRule = {
  id: 'ingress-path-twice',
  severity: 'warning',
  reason:
    'the webhook of ingress-nginx refuses the second Ingress, and other controllers send requests only to one of the two',
  fix: 'write the path in one Ingress, or split its requests as the controller documents it',
  check: function* (state) {
    const known = new Map<string, { readonly object: ManifestObject; readonly services: string }>();
    for (const object of state.ofKind('networking.k8s.io', 'Ingress')) {
      const clash = clashOf(object, known);
      if (clash !== undefined) {
        yield clash;
      }
    }
  },
};

/** The first path of an Ingress that another one before it has, for other Services or where a second one is refused. */
function clashOf(
  object: ManifestObject,
  known: Map<string, { readonly object: ManifestObject; readonly services: string }>,
): Breach | undefined {
  let clash: Breach | undefined;
  if (SPLITS.some((name) => annotation(object, name) !== undefined)) {
    return undefined;
  }
  for (const { host, path, isPrefix, services } of pathsOf(object)) {
    // Without a host it may be a default that nobody uses.
    if (host === '*') {
      continue;
    }
    const key = JSON.stringify([classOf(object), annotation(object, ENTRY_POINTS), host, path, isPrefix]);
    const other = known.get(key);
    if (other === undefined) {
      known.set(key, { object, services: services.join() });
    } else if (other.object !== object && (isNginx(object) || other.services !== services.join())) {
      clash ??= {
        object,
        path: ['spec', 'rules'],
        what: `${title(other.object)} has the path ${path} of the host ${host}, too`,
      };
    }
  }
  return clash;
}

/** Annotations by which several Ingresses share a path on purpose. */
const SPLITS = [
  'nginx.ingress.kubernetes.io/canary',
  'nginx.org/mergeable-ingress-type',
  'alb.ingress.kubernetes.io/group.order',
];

/** Where Traefik takes the requests. */
const ENTRY_POINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';
