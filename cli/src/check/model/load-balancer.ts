import { at, fields } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import { once } from './once.js';
import { annotation } from './service.js';
import type { State } from './state.js';
import type { Workload } from './workload.js';

/** How long somebody goes on sending to a pod that ends, or to its node. */
export interface Lag {
  readonly seconds: number;
  /** Who sends. */
  readonly sender: string;
}

const aws = 'service.beta.kubernetes.io/aws-load-balancer-';
const azure = 'service.beta.kubernetes.io/azure-load-balancer-';
const digitalOcean = 'service.beta.kubernetes.io/do-loadbalancer-';

/**
 * Load balancers that send to nodes and find out by health checks which of them have a pod. The sources of the
 * numbers are in docs/guide/exposure.md.
 */
const healthChecks = [
  {
    sender: 'the load balancer of AWS',
    is: isAwsController,
    interval: { annotation: `${aws}healthcheck-interval`, otherwise: 10 },
    failures: { annotation: `${aws}healthcheck-unhealthy-threshold`, otherwise: 3 },
  },
  {
    sender: 'the load balancer of Azure',
    is: (service: ManifestObject) => hasAnnotation(service, azure),
    interval: { annotation: `${azure}health-probe-interval`, otherwise: 5 },
    failures: { annotation: `${azure}health-probe-num-of-probe`, otherwise: 2 },
  },
  {
    sender: 'the load balancer of DigitalOcean',
    is: (service: ManifestObject) => hasAnnotation(service, digitalOcean),
    interval: { annotation: `${digitalOcean}healthcheck-check-interval-seconds`, otherwise: 3 },
    failures: { annotation: `${digitalOcean}healthcheck-unhealthy-threshold`, otherwise: 3 },
  },
  {
    sender: 'the load balancer of GKE',
    is: (service: ManifestObject) =>
      hasAnnotation(service, 'cloud.google.com/l4-rbs') ||
      hasAnnotation(service, 'networking.gke.io/load-balancer-type'),
    interval: { otherwise: 8 },
    failures: { otherwise: 3 },
  },
];

/** The longest time for which a load balancer that the manifests tell of goes on sending to a pod of a workload that ends. */
export function lags(state: State): (workload: Workload) => Lag | undefined {
  const ofServices = once((services: readonly ManifestObject[]) =>
    longest(
      services.flatMap((service) => [
        ...ofService(service),
        ...state.backendsTo(service).flatMap(({ object }) => ofIngress(object)),
      ]),
    ),
  );
  return (workload) => longest(state.servicesOf(workload).flatMap((services) => ofServices(services) ?? []));
}

function longest([first, ...others]: readonly Lag[]): Lag | undefined {
  return others.reduce((most, one) => (one.seconds > most.seconds ? one : most), first);
}

/** Whether the AWS Load Balancer Controller makes the load balancer of a Service. */
export function isAwsController(service: ManifestObject): boolean {
  return (
    at(service.body, 'spec', 'loadBalancerClass') === 'service.k8s.aws/nlb' ||
    ['external', 'nlb-ip'].includes(annotation(service, `${aws}type`) ?? '')
  );
}

function ofService(service: ManifestObject): readonly Lag[] {
  if (at(service.body, 'spec', 'type') !== 'LoadBalancer') {
    return [];
  }
  if (isAwsController(service) && toPods(service)) {
    // "at least 2 minutes": https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366
    return [{ seconds: 120, sender: 'the load balancer of AWS' }];
  }
  if (at(service.body, 'spec', 'externalTrafficPolicy') !== 'Local') {
    return [];
  }
  return healthChecks
    .filter(({ is }) => is(service))
    .map(({ sender, interval, failures }) => ({
      // All checks that decide, and one more for the check that had just been made.
      seconds: setting(service, interval) * (setting(service, failures) + 1),
      sender,
    }));
}

function toPods(service: ManifestObject): boolean {
  return (
    annotation(service, `${aws}nlb-target-type`) === 'ip' || annotation(service, `${aws}type`) === 'nlb-ip'
  );
}

function ofIngress(object: ManifestObject): readonly Lag[] {
  const className =
    at(object.body, 'spec', 'ingressClassName') ?? annotation(object, 'kubernetes.io/ingress.class');
  if (className !== 'azure-application-gateway' && className !== 'azure/application-gateway') {
    return [];
  }
  // "at least 90 seconds": docs/how-tos/minimize-downtime-during-deployments.md of
  // https://github.com/Azure/application-gateway-kubernetes-ingress
  return [{ seconds: 90, sender: 'the Application Gateway of Azure' }];
}

function setting(
  service: ManifestObject,
  { annotation: name, otherwise }: { readonly annotation?: string; readonly otherwise: number },
): number {
  const written = name === undefined ? undefined : annotation(service, name);
  return written !== undefined && /^\d+$/.test(written) ? Number(written) : otherwise;
}

function hasAnnotation({ body }: ManifestObject, start: string): boolean {
  return Object.keys(fields(at(body, 'metadata', 'annotations'))).some((name) => name.startsWith(start));
}
