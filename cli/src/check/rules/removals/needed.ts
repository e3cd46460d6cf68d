import { classOf } from '../../model/entries/class.js';
import { ungranted } from '../../model/entries/grants.js';
import { annotation } from '../../model/services/service.js';
import type { State } from '../../model/state.js';
import { at, items, text, type Fields } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** Who needs an object of a kind that is gone: by the key of what is needed, one of those that need it. */
interface Need {
  readonly group: string;
  readonly kind: string;
  readonly keyOf: (object: ManifestObject) => string;
  readonly users: (to: State, from: State) => ReadonlyMap<string, ManifestObject>;
}

const NEEDS: readonly Need[] = [
  {
    group: 'networking.k8s.io',
    kind: 'IngressClass',
    keyOf: ({ name }) => name,
    users: (to) => byKeys(to.ofKind('networking.k8s.io', 'Ingress'), (object) => [classOf(object)]),
  },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'GatewayClass',
    keyOf: ({ name }) => name,
    users: (to) => byKeys(to.ofKind('gateway.networking.k8s.io', 'Gateway'), (object) => [classOf(object)]),
  },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'ReferenceGrant',
    keyOf: ({ namespace }) => namespace,
    users: (to, from) => {
      const before = new Set(ungranted(from).map(({ object, name }) => `${title(object)} ${name}`));
      const lost = ungranted(to).filter(({ object, name }) => !before.has(`${title(object)} ${name}`));
      return new Map(lost.map(({ object, namespace }) => [namespace, object]));
    },
  },
  ...['traefik.io', 'traefik.containo.us'].map((group) => ({
    group,
    kind: 'Middleware',
    keyOf: ({ namespace, name }: ManifestObject) => `${namespace}-${name}`,
    users: (to: State) =>
      byKeys(
        [...to.ofKind(group, 'IngressRoute'), ...to.ofKind('networking.k8s.io', 'Ingress')],
        middlewaresOf,
      ),
  })),
];

/** Objects that are gone though others that stay need them. */
export function neededByOthers(from: State, to: State): Iterable<Breach> {
  return inTurn(NEEDS, ({ group, kind, keyOf, users }) => {
    const gone = from.ofKind(group, kind).filter((object) => to.deletes(object));
    if (gone.length === 0) {
      return [];
    }
    const needing = users(to, from);
    return gone.flatMap((object) => {
      const user = needing.get(keyOf(object));
      return user === undefined
        ? []
        : [{ object, path: [], what: `it is gone, and ${title(user)} needs it` }];
    });
  });
}

function byKeys(
  objects: readonly ManifestObject[],
  keysOf: (object: ManifestObject) => readonly (string | undefined)[],
): ReadonlyMap<string, ManifestObject> {
  return new Map(
    objects.flatMap((object) => keysOf(object).flatMap((key) => (key === undefined ? [] : [[key, object]]))),
  );
}

/** The middlewares that a route of Traefik, or an Ingress, names, as namespace-name. */
function middlewaresOf(object: ManifestObject): readonly string[] {
  const written = annotation(object, 'traefik.ingress.kubernetes.io/router.middlewares') ?? '';
  const named = items(at(object.body, 'spec', 'routes')).flatMap(({ item }) => items(item.middlewares));
  return [
    ...written.split(',').map((name) => name.trim().replace(/@kubernetescrd$/, '')),
    ...named.map(
      ({ item: { name, namespace } }: { readonly item: Fields }) =>
        `${text(namespace) ?? object.namespace}-${text(name) ?? ''}`,
    ),
  ];
}
