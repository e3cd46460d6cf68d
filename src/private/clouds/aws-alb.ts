import type { IngressController } from './cloud';

/** Reported: 502 with a sleep of 70 s, of which 15 s belong to every drain. */
export const AWS_ALB: IngressController = {
  name: 'the ALB of AWS',
  classes: ['alb'],
  removalSeconds: 55,
  additionSeconds: 60,
  sources: ['https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2106'],
  disputed: true,
};
