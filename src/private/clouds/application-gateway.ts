import type { IngressController } from './cloud';
import { ADDRESS_CHANGED } from './rebuilds';

/** Its guide asks for a preStop of 90 s, of which 15 s belong to every drain; 90 s are assumed for new pods too. */
export const APPLICATION_GATEWAY: IngressController = {
  name: 'the Application Gateway of Azure',
  classes: ['azure-application-gateway', 'azure/application-gateway'],
  removalSeconds: 75,
  additionSeconds: 90,
  sources: [
    'https://github.com/Azure/application-gateway-kubernetes-ingress/blob/master/docs/how-tos/minimize-downtime-during-deployments.md',
  ],
  rebuilds: [
    {
      names: ['appgw.ingress.kubernetes.io/use-private-ip'],
      default: 'false',
      what: ADDRESS_CHANGED,
      source: 'https://learn.microsoft.com/azure/application-gateway/ingress-controller-private-ip',
    },
  ],
  disputed: false,
};
