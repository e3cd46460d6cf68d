import type { IngressController } from './cloud';
import { ADDRESS_CHANGED } from './rebuilds';

/** Published: a drain of 120 s, of which 15 s belong to every drain, or minReadySeconds 60. */
export const GKE_INGRESS: IngressController = {
  name: 'the load balancer of GKE',
  classes: ['gce', 'gce-internal'],
  removalSeconds: 105,
  additionSeconds: 60,
  sources: [
    'https://github.com/kubernetes/ingress-gce/issues/2222',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing',
  ],
  rebuilds: [
    'kubernetes.io/ingress.global-static-ip-name',
    'kubernetes.io/ingress.regional-static-ip-name',
  ].map((name) => ({
    names: [name],
    defaultIsUnknown: true,
    what: ADDRESS_CHANGED,
    source: 'https://cloud.google.com/kubernetes-engine/docs/concepts/ingress-xlb',
  })),
  disputed: true,
};
