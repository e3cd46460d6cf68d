import { AWS_REPLACEMENTS } from './aws-nlb';
import type { IngressController } from './cloud';
import { LOAD_BALANCER_REPLACED, TARGETS_REPLACED } from './rebuilds';

const PREFIX = 'alb.ingress.kubernetes.io/';

/** Reported: 502 with a sleep of 70 s, of which 15 s belong to every drain. */
export const AWS_ALB: IngressController = {
  name: 'the ALB of AWS',
  classes: ['alb'],
  removalSeconds: 55,
  additionSeconds: 60,
  sources: ['https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2106'],
  rebuilds: [
    {
      names: [`${PREFIX}group.name`],
      what: 'it moves to the load balancer of another group, with another address, and one that is empty is deleted',
      source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3817',
    },
    {
      names: [`${PREFIX}scheme`],
      default: 'internal',
      what: LOAD_BALANCER_REPLACED,
      source: AWS_REPLACEMENTS.loadBalancer,
    },
    ...Object.entries({
      'target-type': 'instance',
      'backend-protocol': 'HTTP',
      'backend-protocol-version': 'HTTP1',
    }).map(([name, normal]) => ({
      names: [`${PREFIX}${name}`],
      default: normal,
      what: TARGETS_REPLACED,
      source: AWS_REPLACEMENTS.targetGroup,
    })),
  ],
  disputed: true,
};
