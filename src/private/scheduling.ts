import { NodeTaintQuery } from 'cdk8s-plus-27';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkLabels, checkName, SUBDOMAIN } from './identity';
import { checkAll, checkEach, Refusal } from './refusal';
import { checkTopologyKeys } from './topology-keys';

/** Source: Kubernetes' well-known label of a node. */
export const HOST = 'kubernetes.io/hostname';

/** Why pods may not be tied to a single node, and what to do instead. */
export const ONE_NODE = {
  reason: 'all pods would run on one node, and when it is drained, none of them has another place',
  remedy: 'Select by a label that several nodes have, or write acceptDowntimeOnDrain: true',
};

/**
 * Refuses what no node or class could be called, and a place that a drain takes away.
 */
export function checkScheduling({
  scheduling = {},
  acceptDowntimeOnDrain,
}: ZeroDowntimeDeploymentProps): void {
  checkAll(
    () => checkClass('priorityClassName', scheduling.priorityClassName, 'high-priority'),
    () => checkClass('runtimeClassName', scheduling.runtimeClassName, 'gvisor'),
    () => checkNodeSelector(scheduling.nodeSelector, acceptDowntimeOnDrain),
    () => checkTolerations(scheduling.tolerations),
    () => checkTopologyKeys(scheduling.topologyKeys),
  );
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
    const { key, value = '' } = toKube(toleration);
    checkLabels(`scheduling.tolerations[${i}]`, key === undefined ? {} : { [key]: value });
  });
}

/** cdk8s-plus-27 keeps to itself what a taint query is made of. */
function toKube(query: NodeTaintQuery): { key?: string; value?: string } {
  return (query as unknown as { _toKube(): { key?: string; value?: string } })._toKube();
}
