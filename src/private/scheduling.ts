import { NodeTaintQuery } from 'cdk8s-plus-27';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkLabels, checkName, SUBDOMAIN } from './identity';
import { Refusal } from './refusal';

/** Source: Kubernetes' well-known label of a node. */
const HOST = 'kubernetes.io/hostname';

/**
 * Refuses what no node or class could be called, and a place that a drain takes away.
 */
export function checkScheduling(props: ZeroDowntimeDeploymentProps): void {
  const { priorityClassName, nodeSelector = {}, tolerations = [], acceptDowntimeOnDrain } = props;
  if (priorityClassName !== undefined) {
    checkName(
      'priorityClassName',
      priorityClassName,
      SUBDOMAIN,
      "lower-case letters, digits, '-' and '.'",
      'high-priority',
    );
  }
  checkLabels('nodeSelector', nodeSelector);
  for (const { key, value = '' } of tolerations.map(toKube)) {
    // Keys and values of taints follow the rules of labels.
    checkLabels('tolerations', key === undefined ? {} : { [key]: value });
  }
  if (Object.hasOwn(nodeSelector, HOST) && !acceptDowntimeOnDrain) {
    throw new Refusal(
      `nodeSelector['${HOST}']`,
      JSON.stringify(nodeSelector[HOST]),
      'all pods would run on one node, and when it is drained, none of them has another place',
      'Select by a label that several nodes have, or write acceptDowntimeOnDrain: true',
    );
  }
}

/** cdk8s-plus-27 keeps to itself what a taint query is made of. */
function toKube(query: NodeTaintQuery): { key?: string; value?: string } {
  return (query as unknown as { _toKube(): { key?: string; value?: string } })._toKube();
}
