/*
 * Well-known labels of nodes. Source: https://kubernetes.io/docs/reference/labels-annotations-taints/
 */

export const HOST = 'kubernetes.io/hostname';
export const ZONE = 'topology.kubernetes.io/zone';
export const REGION = 'topology.kubernetes.io/region';
