import type { LoadBalancer } from './cloud';

export const AZURE_PREFIX = 'service.beta.kubernetes.io/azure-load-balancer-';

/** Azure has one threshold for good and for failed health checks. */
const THRESHOLD = { default: 2, min: 2, annotation: `${AZURE_PREFIX}health-probe-num-of-probe` };

/** A Load Balancer of Azure as cloud-provider-azure makes it. */
export const AZURE = {
  name: 'the load balancer of Azure',
  marks: [{ startsWith: AZURE_PREFIX }],
  classes: [],
  nodes: {
    healthCheck: {
      interval: { default: 5, min: 5, annotation: `${AZURE_PREFIX}health-probe-interval` },
      unhealthyThreshold: THRESHOLD,
      healthyThreshold: THRESHOLD,
      sources: [
        'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/#custom-load-balancer-health-probe',
        'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
      ],
    },
  },
  deregistration: { default: 30, source: 'none is published; the proof assumes that of GKE' },
} satisfies LoadBalancer;
