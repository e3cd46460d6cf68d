import type { Refusal } from '../refusals/refusal';
import { autoscalers } from './autoscalers';
import type { Checked } from './checked';
import { containers } from './containers';
import { deletions } from './deletions';
import { duplicateNames } from './duplicate-names';
import { injectedProxies } from './injected-proxies';
import { mountPaths } from './mounts';
import { drainsThatTakeAll } from './node-drains';
import { podsOnOneNode } from './one-node';
import { notAdmitted } from './pod-security';
import { pastDrainProxy } from './past-drain-proxy';
import { portsOfNoContainer, portsOfOneNumber } from './ports';
import { gatesThatNoPodGets } from './readiness-gates';
import { labelsThatNoPodHas, selectorChanges } from './selectors';
import { sharedPods } from './shared-pods';
import { sharedRoutes } from './shared-routes';
import { whatBlocksSurge } from './surge';
import { slowIngresses } from './slow-ingresses';
import { variablesInTwoPlaces } from './variables';

const CHECKS: readonly ((checked: Checked) => Iterable<Refusal>)[] = [
  duplicateNames,
  selectorChanges,
  sharedPods,
  labelsThatNoPodHas,
  sharedRoutes,
  slowIngresses,
  portsOfNoContainer,
  portsOfOneNumber,
  pastDrainProxy,
  variablesInTwoPlaces,
  mountPaths,
  containers,
  whatBlocksSurge,
  autoscalers,
  drainsThatTakeAll,
  podsOnOneNode,
  gatesThatNoPodGets,
  injectedProxies,
  notAdmitted,
  deletions,
];

/**
 * Everything in the finished app that contradicts the promise: what was added to the Deployment and the Service
 * after they were created, and other objects of the app.
 */
export function refusalsAtSynth(checked: Checked): Refusal[] {
  return CHECKS.flatMap((check) => [...check(checked)]);
}
