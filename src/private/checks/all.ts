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
import { portsWithSameNumber, undeclaredPorts } from './ports';
import { missingReadinessGates } from './readiness-gates';
import { missingPodLabels, selectorChanges } from './selectors';
import { sharedPods } from './shared-pods';
import { sharedRoutes } from './shared-routes';
import { surgeBlockers } from './surge';
import { slowIngresses } from './slow-ingresses';
import { duplicateVariables } from './variables';

const CHECKS: readonly ((checked: Checked) => Iterable<Refusal>)[] = [
  duplicateNames,
  selectorChanges,
  sharedPods,
  missingPodLabels,
  sharedRoutes,
  slowIngresses,
  undeclaredPorts,
  portsWithSameNumber,
  pastDrainProxy,
  duplicateVariables,
  mountPaths,
  containers,
  surgeBlockers,
  autoscalers,
  drainsThatTakeAll,
  podsOnOneNode,
  missingReadinessGates,
  injectedProxies,
  notAdmitted,
  deletions,
];

/**
 * Everything in the finished app that contradicts the promise: what was added to the Deployment and the Service
 * after they were created, and other objects of the app.
 */
export function refusalsAtSynth(checked: Checked): Refusal[] {
  return checked.index.isChecked() ? [] : CHECKS.flatMap((check) => [...check(checked)]);
}
