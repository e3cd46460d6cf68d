import type { LoadBalancer } from './cloud';

/** An address that kube-vip announces. It has no health checks: it follows the ready pods. */
export const KUBE_VIP = {
  name: 'kube-vip',
  marks: [{ startsWith: 'kube-vip.io/' }],
  nodes: {
    // A lease of 5 s in the manifests that it generates, and "around ~3 seconds".
    acting: {
      seconds: 5 + 3,
      reason: 'until other nodes announce the address',
      source: 'https://kube-vip.io/docs/troubleshooting/arp/',
    },
  },
} satisfies LoadBalancer;
