import {
  applyBadImageAndReplacePod,
  applyNext,
  applyNextAndEvictAll,
  applyNextAndReplacePod,
  applyNextAndRollOut,
  applyNextAndUndo,
  applyNextAndWait,
  applyToAndFro,
  drainNode,
  evictAll,
  evictWeb,
  jobsGone,
  measured,
  rollOut,
  scaledUp,
} from './events';
import { LOAD } from './run-side';
import type { Trial } from './trial';

type More = Partial<Omit<Trial, 'rule' | 'kind'>>;

const rolloutOf = (rule: string, more: More = {}): Trial => ({
  rule,
  kind: 'state',
  event: 'rollout',
  run: rollOut,
  ...more,
});
const drainOf = (rule: string, more: More = {}): Trial =>
  rolloutOf(rule, { event: 'drain of a node', run: drainNode, alone: true, ...more });
const evictionOf = (rule: string, more: More = {}): Trial =>
  rolloutOf(rule, { event: 'eviction of all pods', run: evictAll, env: slowStart, ...more });
const deployOf = (rule: string, more: More = {}): Trial =>
  rolloutOf(rule, { event: 'apply', run: applyNext, overPass: true, ...more });
const upgradeOf = (rule: string, more: More = {}): Trial => ({
  rule,
  kind: 'upgrade',
  event: 'apply',
  run: applyNext,
  ...more,
});
const undoneOf = (rule: string, more: More = {}): Trial =>
  upgradeOf(rule, { event: 'apply and undo', run: applyNextAndUndo, ...more });

/** An application that takes longer to start than its old pods take to end. */
const slowStart = { START_DELAY: '20s' };

/**
 * Pods that can answer a number of requests at once, under a load of requests of three seconds. While there are enough pods, the
 * load of each is at least three standard deviations below what it can answer; when there are too few, as far above it.
 */
const busy = (bears: number, atOnce: number): Pick<Trial, 'env' | 'load'> => ({
  env: { START_DELAY: '8s', SLOW_CAPACITY: String(bears) },
  load: { slowRate: atOnce / 3 },
});

/** There can be only one ingress controller, since its classes are of the whole cluster. */
const oneController = { alone: true };

/** Every rule that is tried, in the order of the documentation. */
export const TRIALS: readonly Trial[] = [
  rolloutOf('readiness-missing'),
  rolloutOf('not-ready-published'),
  rolloutOf('all-pods-unavailable', { env: slowStart }),
  rolloutOf('recreate'),
  // 120 requests at once: 30 for each of four pods, 60 for each of two.
  rolloutOf('capacity-dips', busy(53, 120)),
  rolloutOf('pre-stop-missing'),
  rolloutOf('grace-too-short', {
    env: { ON_SIGTERM: 'graceful' },
    load: { slowRate: 3, slowPath: '/slow?ms=20000', request: [...LOAD.request, '--timeout', '30s'] },
  }),
  rolloutOf('host-port-surge', { alone: true }),
  rolloutOf('anti-affinity-blocks-surge'),
  rolloutOf('daemon-set-all-unavailable'),
  // 600 requests at once: 200 for each of three pods, 300 for each of two.
  rolloutOf('daemon-set-dips', busy(255, 600)),
  rolloutOf('daemon-set-host-port-surge', { alone: true }),
  rolloutOf('stateful-set-one-replica'),
  // 120 requests at once: 60 for each of two pods, 120 for one.
  rolloutOf('stateful-set-dips', busy(95, 120)),
  deployOf('progress-deadline-short', {
    event: 'apply and rollout',
    run: applyNextAndRollOut,
    env: slowStart,
  }),
  drainOf('one-replica', { env: slowStart }),
  drainOf('pre-stop-too-short'),
  drainOf('bare-pod'),
  drainOf('pinned-to-node'),
  drainOf('spread-counts-drained-nodes'),
  drainOf('pdb-blocks'),
  drainOf('pdb-twice'),
  evictionOf('pdb-missing'),
  evictionOf('pdb-allows-all'),
  evictionOf('pdb-selects-nothing'),
  evictionOf('pdb-selects-two', { event: 'eviction of all pods of web', run: evictWeb }),
  deployOf('rollout-refused'),
  deployOf('apply-refused'),
  deployOf('bytes-fractional'),
  deployOf('pods-refused', { event: 'apply and rollout', run: applyNextAndRollOut }),
  rolloutOf('quota-blocks-rollout'),
  deployOf('start-up-budget-short'),
  deployOf('readiness-gate-unset'),
  deployOf('probe-port-missing'),
  deployOf('config-key-missing'),
  deployOf('reference-missing'),
  deployOf('service-selects-two'),
  deployOf('service-selects-job', { prepare: jobsGone }),
  deployOf('service-selects-nothing'),
  deployOf('target-port-missing'),
  deployOf('target-port-undeclared'),
  deployOf('backend-service-missing', oneController),
  deployOf('backend-port-missing', oneController),
  deployOf('internal-traffic-local', { fromNode: true }),
  // 60 requests at once: 10 for each of six pods, 30 for each of two.
  deployOf('hpa-with-replicas', { ...busy(24, 60), overPass: false, prepare: scaledUp }),

  upgradeOf('selector-immutable'),
  upgradeOf('stateful-set-immutable'),
  upgradeOf('cluster-ip-immutable'),
  upgradeOf('ip-families-immutable'),
  upgradeOf('load-balancer-class-immutable'),
  upgradeOf('health-check-node-port-immutable', { alone: true }),
  upgradeOf('claim-immutable'),
  upgradeOf('change-refused'),
  upgradeOf('config-immutable'),
  upgradeOf('job-immutable'),
  upgradeOf('crd-version-dropped', { alone: true }),
  upgradeOf('object-removed'),
  upgradeOf('namespace-removed'),
  upgradeOf('service-type-lowered'),
  upgradeOf('service-port-removed'),
  upgradeOf('merge-loses-entry'),
  upgradeOf('service-port-renamed', { event: 'ten renames to and fro', run: applyToAndFro }),
  upgradeOf('node-port-changed', { alone: true }),
  upgradeOf('source-ranges-narrowed'),
  upgradeOf('traffic-policy-changed'),
  upgradeOf('internal-traffic-turned-local', { fromNode: true }),
  upgradeOf('load-balancer-ip-changed', { alone: true }),
  upgradeOf('load-balancer-replaced'),
  upgradeOf('selector-misses-running-pods', { env: slowStart }),
  upgradeOf('target-port-not-in-running-pods', { env: slowStart }),
  upgradeOf('unready-pods-published', { env: slowStart }),
  upgradeOf('ingress-host-removed', oneController),
  upgradeOf('ingress-path-removed', oneController),
  upgradeOf('ingress-class-changed', oneController),
  upgradeOf('backend-not-running', oneController),
  upgradeOf('scaled-to-zero'),
  // 120 requests at once: 30 for each of four pods, 60 for each of two.
  upgradeOf('replicas-lowered', busy(53, 120)),
  // 120 requests at once: 60 for each of two pods, 120 for one.
  upgradeOf('replicas-removed', busy(95, 120)),
  // 60 requests at once: 10 for each of six pods, 30 for each of two.
  upgradeOf('hpa-removed', { ...busy(24, 60), prepare: scaledUp }),
  upgradeOf('hpa-maximum-lowered', { ...busy(24, 60), prepare: scaledUp }),
  // 120 requests at once: 30 for each of four pods, 60 for each of two.
  upgradeOf('hpa-minimum-lowered', {
    ...busy(53, 120),
    event: 'apply, 40 s',
    run: applyNextAndWait,
    prepare: measured,
  }),
  // 60 requests at once: 20 for each of three pods, 60 for one.
  upgradeOf('pdb-loosened', {
    ...busy(40, 60),
    event: 'apply and eviction of all pods',
    run: applyNextAndEvictAll,
  }),
  upgradeOf('daemon-set-nodes-narrowed'),
  upgradeOf('requests-raised'),
  undoneOf('config-removed'),
  undoneOf('claim-removed'),
  undoneOf('service-account-removed'),
  undoneOf('priority-class-removed', { alone: true }),
  undoneOf('rollback-history-removed'),
  upgradeOf('image-tag-reused', {
    event: 'bad image: apply, an old pod made again, undo',
    run: applyBadImageAndReplacePod,
    alone: true,
  }),
  upgradeOf('config-changed-in-place', {
    event: 'apply, an old pod made again, undo',
    run: applyNextAndReplacePod,
  }),
];
