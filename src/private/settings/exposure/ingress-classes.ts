import type { IngressExposureOptions } from '../../../exposure-options';
import type { Following, Part } from './timing';

/** How a controller that programs a load balancer outside of the cluster follows the pods. */
interface Controller {
  readonly name: string;
  readonly removalSeconds: number;
  readonly additionSeconds: number;
}

/**
 * It is asked for a preStop of 90 s, of which 15 s are every drain's; the same is assumed for new pods. Source:
 * https://github.com/Azure/application-gateway-kubernetes-ingress/blob/master/docs/how-tos/minimize-downtime-during-deployments.md
 */
const APPLICATION_GATEWAY: Controller = {
  name: 'the Application Gateway of Azure',
  removalSeconds: 75,
  additionSeconds: 90,
};
/** Source: https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2106 */
const AWS_ALB: Controller = { name: 'the ALB of AWS', removalSeconds: 55, additionSeconds: 60 };
/** Source: https://github.com/kubernetes/ingress-gce/issues/2222 */
const GKE: Controller = { name: 'the load balancer of GKE', removalSeconds: 105, additionSeconds: 60 };

/** By the class that each controller has unless somebody changes it. */
const CONTROLLERS: Record<string, Controller> = {
  'azure-application-gateway': APPLICATION_GATEWAY,
  'azure/application-gateway': APPLICATION_GATEWAY,
  alb: AWS_ALB,
  gce: GKE,
  'gce-internal': GKE,
};

/** The older way to write the class, and for some controllers the only one. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/**
 * Whether it is a class that only the annotation can name: an IngressClass cannot be called so.
 */
export function isClassOfAnnotation(className: string): boolean {
  return Object.hasOwn(CONTROLLERS, className) && className.includes('/');
}

/**
 * How the controller of an Ingress follows the pods, as far as its class tells. Controllers in the cluster hear of a pod
 * as nodes do.
 */
export function followingOfClass({
  ingressClassName,
  ingressAnnotations,
}: IngressExposureOptions): Following {
  const className = ingressClassName ?? ingressAnnotations?.[CLASS_ANNOTATION] ?? '';
  if (!Object.hasOwn(CONTROLLERS, className)) {
    return { removal: [], addition: [] };
  }
  const { name, removalSeconds, additionSeconds } = CONTROLLERS[className];
  const part = (seconds: number, reason: string): Part[] => [{ seconds, reason }];
  return {
    removal: part(removalSeconds, `until ${name} sends nothing more to it`),
    addition: part(additionSeconds, `until ${name} sends to it`),
  };
}
