import { pathsOf } from '../../model/entries/entries.js';
import { ServedPaths } from '../../model/entries/served-paths.js';
import { ALL } from '../../model/entries/served-path.js';
import { textsIn } from '../../model/entries/doors.js';
import type { State } from '../../model/state.js';
import { at, fields, items } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** Annotations by which a controller finds a certificate elsewhere than in spec.tls. */
const CERTIFICATE_ANNOTATION = /certificate|pre-shared-cert|ssl-cert|router\.tls/;

/** Hosts that are still served, but without the certificate that they had. */
export function* lostCertificates(from: State, to: State, served: ServedPaths): Iterable<Breach> {
  yield* ofIngresses(from, to, served);
  yield* ofTraefikRoutes(from, to);
}

function ofIngresses(from: State, to: State, served: ServedPaths): Iterable<Breach> {
  const old = from.ofKind('networking.k8s.io', 'Ingress');
  const ingresses = to.ofKind('networking.k8s.io', 'Ingress');
  const kept = old.filter((ingress) => to.find(ingress) === undefined && !to.deletes(ingress));
  const certified = new ServedPaths(
    [...ingresses, ...kept].flatMap(hostsOf).map((host) => ({ ...ALL, family: 'Ingress', host })),
  );
  return inTurn(to.changes(from, ingresses), ({ before, object }) => {
    const annotations = Object.keys(fields(at(object.body, 'metadata', 'annotations')));
    if (annotations.some((name) => CERTIFICATE_ANNOTATION.test(name))) {
      return [];
    }
    return [...new Set(hostsOf(before))]
      .map((host) => ({ family: 'Ingress', host }))
      .filter((entry) => served.hasHost(entry) && !certified.hasHost(entry))
      .map(({ host }) => ({
        object,
        path: ['spec', 'tls'],
        what: `spec.tls does not name the host ${host} any more, so its https gets a certificate of the controller`,
      }));
  });
}

/** The hosts for which an Ingress has a certificate of its own; without hosts, those of its rules. */
function hostsOf(ingress: ManifestObject): readonly string[] {
  return items(at(ingress.body, 'spec', 'tls'))
    .filter(({ item }) => typeof item.secretName === 'string')
    .flatMap(({ item }) => {
      const hosts = textsIn(item.hosts);
      return hosts.length > 0 ? hosts : pathsOf(ingress).map(({ host }) => host);
    });
}

function ofTraefikRoutes(from: State, to: State): Iterable<Breach> {
  return to
    .changes(from, to.ofKind('traefik.io', 'IngressRoute'))
    .filter(({ before }) => at(before.body, 'spec', 'tls') !== undefined)
    .filter(({ object }) => at(object.body, 'spec', 'tls') === undefined)
    .map(({ object }) => ({
      object,
      path: ['spec'],
      what: 'spec.tls is gone, so it takes no https any more',
    }));
}
