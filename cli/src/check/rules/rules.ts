import type { StateRule, UpgradeRule } from './rule.js';
import { allPodsUnavailable } from './state/all-pods-unavailable.js';
import { antiAffinityBlocksSurge } from './state/anti-affinity-blocks-surge.js';
import { capacityDips } from './state/capacity-dips.js';
import { daemonSetDips } from './state/daemon-set-dips.js';
import { graceTooShort } from './state/grace-too-short.js';
import { hostPortSurge } from './state/host-port-surge.js';
import { hpaWithReplicas } from './state/hpa-with-replicas.js';
import { livenessNotSlower } from './state/liveness-not-slower.js';
import { localTrafficUnspread } from './state/local-traffic-unspread.js';
import { mutableImageTag } from './state/mutable-image-tag.js';
import { oneReplica } from './state/one-replica.js';
import { pdbBlocks } from './state/pdb-blocks.js';
import { pdbMissing } from './state/pdb-missing.js';
import { pdbSelectsNothing } from './state/pdb-selects-nothing.js';
import { pdbTwice } from './state/pdb-twice.js';
import { preStopMissing } from './state/pre-stop-missing.js';
import { progressDeadlineShort } from './state/progress-deadline-short.js';
import { readinessMissing } from './state/readiness-missing.js';
import { recreate } from './state/recreate.js';
import { serviceSelectsNothing } from './state/service-selects-nothing.js';
import { serviceSelectsTwo } from './state/service-selects-two.js';
import { spreadCountsOldPods } from './state/spread-counts-old-pods.js';
import { targetPortMissing } from './state/target-port-missing.js';
import { targetPortUndeclared } from './state/target-port-undeclared.js';
import { volumeSurge } from './state/volume-surge.js';
import { clusterIpImmutable } from './upgrade/cluster-ip-immutable.js';
import { configRemoved } from './upgrade/config-removed.js';
import { hpaMinimumLowered } from './upgrade/hpa-minimum-lowered.js';
import { ingressHostRemoved } from './upgrade/ingress-host-removed.js';
import { objectRemoved } from './upgrade/object-removed.js';
import { replicasLowered } from './upgrade/replicas-lowered.js';
import { replicasRemoved } from './upgrade/replicas-removed.js';
import { selectorImmutable } from './upgrade/selector-immutable.js';
import { selectorMissesRunningPods } from './upgrade/selector-misses-running-pods.js';
import { servicePortRemoved } from './upgrade/service-port-removed.js';
import { serviceTypeLowered } from './upgrade/service-type-lowered.js';
import { statefulSetImmutable } from './upgrade/stateful-set-immutable.js';
import { targetPortNotInRunningPods } from './upgrade/target-port-not-in-running-pods.js';
import { trafficPolicyChanged } from './upgrade/traffic-policy-changed.js';

/** The rules about one state of the manifests. */
export const stateRules: readonly StateRule[] = [
  readinessMissing,
  capacityDips,
  allPodsUnavailable,
  recreate,
  preStopMissing,
  graceTooShort,
  oneReplica,
  pdbMissing,
  pdbBlocks,
  pdbSelectsNothing,
  pdbTwice,
  hpaWithReplicas,
  livenessNotSlower,
  serviceSelectsNothing,
  serviceSelectsTwo,
  targetPortMissing,
  targetPortUndeclared,
  mutableImageTag,
  progressDeadlineShort,
  hostPortSurge,
  volumeSurge,
  antiAffinityBlocksSurge,
  spreadCountsOldPods,
  localTrafficUnspread,
  daemonSetDips,
];

/** The rules about the step from old manifests to new ones. */
export const upgradeRules: readonly UpgradeRule[] = [
  selectorImmutable,
  objectRemoved,
  selectorMissesRunningPods,
  targetPortNotInRunningPods,
  serviceTypeLowered,
  servicePortRemoved,
  replicasLowered,
  replicasRemoved,
  configRemoved,
  trafficPolicyChanged,
  clusterIpImmutable,
  statefulSetImmutable,
  ingressHostRemoved,
  hpaMinimumLowered,
];
