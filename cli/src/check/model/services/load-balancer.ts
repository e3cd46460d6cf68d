import { at, fields, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import {
  ENDPOINT_PROPAGATION,
  INGRESS_CONTROLLERS,
  LOAD_BALANCERS,
  type AnnotationMark,
  type LoadBalancer,
  type Setting,
} from './clouds.js';
import { once } from '../values/once.js';
import { annotation, typeOf } from './service.js';
import type { State } from '../state.js';
import type { Workload } from '../workloads/workload.js';

/** How long somebody goes on sending to a pod that ends, or to its node. */
export interface Lag {
  readonly seconds: number;
  /** Who sends. */
  readonly sender: string;
}

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
  return (workload) =>
    longest([
      ...state.servicesOf(workload).flatMap((services) => ofServices(services) ?? []),
      ...ofConstruct(workload.object),
    ]);
}

function longest([first, ...others]: readonly Lag[]): Lag | undefined {
  return others.reduce((most, one) => (one.seconds > most.seconds ? one : most), first);
}

/** Whether the AWS Load Balancer Controller makes the load balancer of a Service. */
export function isAwsController(service: ManifestObject): boolean {
  return makes(LOAD_BALANCERS.awsNlb, service);
}

function ofService(service: ManifestObject): readonly Lag[] {
  if (typeOf(service) !== 'LoadBalancer') {
    return [];
  }
  return Object.values<LoadBalancer>(LOAD_BALANCERS)
    .filter((loadBalancer) => makes(loadBalancer, service))
    .map((loadBalancer) => ({ seconds: secondsOf(loadBalancer, service), sender: loadBalancer.name }))
    .filter(({ seconds }) => seconds > 0);
}

/** Whether a Service tells by its class or annotations that this is its load balancer. */
function makes({ classes = [], marks }: LoadBalancer, service: ManifestObject): boolean {
  return classes.includes(classOf(service) ?? '') || hasMark(service, marks);
}

function secondsOf({ classes, nodes, pods }: LoadBalancer, service: ManifestObject): number {
  if (pods && hasMark(service, pods.marks)) {
    return ENDPOINT_PROPAGATION.seconds + pods.removal.seconds;
  }
  if (at(service.body, 'spec', 'externalTrafficPolicy') !== 'Local') {
    return 0;
  }
  const { healthCheck, acting } = nodes;
  // All checks that decide, and one more for the check that had just been made.
  const checks = healthCheck
    ? setting(service, healthCheck.interval) * (setting(service, healthCheck.unhealthyThreshold) + 1)
    : 0;
  const loadBalancerClass = classOf(service);
  if (classes && loadBalancerClass !== undefined && !classes.includes(loadBalancerClass)) {
    // The controller of another class may read these annotations too, and nothing else is known of it.
    return checks;
  }
  return (
    ENDPOINT_PROPAGATION.seconds +
    checks +
    (acting ? setting(service, { ...acting, default: acting.seconds }) : 0)
  );
}

function ofIngress(object: ManifestObject): readonly Lag[] {
  const className =
    at(object.body, 'spec', 'ingressClassName') ?? annotation(object, 'kubernetes.io/ingress.class');
  return INGRESS_CONTROLLERS.filter(
    ({ classes, disputed }) => !disputed && classes.some((one) => one === className),
  ).map(({ name, removalSeconds }) => ({
    seconds: ENDPOINT_PROPAGATION.seconds + removalSeconds,
    sender: name,
  }));
}

/** What the construct says of the ways to its pods: of some only its options tell, such as `removalTime`. */
function ofConstruct(object: ManifestObject): readonly Lag[] {
  const said = annotation(object, 'zero-downtime/drain') ?? '';
  const [, seconds, sender] = /^at least (\d+) s behind (.+?): /.exec(said) ?? [];
  return seconds === undefined ? [] : [{ seconds: Number(seconds), sender }];
}

function classOf({ body }: ManifestObject): string | undefined {
  return text(at(body, 'spec', 'loadBalancerClass'));
}

/** The number in the annotation of a Service, or the default. */
function setting(service: ManifestObject, { annotation: name, default: otherwise }: Setting): number {
  const written = name === undefined ? undefined : annotation(service, name);
  return written !== undefined && /^\d+$/.test(written) ? Number(written) : otherwise;
}

function hasMark({ body }: ManifestObject, marks: readonly AnnotationMark[]): boolean {
  return Object.entries(fields(at(body, 'metadata', 'annotations'))).some(([key, value]) =>
    marks.some(
      ({ startsWith, values }) =>
        key.startsWith(startsWith) && (values === undefined || values.some((one) => one === value)),
    ),
  );
}
