import { classOf } from '../../model/entries/class.js';
import { at, fields, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const ingressClassChanged: UpgradeRule = {
  id: 'ingress-class-changed',
  severity: 'error',
  reason:
    'the controller that serves this Ingress or Gateway drops it at once, and the other one has another address',
  fix: 'make a second one of the other class, move DNS to it, then take the first away',
  check: (from, to) =>
    KINDS.flatMap(({ group, kind, path, word, read }) =>
      to.changes(from, to.ofKind(group, kind)).flatMap(({ before: old, object }) => {
        const [before, after] = [old, object].map(read);
        // A class that is written down for the first time may be the default that served it.
        if (before === undefined || before === after) {
          return [];
        }
        return [{ object, path, what: `the ${word} was ${before} and is ${after ?? 'not there'}` }];
      }),
    ),
};

/** What has a class, or in Istio the labels of the proxies that serve it. */
const KINDS: readonly {
  readonly group: string;
  readonly kind: string;
  readonly path: readonly string[];
  readonly word: string;
  readonly read: (object: ManifestObject) => string | undefined;
}[] = [
  ofClass('networking.k8s.io', 'Ingress', ['spec', 'ingressClassName']),
  ofClass('gateway.networking.k8s.io', 'Gateway', ['spec', 'gatewayClassName']),
  ofClass('traefik.io', 'IngressRoute', ['metadata', 'annotations']),
  {
    group: 'networking.istio.io',
    kind: 'Gateway',
    path: ['spec', 'selector'],
    word: 'selector of its proxies',
    read: ({ body }) => labelsIn(at(body, 'spec', 'selector')),
  },
];

function ofClass(group: string, kind: string, path: readonly string[]) {
  return { group, kind, path, word: 'class', read: classOf };
}

/** Labels in the order of the alphabet, as kubectl takes them; none if there are none. */
function labelsIn(value: unknown): string | undefined {
  const labels = Object.entries(fields(value)).map(([name, label]) => `${name}=${text(label) ?? ''}`);
  return labels.length > 0 ? labels.sort().join() : undefined;
}
