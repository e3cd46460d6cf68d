import { pathsOf, servesHost } from '../../model/ingress.js';
import { at, items, text } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const ingressTlsRemoved: UpgradeRule = {
  id: 'ingress-tls-removed',
  severity: 'error',
  reason: 'HTTPS clients of the host get no certificate that they trust any more, and give up',
  fix: 'keep the entry in spec.tls and its Secret as long as clients use HTTPS',
  check: (from, to) => {
    const ingresses = to.ofKind('networking.k8s.io', 'Ingress');
    const served = ingresses.flatMap(pathsOf);
    const covered = ingresses.flatMap(tlsOf).flatMap(({ hosts }) => hosts);
    return to.changes(from, ingresses).flatMap(({ before, object }) =>
      tlsOf(before).flatMap(({ hosts, secretName }) => {
        const secret = secretName === undefined ? undefined : from.beside(before, '', 'Secret', secretName);
        const stillNamed = tlsOf(object).some((entry) => entry.secretName === secretName);
        const gone = hosts
          .filter((host) => served.some((path) => servesHost(path.host, host)))
          .filter((host) => !covered.some((other) => servesHost(other, host)))
          .map((host) => ({ object, path: ['spec', 'tls'], what: `the host ${host} is no longer in tls` }));
        if (secret === undefined || !stillNamed || !to.deletes(secret)) return gone;
        return [...gone, { object: secret, path: [], what: `it is gone, and ${title(object)} needs it` }];
      }),
    );
  },
};

function tlsOf({ body }: ManifestObject) {
  return items(at(body, 'spec', 'tls')).map(({ item }) => ({
    hosts: (Array.isArray(item.hosts) ? item.hosts : []).filter((host) => typeof host === 'string'),
    secretName: text(item.secretName),
  }));
}
