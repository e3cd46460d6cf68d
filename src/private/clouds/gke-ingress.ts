import type { IngressController } from './cloud';

/** 120 s, of which 15 s are every drain's, or minReadySeconds 60. */
export const GKE_INGRESS: IngressController = {
  name: 'the load balancer of GKE',
  classes: ['gce', 'gce-internal'],
  removalSeconds: 105,
  additionSeconds: 60,
  sources: [
    'https://github.com/kubernetes/ingress-gce/issues/2222',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing',
  ],
  disputed: true,
};
