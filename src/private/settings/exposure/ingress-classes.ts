import type { IngressExposureOptions } from '../../../exposure-options';
import { INGRESS_CONTROLLERS } from '../../clouds';
import type { IngressController, Part } from '../../clouds/cloud';
import type { Propagation } from './timing';

/** The older way to write the class, and for some controllers the only one. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/**
 * Whether only the annotation can name this class: an IngressClass cannot have such a name.
 */
export function isAnnotationOnlyClass(className: string): boolean {
  return controllerOf(className) !== undefined && className.includes('/');
}

/**
 * How the controller of an Ingress follows the pods, if its class is known. A controller in the cluster learns
 * of pods as fast as the nodes do.
 */
export function propagationOfClass({
  ingressClassName,
  ingressAnnotations,
}: IngressExposureOptions): Propagation {
  const controller = controllerOf(ingressClassName ?? ingressAnnotations?.[CLASS_ANNOTATION]);
  if (controller === undefined) {
    return { removal: [], addition: [] };
  }
  const { name, removalSeconds, additionSeconds } = controller;
  const part = (seconds: number, reason: string): Part[] => [{ seconds, reason }];
  return {
    removal: part(removalSeconds, `until ${name} sends nothing more to it`),
    addition: part(additionSeconds, `until ${name} sends to it`),
  };
}

function controllerOf(className = ''): IngressController | undefined {
  return INGRESS_CONTROLLERS.find(({ classes }) => classes.includes(className));
}
