import { at, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { annotation } from '../services/service.js';
import type { State } from '../state.js';

/** A Secret whose certificate an object needs for https. */
export interface NeededCertificate {
  readonly object: ManifestObject;
  readonly namespace: string;
  readonly name: string;
}

/** The Secrets whose certificates Ingresses, Gateways and routes need. */
export function neededCertificates(state: State): readonly NeededCertificate[] {
  return [
    ...state.ofKind('networking.k8s.io', 'Ingress').filter((ingress) => !makesCertificate(ingress)),
    ...state.ofKind('gateway.networking.k8s.io', 'Gateway').filter((gateway) => !makesCertificate(gateway)),
    ...state.ofKind('traefik.io', 'IngressRoute'),
    ...state.ofKind('traefik.io', 'IngressRouteTCP'),
  ].flatMap((object) =>
    secretsOf(object).flatMap(({ name, namespace = object.namespace }) =>
      name === undefined ? [] : [{ object, name, namespace }],
    ),
  );
}

/** Whether cert-manager makes the certificates that an object names. */
function makesCertificate(object: ManifestObject): boolean {
  return ['issuer', 'cluster-issuer'].some(
    (name) => annotation(object, `cert-manager.io/${name}`) !== undefined,
  );
}

function secretsOf({ kind, body: { spec } }: ManifestObject) {
  switch (kind) {
    case 'Ingress':
      return items(at(spec, 'tls')).map(({ item }) => ({
        name: text(item.secretName),
        namespace: undefined,
      }));
    case 'Gateway':
      return items(at(spec, 'listeners')).flatMap(({ item }) =>
        items(at(item, 'tls', 'certificateRefs')).map(({ item: ref }) => ({
          name: text(ref.name),
          namespace: text(ref.namespace),
        })),
      );
    default:
      return [{ name: text(at(spec, 'tls', 'secretName')), namespace: undefined }];
  }
}
