import { ApiObject } from 'cdk8s';
import type { Manifest } from '../kubernetes/manifest';
import { Refusal } from '../refusals/refusal';
import { CLASS_ANNOTATION, propagationOfClass } from '../settings/exposure/ingress-classes';
import { explain, timingOf, total } from '../settings/exposure/timing';
import { list, rendered } from './app/rendered';
import type { Checked } from './checked';

/**
 * Ingresses beside `exposure` that lead to the pods, and whose load balancer takes longer to follow the pods
 * than these wait.
 */
export function* slowIngresses({ deployment, services, settings, index }: Checked): Iterable<Refusal> {
  const { accepted, termination, rollout } = settings;
  if (accepted.acceptDowntimeOnRollout) {
    return;
  }
  const names = services.map(({ name }) => name);
  for (const ingress of index.beside(ApiObject.of(deployment), 'networking.k8s.io/Ingress')) {
    const { spec = {}, metadata } = rendered(ingress);
    if (!backendsOf(spec).some((name) => names.includes(name))) {
      continue;
    }
    const propagation = propagationOfClass({
      ingressClassName: spec.ingressClassName,
      ingressAnnotations: metadata?.annotations,
    });
    if (propagation.removal.length === 0) {
      continue;
    }
    const { drain, minReady } = timingOf(propagation);
    const [drainSeconds, readySeconds] = [total(drain), total(minReady)];
    if (termination.drainSeconds < drainSeconds || rollout.minReady.toSeconds() < readySeconds) {
      yield new Refusal(
        `the class of Ingress ${JSON.stringify(ingress.name)}`,
        JSON.stringify(spec.ingressClassName ?? metadata.annotations[CLASS_ANNOTATION]),
        `${ingress.node.path} leads to the pods, which drain for ${termination.drainSeconds} s and are ready for ${rollout.minReady.toSeconds()} s before old ones go: it needs ${explain(drain)}, and ${explain(minReady)}`,
        `Write drain: Drain.sleep(Duration.seconds(${drainSeconds})) and rollout: { minReady: Duration.seconds(${readySeconds}) }, or Exposure.ingress in its place, or acceptDowntimeOnRollout: true`,
      );
    }
  }
}

/** Names of the Services that an Ingress leads to. */
function backendsOf({ defaultBackend, rules }: Manifest): string[] {
  const paths = list(rules).flatMap(({ http }) => list(http?.paths));
  return [defaultBackend, ...paths.map(({ backend }) => backend)].flatMap(
    (backend) => backend?.service?.name ?? [],
  );
}
