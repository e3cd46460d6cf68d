import type { StateRule, UpgradeRule } from './rule.js';
import { allPodsUnavailable } from './state/all-pods-unavailable.js';
import { antiAffinityBlocksSurge } from './state/anti-affinity-blocks-surge.js';
import { applyRefused } from './state/apply-refused.js';
import { backendNotGranted } from './state/backend-not-granted.js';
import { apiVersionNotServed } from './state/api-version-not-served.js';
import { backendPortMissing } from './state/backend-port-missing.js';
import { backendServiceMissing } from './state/backend-service-missing.js';
import { barePod } from './state/bare-pod.js';
import { bytesFractional } from './state/bytes-fractional.js';
import { capacityDips } from './state/capacity-dips.js';
import { configKeyMissing } from './state/config-key-missing.js';
import { daemonSetAllUnavailable } from './state/daemon-set-all-unavailable.js';
import { daemonSetDips } from './state/daemon-set-dips.js';
import { daemonSetHostPortSurge } from './state/daemon-set-host-port-surge.js';
import { deletedOnApply } from './state/deleted-on-apply.js';
import { fieldUnknown } from './state/field-unknown.js';
import { graceTooShort } from './state/grace-too-short.js';
import { helperEndsFirst } from './state/helper-ends-first.js';
import { hostPortSurge } from './state/host-port-surge.js';
import { hpaCountsOtherPods } from './state/hpa-counts-other-pods.js';
import { hpaScalesDownAtOnce } from './state/hpa-scales-down-at-once.js';
import { hpaTargetMissing } from './state/hpa-target-missing.js';
import { hpaWithReplicas } from './state/hpa-with-replicas.js';
import { hpaWithoutRequest } from './state/hpa-without-request.js';
import { ingressPathTwice } from './state/ingress-path-twice.js';
import { injectedProxyEndsFirst } from './state/injected-proxy-ends-first.js';
import { internalTrafficLocal } from './state/internal-traffic-local.js';
import { livenessNotSlower } from './state/liveness-not-slower.js';
import { localTrafficUnspread } from './state/local-traffic-unspread.js';
import { mutableImageTag } from './state/mutable-image-tag.js';
import { notReadyPublished } from './state/not-ready-published.js';
import { oneReplica } from './state/one-replica.js';
import { pdbAllowsAll } from './state/pdb-allows-all.js';
import { pdbBlocks } from './state/pdb-blocks.js';
import { pdbMissing } from './state/pdb-missing.js';
import { pdbProtectsUnready } from './state/pdb-protects-unready.js';
import { pdbSelectsNothing } from './state/pdb-selects-nothing.js';
import { pdbSelectsTwo } from './state/pdb-selects-two.js';
import { pdbTwice } from './state/pdb-twice.js';
import { pinnedToNode } from './state/pinned-to-node.js';
import { podsRefused } from './state/pods-refused.js';
import { preStopMissing } from './state/pre-stop-missing.js';
import { preStopTooShort } from './state/pre-stop-too-short.js';
import { probePortMissing } from './state/probe-port-missing.js';
import { progressDeadlineShort } from './state/progress-deadline-short.js';
import { quotaBlocksRollout } from './state/quota-blocks-rollout.js';
import { readinessGateUnset } from './state/readiness-gate-unset.js';
import { readinessMissing } from './state/readiness-missing.js';
import { recreate } from './state/recreate.js';
import { referenceMissing } from './state/reference-missing.js';
import { refusedByServer } from './state/refused-by-server.js';
import { rolloutHeld } from './state/rollout-held.js';
import { rolloutRefused } from './state/rollout-refused.js';
import { routeNotAttached } from './state/route-not-attached.js';
import { serviceSelectsJob } from './state/service-selects-job.js';
import { serviceSelectsNothing } from './state/service-selects-nothing.js';
import { serviceSelectsTwo } from './state/service-selects-two.js';
import { spreadCountsDrainedNodes } from './state/spread-counts-drained-nodes.js';
import { spreadCountsOldPods } from './state/spread-counts-old-pods.js';
import { startUpBudgetShort } from './state/start-up-budget-short.js';
import { statefulSetDips } from './state/stateful-set-dips.js';
import { statefulSetOneReplica } from './state/stateful-set-one-replica.js';
import { statefulSetOrdered } from './state/stateful-set-ordered.js';
import { targetPortMissing } from './state/target-port-missing.js';
import { targetPortUndeclared } from './state/target-port-undeclared.js';
import { tooLargeToApply } from './state/too-large-to-apply.js';
import { updateOnDelete } from './state/update-on-delete.js';
import { variableTwice } from './state/variable-twice.js';
import { volumeSurge } from './state/volume-surge.js';
import { webhookBlocksItself } from './state/webhook-blocks-itself.js';
import { backendNotRunning } from './upgrade/backend-not-running.js';
import { changeRefused } from './upgrade/change-refused.js';
import { claimImmutable } from './upgrade/claim-immutable.js';
import { claimRemoved } from './upgrade/claim-removed.js';
import { clusterIpImmutable } from './upgrade/cluster-ip-immutable.js';
import { configChangedInPlace } from './upgrade/config-changed-in-place.js';
import { configImmutable } from './upgrade/config-immutable.js';
import { configRemoved } from './upgrade/config-removed.js';
import { crdVersionDropped } from './upgrade/crd-version-dropped.js';
import { daemonSetNodesNarrowed } from './upgrade/daemon-set-nodes-narrowed.js';
import { healthCheckNodePortImmutable } from './upgrade/health-check-node-port-immutable.js';
import { hpaMaximumLowered } from './upgrade/hpa-maximum-lowered.js';
import { hpaMinimumLowered } from './upgrade/hpa-minimum-lowered.js';
import { hpaRemoved } from './upgrade/hpa-removed.js';
import { imageTagReused } from './upgrade/image-tag-reused.js';
import { ingressClassChanged } from './upgrade/ingress-class-changed.js';
import { ingressHostRemoved } from './upgrade/ingress-host-removed.js';
import { ingressPathRemoved } from './upgrade/ingress-path-removed.js';
import { internalTrafficTurnedLocal } from './upgrade/internal-traffic-turned-local.js';
import { ipFamiliesImmutable } from './upgrade/ip-families-immutable.js';
import { jobImmutable } from './upgrade/job-immutable.js';
import { loadBalancerClassImmutable } from './upgrade/load-balancer-class-immutable.js';
import { loadBalancerIpChanged } from './upgrade/load-balancer-ip-changed.js';
import { loadBalancerReplaced } from './upgrade/load-balancer-replaced.js';
import { mergeLosesEntry } from './upgrade/merge-loses-entry.js';
import { namespaceRemoved } from './upgrade/namespace-removed.js';
import { nodePortChanged } from './upgrade/node-port-changed.js';
import { objectRemoved } from './upgrade/object-removed.js';
import { pdbLoosened } from './upgrade/pdb-loosened.js';
import { priorityClassRemoved } from './upgrade/priority-class-removed.js';
import { replicasLowered } from './upgrade/replicas-lowered.js';
import { replicasRemoved } from './upgrade/replicas-removed.js';
import { requestsRaised } from './upgrade/requests-raised.js';
import { rollbackHistoryRemoved } from './upgrade/rollback-history-removed.js';
import { scaledToZero } from './upgrade/scaled-to-zero.js';
import { selectorImmutable } from './upgrade/selector-immutable.js';
import { selectorMissesRunningPods } from './upgrade/selector-misses-running-pods.js';
import { serviceAccountRemoved } from './upgrade/service-account-removed.js';
import { servicePortRemoved } from './upgrade/service-port-removed.js';
import { servicePortRenamed } from './upgrade/service-port-renamed.js';
import { serviceTypeLowered } from './upgrade/service-type-lowered.js';
import { sourceRangesNarrowed } from './upgrade/source-ranges-narrowed.js';
import { statefulSetImmutable } from './upgrade/stateful-set-immutable.js';
import { targetPortNotInRunningPods } from './upgrade/target-port-not-in-running-pods.js';
import { trafficPolicyChanged } from './upgrade/traffic-policy-changed.js';
import { unreadyPodsPublished } from './upgrade/unready-pods-published.js';

/** The rules about one state of the manifests. */
export const stateRules: readonly StateRule[] = [
  readinessMissing,
  notReadyPublished,
  capacityDips,
  allPodsUnavailable,
  recreate,
  rolloutHeld,
  rolloutRefused,
  applyRefused,
  bytesFractional,
  podsRefused,
  quotaBlocksRollout,
  preStopMissing,
  preStopTooShort,
  graceTooShort,
  helperEndsFirst,
  injectedProxyEndsFirst,
  oneReplica,
  barePod,
  pinnedToNode,
  pdbMissing,
  pdbAllowsAll,
  pdbBlocks,
  pdbSelectsNothing,
  pdbSelectsTwo,
  pdbTwice,
  pdbProtectsUnready,
  hpaWithReplicas,
  hpaTargetMissing,
  hpaCountsOtherPods,
  hpaWithoutRequest,
  hpaScalesDownAtOnce,
  livenessNotSlower,
  startUpBudgetShort,
  progressDeadlineShort,
  readinessGateUnset,
  probePortMissing,
  configKeyMissing,
  referenceMissing,
  variableTwice,
  serviceSelectsNothing,
  serviceSelectsTwo,
  serviceSelectsJob,
  targetPortMissing,
  targetPortUndeclared,
  backendServiceMissing,
  backendPortMissing,
  webhookBlocksItself,
  backendNotGranted,
  routeNotAttached,
  ingressPathTwice,
  mutableImageTag,
  hostPortSurge,
  volumeSurge,
  antiAffinityBlocksSurge,
  spreadCountsOldPods,
  spreadCountsDrainedNodes,
  localTrafficUnspread,
  internalTrafficLocal,
  statefulSetOneReplica,
  statefulSetDips,
  statefulSetOrdered,
  daemonSetAllUnavailable,
  daemonSetDips,
  daemonSetHostPortSurge,
  updateOnDelete,
  deletedOnApply,
  apiVersionNotServed,
  fieldUnknown,
  tooLargeToApply,
  refusedByServer,
];

/** The rules about the step from old manifests to new ones. */
export const upgradeRules: readonly UpgradeRule[] = [
  selectorImmutable,
  statefulSetImmutable,
  clusterIpImmutable,
  loadBalancerClassImmutable,
  ipFamiliesImmutable,
  healthCheckNodePortImmutable,
  configImmutable,
  jobImmutable,
  claimImmutable,
  changeRefused,
  crdVersionDropped,
  objectRemoved,
  namespaceRemoved,
  serviceTypeLowered,
  loadBalancerReplaced,
  loadBalancerIpChanged,
  selectorMissesRunningPods,
  targetPortNotInRunningPods,
  servicePortRemoved,
  mergeLosesEntry,
  servicePortRenamed,
  nodePortChanged,
  trafficPolicyChanged,
  internalTrafficTurnedLocal,
  sourceRangesNarrowed,
  unreadyPodsPublished,
  ingressHostRemoved,
  ingressPathRemoved,
  ingressClassChanged,
  backendNotRunning,
  replicasLowered,
  scaledToZero,
  replicasRemoved,
  hpaRemoved,
  hpaMaximumLowered,
  hpaMinimumLowered,
  daemonSetNodesNarrowed,
  pdbLoosened,
  requestsRaised,
  configChangedInPlace,
  configRemoved,
  claimRemoved,
  serviceAccountRemoved,
  priorityClassRemoved,
  rollbackHistoryRemoved,
  imageTagReused,
];
