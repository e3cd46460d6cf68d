import type { ServiceType } from 'cdk8s-plus-27';
import type { HttpRouteExposureOptions, IngressExposureOptions } from '../../../exposure-options';
import type { Propagation } from './timing';

/** One way to the pods, and the times that it needs. */
export interface Profile extends Propagation {
  /** With its article, such as `an AWS NLB with IP targets`. */
  readonly name: string;
  readonly type: ServiceType;
  readonly annotations: Record<string, string>;
  readonly loadBalancerClass?: string;
  /** Annotations that would change the same settings as `annotations`. */
  readonly conflictingAnnotations?: RegExp;
  /** Whether it sends to pods directly, so that `externalTrafficPolicy` has no meaning. */
  readonly sendsToPods?: boolean;
  /** Whether DNS gives clients the addresses of the pods. */
  readonly headless?: boolean;
  /** Options of the Ingress, if there is one. */
  readonly ingress?: IngressExposureOptions;
  /** Options of the HTTPRoute, if there is one. */
  readonly httpRoute?: HttpRouteExposureOptions;
}
