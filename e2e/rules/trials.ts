import { applyNext, applyNextAndUndo, drainNode, evictAll, nothing, rollOut } from './events';
import type { Trial } from './trial';

const rolloutOf = (rule: string, more: Partial<Trial> = {}): Trial => ({
  rule,
  kind: 'state',
  event: 'rollout',
  run: rollOut,
  ...more,
});
const upgradeOf = (rule: string, more: Partial<Trial> = {}): Trial => ({
  rule,
  kind: 'upgrade',
  event: 'apply',
  run: applyNext,
  ...more,
});

/** An application that takes longer to start than its old pods take to go. */
const slowStart = { START_DELAY: '20s' };

/** Every rule that is tried, in the order of the documentation. */
export const TRIALS: readonly Trial[] = [
  rolloutOf('readiness-missing'),
  rolloutOf('all-pods-unavailable', { env: slowStart }),
  rolloutOf('recreate'),
  rolloutOf('pre-stop-missing'),
  rolloutOf('grace-too-short'),
  rolloutOf('host-port-surge'),
  rolloutOf('anti-affinity-blocks-surge'),
  rolloutOf('daemon-set-dips'),
  rolloutOf('progress-deadline-short', { env: slowStart }),
  rolloutOf('local-traffic-unspread', { env: slowStart }),
  rolloutOf('service-selects-two', { event: 'no change', run: nothing, neverServes: true }),
  rolloutOf('service-selects-nothing', { event: 'no change', run: nothing, neverServes: true }),
  rolloutOf('target-port-missing', { event: 'no change', run: nothing, neverServes: true }),
  rolloutOf('one-replica', { event: 'drain of the node', run: drainNode, env: slowStart }),
  rolloutOf('pdb-missing', { event: 'eviction of all pods', run: evictAll, env: slowStart }),
  rolloutOf('pdb-selects-nothing', { event: 'eviction of all pods', run: evictAll, env: slowStart }),
  rolloutOf('pdb-blocks', { event: 'drain of the node', run: drainNode }),
  rolloutOf('pdb-twice', { event: 'drain of the node', run: drainNode }),

  upgradeOf('selector-immutable'),
  upgradeOf('object-removed'),
  upgradeOf('selector-misses-running-pods', { env: slowStart }),
  upgradeOf('target-port-not-in-running-pods', { env: slowStart }),
  upgradeOf('service-type-lowered'),
  upgradeOf('service-port-removed'),
  upgradeOf('replicas-lowered'),
  upgradeOf('replicas-removed', { env: slowStart }),
  upgradeOf('config-removed', { event: 'apply and undo', run: applyNextAndUndo }),
  upgradeOf('traffic-policy-changed'),
  upgradeOf('cluster-ip-immutable'),
  upgradeOf('stateful-set-immutable'),
  upgradeOf('hpa-minimum-lowered'),
  upgradeOf('ingress-host-removed'),
  upgradeOf('ingress-path-removed'),
  upgradeOf('ingress-class-changed'),
  upgradeOf('backend-not-running'),
];
