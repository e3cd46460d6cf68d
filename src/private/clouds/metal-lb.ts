import type { LoadBalancer } from './cloud';
import { ADDRESS_CHANGED } from './rebuilds';

/** The beginning of its annotations, and the one that it had before and still heeds. */
const PREFIXES = ['metallb.io/', 'metallb.universe.tf/'];

/** An address that MetalLB announces. It has no health checks: it follows the ready pods. */
export const METAL_LB = {
  name: 'MetalLB',
  marks: PREFIXES.map((startsWith) => ({ startsWith })),
  nodes: {
    // "within a few seconds"; more than "about 10s" is a bug
    acting: {
      seconds: 10,
      reason: 'until other nodes announce the address',
      source: 'https://metallb.io/concepts/layer2/',
    },
  },
  rebuilds: [
    {
      names: PREFIXES.map((prefix) => `${prefix}address-pool`),
      defaultIsUnknown: true,
      what: ADDRESS_CHANGED,
      source: 'https://github.com/metallb/metallb/blob/main/controller/service.go',
    },
  ],
} satisfies LoadBalancer;
