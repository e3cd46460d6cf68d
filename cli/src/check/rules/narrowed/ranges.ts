import { textsIn } from '../../model/entries/doors.js';
import { IpRanges } from '../../model/services/ip-range.js';
import { annotation, typeOf } from '../../model/services/service.js';
import type { Change, State } from '../../model/state.js';
import { at } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** Addresses from which a load balancer or an ingress controller lets no clients in any more. */
export function narrowedRanges(from: State, to: State): Iterable<Breach> {
  const changes = [
    ...to.changes(from, to.services).filter(isBalanced),
    ...to.changes(from, to.ofKind('networking.k8s.io', 'Ingress')),
  ];
  return inTurn(changes, ({ before, object }) => {
    const ranges = new IpRanges(rangesOf(object));
    return rangesOf(before)
      .filter((range) => !ranges.cover(range))
      .map((range) => ({
        object,
        path: object.kind === 'Service' ? ['spec', 'loadBalancerSourceRanges'] : ['metadata', 'annotations'],
        what: `${range === '0.0.0.0/0' ? 'not every address' : `not all of ${range}`} may connect any more`,
      }));
  });
}

/** Annotations that say the same as spec.loadBalancerSourceRanges, for a Service or an Ingress. */
const ANNOTATIONS = [
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'nginx.ingress.kubernetes.io/allowlist-source-range',
  'nginx.ingress.kubernetes.io/whitelist-source-range',
  'alb.ingress.kubernetes.io/inbound-cidrs',
  'haproxy.org/allow-list',
];

/** The ranges from which clients may come; without any, all. */
function rangesOf(object: ManifestObject): readonly string[] {
  const written = [
    ...textsIn(at(object.body, 'spec', 'loadBalancerSourceRanges')),
    ...ANNOTATIONS.flatMap((name) => annotation(object, name)?.split(',') ?? []),
  ].map((range) => range.trim());
  return written.length > 0 ? written : ['0.0.0.0/0', '::/0'];
}

function isBalanced(change: Change): boolean {
  return Object.values<ManifestObject>({ ...change }).every((service) => typeOf(service) === 'LoadBalancer');
}
