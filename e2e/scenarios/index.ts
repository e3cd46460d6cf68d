import type { Scenario } from '../proof/scenario';
import { autoscaling } from './autoscaling';
import { badImage } from './bad-image';
import { cloudTiming } from './cloud-timing';
import {
  allKubeletsRestart,
  controlPlaneDown,
  controlPlaneDownShortDrain,
  kubeletRestart,
  kubeletRestartUnderStart,
  kubeProxyRestart,
} from './component-restarts';
import { configPruned, configRollout } from './config-rollout';
import { controlCdk8sPlus } from './control-cdk8s-plus';
import { controlFixed } from './control-fixed';
import { controlNaive } from './control-naive';
import { controlCrashAfterReady, crashAfterReady } from './crash-after-ready';
import { deletions } from './deletions';
import { controlHttp2, drainProxies, drainProxyGet, drainProxyOverHttp2 } from './drain-proxy';
import { evictions } from './evictions';
import { fiveRollouts } from './five-rollouts';
import { httpsRollout } from './https';
import { neverReady } from './never-ready';
import { nginx } from './nginx';
import { allNodesDrain, nodeDrain } from './node-drain';
import { nodeServer } from './node-server';
import { rollout } from './rollout';
import { rolloutInRollout } from './rollout-in-rollout';
import { scale } from './scale';
import { shutdowns } from './shutdown';
import { controlSpeed, speed } from './speed';
import { controlTakeOver, takeOverClientSide, takeOverServerSide } from './take-over-replicas';
import { proxiedRollout, waysOfTraffic } from './ways-of-traffic';
import { undo } from './undo';

/** The main scenarios, which run on every change: `npm run e2e`. */
export const MAIN: Scenario[] = [
  controlNaive,
  controlFixed,
  controlCdk8sPlus,
  rollout,
  badImage,
  nodeDrain,
  proxiedRollout,
  drainProxies[0],
  controlSpeed,
  speed,
];

/** The full matrix: `npm run e2e:all`. */
export const ALL: Scenario[] = [
  controlNaive,
  controlFixed,
  controlCdk8sPlus,
  controlCrashAfterReady,
  controlTakeOver,
  controlHttp2,
  controlSpeed,
  rollout,
  speed,
  fiveRollouts,
  rolloutInRollout,
  undo,
  ...shutdowns,
  badImage,
  neverReady,
  crashAfterReady,
  configRollout,
  configPruned,
  nginx,
  nodeServer,
  httpsRollout,
  scale,
  autoscaling,
  takeOverClientSide,
  takeOverServerSide,
  nodeDrain,
  allNodesDrain,
  evictions,
  deletions,
  ...drainProxies,
  drainProxyGet,
  drainProxyOverHttp2,
  kubeProxyRestart,
  kubeletRestart,
  controlPlaneDown,
  ...waysOfTraffic,
  kubeletRestartUnderStart,
  allKubeletsRestart,
  controlPlaneDownShortDrain,
];

/** Load balancers with the timing of a cloud, which are too slow for the full matrix: `npm run e2e:clouds`. */
export const CLOUDS: Scenario[] = cloudTiming;
