import { toJson_TopologySpreadConstraint, toJson_WeightedPodAffinityTerm } from '../../../imports/k8s';
import type { Manifest } from '../kubernetes/manifest';
import { HOST } from '../kubernetes/node-labels';

/** Each revision is spread by itself, so that the old pods do not push the new ones aside. */
const MATCH_LABEL_KEYS = ['pod-template-hash'];

/**
 * Spreads the pods as evenly as there is room: a pod that finds no better place still starts, since a rollout
 * must not wait for a free node.
 *
 * The scheduler spreads only over nodes that have all of the keys. Where nodes have no zone, as on bare metal,
 * it would not spread at all; the preference for other hosts works there too.
 */
export function spreadPods(
  podSpec: Manifest,
  selector: Record<string, string>,
  topologyKeys: readonly string[],
): void {
  const labelSelector = { matchLabels: selector };
  podSpec.topologySpreadConstraints = topologyKeys.map((topologyKey) =>
    toJson_TopologySpreadConstraint({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector,
      matchLabelKeys: MATCH_LABEL_KEYS,
    }),
  );
  if (topologyKeys.includes(HOST)) {
    preferOtherHosts(podSpec, labelSelector);
  }
}

function preferOtherHosts(podSpec: Manifest, labelSelector: { matchLabels: Record<string, string> }): void {
  const podAntiAffinity = ((podSpec.affinity ??= {}).podAntiAffinity ??= {});
  const preferred = (podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution ??= []);
  preferred.push(
    toJson_WeightedPodAffinityTerm({
      weight: 100,
      podAffinityTerm: { topologyKey: HOST, labelSelector, matchLabelKeys: MATCH_LABEL_KEYS },
    }),
  );
}
