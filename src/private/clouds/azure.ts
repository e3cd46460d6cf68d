import type { LoadBalancer } from './cloud';
import { ADDRESS_CHANGED } from './rebuilds';

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
  rebuilds: [
    {
      names: [`${AZURE_PREFIX}internal`],
      default: 'false',
      what: 'it moves to another load balancer with another address',
      source: 'https://github.com/kubernetes/kubernetes/pull/43510',
    },
    {
      names: [`${AZURE_PREFIX}internal-subnet`],
      defaultIsUnknown: true,
      what: ADDRESS_CHANGED,
      source: 'https://github.com/kubernetes-sigs/cloud-provider-azure/issues/2511',
    },
    ...[
      `${AZURE_PREFIX}ipv4`,
      `${AZURE_PREFIX}ipv6`,
      'service.beta.kubernetes.io/azure-pip-name',
      'service.beta.kubernetes.io/azure-pip-name-ipv6',
      'service.beta.kubernetes.io/azure-pip-prefix-id',
    ].map((name) => ({
      names: [name],
      defaultIsUnknown: true as const,
      what: ADDRESS_CHANGED,
      source: 'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/#loadbalancer-annotations',
    })),
  ],
} satisfies LoadBalancer;
