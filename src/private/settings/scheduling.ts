import type { NodeTaintQuery } from 'cdk8s-plus-27';
import type { AcceptedRisks } from '../../accepted-risks';
import type { PodTemplateProps } from '../../pod-template-props';
import type { SchedulingOptions } from '../../scheduling-options';
import { kubeTaint } from '../kubernetes/cdk8s-plus';
import { checkLabels, checkName, SUBDOMAIN } from '../kubernetes/names';
import { HOST, ZONE } from '../kubernetes/node-labels';
import { checkAll, checkEach, Refusal } from '../refusals/refusal';
import { checkTopologyKeys } from './topology-keys';

/** On which nodes the pods run. */
export interface Scheduling extends SchedulingOptions {
  readonly tolerations: NodeTaintQuery[];
  readonly topologyKeys: string[];
}

/** Why pods may not be tied to a single node, and what to do instead. */
export const ONE_NODE = {
  reason: 'all pods would run on one node, and when it is drained, none of them has another place',
  remedy: 'Select by a label that several nodes have, or write acceptDowntimeOnDrain: true',
};

/**
 * On which nodes the pods run. Refuses names that no node or class can have, and a single node, which a drain
 * takes away.
 */
export function resolveScheduling({
  scheduling = {},
  acceptDowntimeOnDrain,
}: PodTemplateProps & AcceptedRisks): Scheduling {
  checkAll(
    () => checkClass('priorityClassName', scheduling.priorityClassName, 'high-priority'),
    () => checkClass('runtimeClassName', scheduling.runtimeClassName, 'gvisor'),
    () => checkNodeSelector(scheduling.nodeSelector, acceptDowntimeOnDrain),
    () => checkTolerations(scheduling.tolerations),
    () => checkTopologyKeys(scheduling.topologyKeys),
  );
  const { tolerations = [], topologyKeys = [HOST, ZONE] } = scheduling;
  return { ...scheduling, tolerations, topologyKeys };
}

function checkClass(option: string, name: string | undefined, example: string): void {
  if (name !== undefined) {
    checkName(
      `scheduling.${option}`,
      name,
      SUBDOMAIN,
      "lower-case letters, digits, '-' and '.'",
      `${option}: '${example}'`,
    );
  }
}

function checkNodeSelector(nodeSelector: Record<string, string> = {}, acceptDowntimeOnDrain = false): void {
  checkLabels('scheduling.nodeSelector', nodeSelector);
  if (Object.hasOwn(nodeSelector, HOST) && !acceptDowntimeOnDrain) {
    throw new Refusal(
      `scheduling.nodeSelector['${HOST}']`,
      JSON.stringify(nodeSelector[HOST]),
      ONE_NODE.reason,
      ONE_NODE.remedy,
    );
  }
}

/** Keys and values of taints follow the rules of labels. */
function checkTolerations(tolerations: readonly NodeTaintQuery[] = []): void {
  checkEach(tolerations, (toleration, i) => {
    const { key, value = '' } = kubeTaint(toleration);
    checkLabels(`scheduling.tolerations[${i}]`, key === undefined ? {} : { [key]: value });
  });
}
