import type { State } from '../../model/state.js';
import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** A kind whose objects are used from outside of the manifests, and what their removal means. */
interface Removal {
  readonly group: string;
  readonly kind: string;
  /** Whether another object of the manifests does the same. */
  readonly isReplaced?: (object: ManifestObject, others: readonly ManifestObject[]) => boolean;
  readonly severity?: Breach['severity'];
  readonly what?: (object: ManifestObject) => string;
}

const NOT_THERE = 'it is not in the new manifests';
const OBSERVED = 'without it nobody sees what it watches';

const REMOVALS: readonly Removal[] = [
  { group: 'gateway.networking.k8s.io', kind: 'Gateway' },
  { group: 'networking.istio.io', kind: 'Gateway' },
  { group: 'elbv2.k8s.aws', kind: 'TargetGroupBinding' },
  ...['IPAddressPool', 'L2Advertisement', 'BGPAdvertisement'].map((kind) => ({
    group: 'metallb.io',
    kind,
    isReplaced: (_: ManifestObject, others: readonly ManifestObject[]) => others.length > 0,
  })),
  {
    group: 'apiregistration.k8s.io',
    kind: 'APIService',
    severity: 'warning',
    isReplaced: (object, others) =>
      isLocal(object) || others.some((other) => apiGroupOf(other) === apiGroupOf(object)),
    what: (object) =>
      `nobody answers for ${apiGroupOf(object)} any more${/(?:^|\.)metrics\.k8s\.io$/.test(apiGroupOf(object)) ? ', so HorizontalPodAutoscalers stop scaling' : ''}`,
  },
  ...['ServiceMonitor', 'PodMonitor', 'Probe', 'PrometheusRule'].map((kind) => ({
    group: 'monitoring.coreos.com',
    kind,
    severity: 'info' as const,
    what: () => `${NOT_THERE}; ${OBSERVED}`,
  })),
];

/** Objects that are gone and that others use who are not in the manifests. */
export function removedEntries(from: State, to: State): Iterable<Breach> {
  return inTurn(REMOVALS, ({ group, kind, isReplaced = () => false, severity, what = () => NOT_THERE }) =>
    from
      .ofKind(group, kind)
      .filter((object) => to.deletes(object) && !isReplaced(object, to.ofKind(group, kind)))
      .map((object) => ({ object, path: [], what: what(object), severity })),
  );
}

function apiGroupOf({ body }: ManifestObject): string {
  return text(at(body, 'spec', 'group')) ?? '';
}

/** Whether the API server itself answers for an APIService. */
function isLocal({ body }: ManifestObject): boolean {
  return at(body, 'spec', 'service', 'name') === undefined;
}
