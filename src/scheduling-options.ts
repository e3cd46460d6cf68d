import type { NodeTaintQuery } from 'cdk8s-plus-27';

/**
 * On which nodes the pods run.
 */
export interface SchedulingOptions {
  /**
   * Labels of the nodes on which the pods may run.
   *
   * @default - every node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of nodes on which the pods may run all the same.
   *
   * @default - none
   */
  readonly tolerations?: NodeTaintQuery[];

  /**
   * Name of the PriorityClass of the pods, which decides which pods are placed first, and which give way, where
   * room is short.
   *
   * @default - the cluster's default class
   */
  readonly priorityClassName?: string;

  /**
   * Name of the RuntimeClass: the runtime that runs the containers, such as gVisor.
   *
   * @default - the nodes' default
   */
  readonly runtimeClassName?: string;

  /**
   * Labels of nodes. The pods of a revision are spread over the values of each label as evenly as there is
   * room. With `kubernetes.io/hostname` among them, the pods also prefer different hosts where nodes lack one
   * of the other labels. Nodes have the well-known labels, and those that the owner of the cluster gives them.
   *
   * @default ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']
   */
  readonly topologyKeys?: string[];
}
