import type { LoadBalancer } from './cloud';

/** A passthrough Network Load Balancer of Google Cloud as GKE makes it. Its health check cannot be changed. */
export const GKE = {
  name: 'the load balancer of GKE',
  marks: [{ startsWith: 'cloud.google.com/l4-rbs' }, { startsWith: 'networking.gke.io/load-balancer-type' }],
  classes: [],
  nodes: {
    healthCheck: {
      interval: { default: 8 },
      unhealthyThreshold: { default: 3 },
      healthyThreshold: { default: 1 },
      sources: ['https://github.com/kubernetes/ingress-gce/blob/master/pkg/healthchecksl4/healthchecksl4.go'],
    },
  },
  deregistration: {
    default: 30,
    source: 'https://github.com/kubernetes/ingress-gce/blob/master/pkg/backends/backends.go',
  },
} satisfies LoadBalancer;
