import type { IngressController } from './cloud';

/** It is asked for a preStop of 90 s, of which 15 s are every drain's; the same is assumed for new pods. */
export const APPLICATION_GATEWAY: IngressController = {
  name: 'the Application Gateway of Azure',
  classes: ['azure-application-gateway', 'azure/application-gateway'],
  removalSeconds: 75,
  additionSeconds: 90,
  sources: [
    'https://github.com/Azure/application-gateway-kubernetes-ingress/blob/master/docs/how-tos/minimize-downtime-during-deployments.md',
  ],
  disputed: false,
};
