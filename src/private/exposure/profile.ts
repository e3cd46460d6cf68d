import { ServiceType } from 'cdk8s-plus-27';
import { HttpRouteExposureOptions, IngressExposureOptions } from '../../exposure-options';
import { Part } from './timing';

/** How clients reach the pods in one way, and what this way asks of the pods. */
export interface Profile {
  /** With its article, such as `an AWS NLB with IP targets`. */
  readonly name: string;
  readonly type: ServiceType;
  readonly annotations: Record<string, string>;
  readonly loadBalancerClass?: string;
  /** Annotations that would change what `annotations` says. */
  readonly otherWords?: RegExp;
  /** Whether it sends to pods by itself, so that `externalTrafficPolicy` has no meaning. */
  readonly sendsToPods?: boolean;
  /** Until it sends nothing more to a pod, counted from when its controller has heard that the pod goes. */
  readonly removal: Part[];
  /** Until it sends to a new pod, counted from when that is ready. */
  readonly addition: Part[];
  /** How long it keeps connections to a pod that was removed, in seconds, if that is set. */
  readonly deregistrationSeconds?: number;
  /** Whether a pod becomes ready only when the load balancer sends to it. */
  readonly readinessGate?: boolean;
  /** What to route, where the Service has an Ingress. */
  readonly ingress?: IngressExposureOptions;
  /** What to route, where the Service has an HTTPRoute. */
  readonly httpRoute?: HttpRouteExposureOptions;
}
