/**
 * How nodes treat traffic that a load balancer hands them.
 *
 * @see https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip
 */
export enum ExternalTrafficPolicy {
  /** Every node accepts the traffic and passes it to any ready pod, so the client's address is lost. */
  CLUSTER = 'Cluster',

  /** Only nodes with a ready pod accept the traffic, so the client's address is kept. */
  LOCAL = 'Local',
}
