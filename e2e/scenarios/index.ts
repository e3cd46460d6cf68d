import type { Scenario } from '../proof/scenario';
import { autoscaling } from './autoscaling';
import { badImage } from './bad-image';
import { controlPlaneDown, kubeletRestart, kubeProxyRestart } from './component-restarts';
import { configChange } from './config-change';
import { controlCdk8sPlus } from './control-cdk8s-plus';
import { controlFixed } from './control-fixed';
import { controlNaive } from './control-naive';
import { crashAfterReady } from './crash-after-ready';
import { deletions } from './deletions';
import { evictions } from './evictions';
import { fiveRollouts } from './five-rollouts';
import { neverReady } from './never-ready';
import { allNodesDrain, nodeDrain } from './node-drain';
import { rollout, rolloutVia } from './rollout';
import { rolloutInRollout } from './rollout-in-rollout';
import { scale } from './scale';
import { undo } from './undo';

const ROUTED = 'zero-downtime.test/routed';
const PROXIED = 'zero-downtime.test/proxied';

const proxied = rolloutVia('nftables', {
  loadBalancerClass: PROXIED,
  externalTrafficPolicy: 'Cluster',
  replicas: 2,
});

/** Every way in which traffic can come, but the one that the main scenarios use. */
const waysOfTraffic = (['nftables', 'iptables'] as const).flatMap((proxyMode) =>
  [ROUTED, PROXIED].flatMap((loadBalancerClass) =>
    (['Cluster', 'Local'] as const).flatMap((externalTrafficPolicy) =>
      [2, 6].map((replicas) => rolloutVia(proxyMode, { loadBalancerClass, externalTrafficPolicy, replicas })),
    ),
  ),
);

/** What proves the main claims, on every change: `npm run e2e`. */
export const MAIN: Scenario[] = [
  controlNaive,
  controlFixed,
  controlCdk8sPlus,
  rollout,
  badImage,
  nodeDrain,
  proxied,
];

/** Everything: `npm run e2e:all`. */
export const ALL: Scenario[] = [
  controlNaive,
  controlFixed,
  controlCdk8sPlus,
  rollout,
  fiveRollouts,
  rolloutInRollout,
  undo,
  badImage,
  neverReady,
  crashAfterReady,
  configChange,
  scale,
  autoscaling,
  nodeDrain,
  allNodesDrain,
  evictions,
  deletions,
  kubeProxyRestart,
  kubeletRestart,
  controlPlaneDown,
  ...waysOfTraffic,
];
