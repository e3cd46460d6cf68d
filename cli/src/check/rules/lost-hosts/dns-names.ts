import type { ServedPaths } from '../../model/entries/served-paths.js';
import { annotation } from '../../model/services/service.js';
import type { State } from '../../model/state.js';
import { at, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

const ANNOTATIONS = ['hostname', 'internal-hostname'].map(
  (name) => `external-dns.alpha.kubernetes.io/${name}`,
);

/** Names whose DNS record external-dns takes away, though the object that asked for it stays. */
export function lostDnsNames(from: State, to: State, served: ServedPaths): Iterable<Breach> {
  const named = new Set(to.objects.flatMap(namesOf));
  return inTurn(from.objects, (before) => {
    const names = namesOf(before);
    const object = to.find(before) ?? before;
    // A Service that is gone is a finding of its own.
    if (
      names.length === 0 ||
      (object === before && before.kind !== 'DNSEndpoint') ||
      to.after(before) === before
    ) {
      return [];
    }
    return names
      .filter((name) => !named.has(name) && !isRouted(name))
      .map((name) => ({
        object,
        path: before.kind === 'DNSEndpoint' ? ['spec', 'endpoints'] : ['metadata', 'annotations'],
        what: `external-dns takes away the DNS record of ${name}`,
      }));
  });

  /** Whether external-dns reads the name in a rule or route. */
  function isRouted(host: string): boolean {
    return ['Ingress', 'Gateway API', 'Traefik', 'Istio'].some((family) => served.hasHost({ family, host }));
  }
}

function namesOf(object: ManifestObject): readonly string[] {
  if (object.kind === 'DNSEndpoint') {
    return items(at(object.body, 'spec', 'endpoints')).flatMap(({ item }) => text(item.dnsName) ?? []);
  }
  return ANNOTATIONS.flatMap((name) => annotation(object, name)?.split(',') ?? [])
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
