import type { LoadBalancer } from './cloud';

/** An address that MetalLB announces. It has no health checks: it follows the ready pods. */
export const METAL_LB = {
  name: 'MetalLB',
  marks: [{ startsWith: 'metallb.io/' }],
  nodes: {
    // "within a few seconds"; more than "about 10s" is a bug
    acting: {
      seconds: 10,
      reason: 'until other nodes announce the address',
      source: 'https://metallb.io/concepts/layer2/',
    },
  },
} satisfies LoadBalancer;
