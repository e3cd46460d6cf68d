import type { LoadBalancer } from './cloud';
import { ADDRESS_CHANGED, LOAD_BALANCER_REPLACED } from './rebuilds';

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
  rebuilds: [
    {
      names: ['networking.gke.io/load-balancer-type', 'cloud.google.com/load-balancer-type'],
      synonyms: { internal: 'Internal' },
      what: LOAD_BALANCER_REPLACED,
      source:
        'https://github.com/kubernetes/cloud-provider-gcp/blob/master/providers/gce/gce_loadbalancer.go',
    },
    ...[
      'networking.gke.io/internal-load-balancer-subnet',
      'networking.gke.io/load-balancer-ip-addresses',
    ].map((name) => ({
      names: [name],
      defaultIsUnknown: true as const,
      what: ADDRESS_CHANGED,
      source: 'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters',
    })),
  ],
} satisfies LoadBalancer;
