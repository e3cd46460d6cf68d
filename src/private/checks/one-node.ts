import { kubeScheduling, type NodeSelectorTerm } from '../kubernetes/cdk8s-plus';
import { HOST } from '../kubernetes/node-labels';
import { Refusal } from '../refusals/refusal';
import { ONE_NODE } from '../settings/scheduling';
import type { Checked } from './checked';

/**
 * Pods that `deployment.scheduling` puts on a single node.
 */
export function* podsOnOneNode({ deployment, settings }: Checked): Iterable<Refusal> {
  if (settings.accepted.acceptDowntimeOnDrain) {
    return;
  }
  const { nodeName, affinity } = kubeScheduling(deployment.scheduling);
  if (nodeName !== undefined) {
    yield new Refusal(
      'deployment.scheduling.assign()',
      JSON.stringify(nodeName),
      ONE_NODE.reason,
      ONE_NODE.remedy,
    );
  }
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  // A pod runs on nodes that fit any of the terms; a term without hosts fits every host.
  const hosts = new Set(
    terms.flatMap((term): readonly (string | undefined)[] => hostsOf(term) ?? [undefined]),
  );
  const [host] = hosts;
  if (hosts.size === 1 && host !== undefined) {
    yield new Refusal(
      'deployment.scheduling.attract()',
      JSON.stringify(host),
      ONE_NODE.reason,
      ONE_NODE.remedy,
    );
  }
}

function hostsOf({ matchExpressions = [] }: NodeSelectorTerm): readonly string[] | undefined {
  return matchExpressions.find(({ key, operator }) => key === HOST && operator === 'In')?.values;
}
