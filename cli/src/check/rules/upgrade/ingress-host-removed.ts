import { entriesOf, pathsOf } from '../../model/entries/entries.js';
import { servedAfter, type ServedPaths } from '../../model/entries/served-paths.js';
import type { State } from '../../model/state.js';
import { inTurn } from '../in-turn.js';
import { lostCertificates } from '../lost-hosts/certificates.js';
import { lostDnsNames } from '../lost-hosts/dns-names.js';
import { lostDoors } from '../lost-hosts/doors.js';
import { lostListenerHosts } from '../lost-hosts/listeners.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const ingressHostRemoved: UpgradeRule = {
  id: 'ingress-host-removed',
  severity: 'error',
  reason: 'requests to this host get no answer of the application any more',
  fix: 'keep the host until nobody uses it',
  check: function* (from, to) {
    const served = servedAfter(from, to);
    yield* lostHosts(from, to, served);
    yield* lostListenerHosts(from, to);
    yield* lostDoors(from, to);
    yield* lostCertificates(from, to, served);
    yield* lostDnsNames(from, to, served);
  },
};

function lostHosts(from: State, to: State, served: ServedPaths): Iterable<Breach> {
  return inTurn(entriesOf(from), (before) => {
    const object = to.find(before) ?? before;
    const hosts = new Map(pathsOf(before).map((path) => [path.host, path]));
    return [...hosts.values()]
      .filter((path) => !served.hasHost(path))
      .map(({ host }) => ({
        object,
        path: object.kind === 'Ingress' ? ['spec', 'rules'] : ['spec'],
        what: `the host ${host} is gone`,
      }));
  });
}
