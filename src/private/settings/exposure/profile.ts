import type { ServiceType } from 'cdk8s-plus-27';
import type { HttpRouteExposureOptions, IngressExposureOptions } from '../../../exposure-options';
import type { Following } from './timing';

/** How clients reach the pods in one way, and what this way asks of the pods. */
export interface Profile extends Following {
  /** With its article, such as `an AWS NLB with IP targets`. */
  readonly name: string;
  readonly type: ServiceType;
  readonly annotations: Record<string, string>;
  readonly loadBalancerClass?: string;
  /** Annotations that would change what `annotations` says. */
  readonly otherWords?: RegExp;
  /** Whether it sends to pods by itself, so that `externalTrafficPolicy` has no meaning. */
  readonly sendsToPods?: boolean;
  /** Whether DNS gives clients the addresses of the pods. */
  readonly headless?: boolean;
  /** What to route, where the Service has an Ingress. */
  readonly ingress?: IngressExposureOptions;
  /** What to route, where the Service has an HTTPRoute. */
  readonly httpRoute?: HttpRouteExposureOptions;
}
