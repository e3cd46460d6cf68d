import { at, items, text, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { namesService } from '../entries/gateway-route.js';
import { servicesOfTraefikRoute } from '../entries/traefik-route.js';
import { destinationsOf } from '../entries/virtual-service.js';
import { typeOf } from './service.js';

/** A Service to which an Ingress, a route, a target group of AWS or the name of another Service sends requests. */
export interface Backend {
  readonly object: ManifestObject;
  readonly path: Path;
  readonly namespace: string;
  readonly service: string;
  /** The port's number or name; none if it is left out. */
  readonly port: unknown;
}

/** The Services to which an object sends requests; none for all other kinds. */
export function backendsOf(object: ManifestObject): readonly Backend[] {
  if (object.group === 'networking.k8s.io' && object.kind === 'Ingress') {
    return ofIngress(object);
  }
  if (object.group === 'gateway.networking.k8s.io' && object.kind.endsWith('Route')) {
    return ofRoute(object);
  }
  if (object.group.startsWith('traefik.') && object.kind.startsWith('IngressRoute')) {
    return servicesOfTraefikRoute(object).map((one) => ({ ...one, object }));
  }
  if (object.group === 'networking.istio.io' && object.kind === 'VirtualService') {
    return destinationsOf(object).map((one) => ({ ...one, object }));
  }
  if (object.group === '' && object.kind === 'Service' && typeOf(object) === 'ExternalName') {
    return ofExternalName(object);
  }
  if (object.group === 'elbv2.k8s.aws' && object.kind === 'TargetGroupBinding') {
    const { service, port } = named(at(object.body, 'spec', 'serviceRef'));
    return backend(object, ['spec', 'serviceRef'], service, port);
  }
  return [];
}

function ofIngress(object: ManifestObject): readonly Backend[] {
  const paths: Path[] = [
    ['spec', 'defaultBackend', 'service'],
    ...items(at(object.body, 'spec', 'rules')).flatMap(({ index, item }) =>
      items(at(item, 'http', 'paths')).map((inner): Path => [
        ...['spec', 'rules', index, 'http', 'paths', inner.index],
        ...['backend', 'service'],
      ]),
    ),
  ];
  return paths.flatMap((path) => {
    const { service, port } = named(at(object.body, ...path));
    const name = at(port, 'name');
    // Not a Service, but an action in an annotation, for the AWS Load Balancer Controller.
    if (name === 'use-annotation') {
      return [];
    }
    return backend(object, path, service, at(port, 'number') ?? name);
  });
}

function ofRoute(object: ManifestObject): readonly Backend[] {
  return items(at(object.body, 'spec', 'rules')).flatMap(({ index, item }) =>
    items(item.backendRefs)
      .filter((ref) => namesService(ref.item))
      .flatMap((ref) => {
        const path = ['spec', 'rules', index, 'backendRefs', ref.index];
        const { service, port } = named(ref.item);
        return backend(object, path, service, port, text(ref.item.namespace));
      }),
  );
}

/** The Service of the cluster that an ExternalName stands for. */
function ofExternalName(object: ManifestObject): readonly Backend[] {
  const path = ['spec', 'externalName'];
  const [, service, namespace] =
    /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(text(at(object.body, ...path)) ?? '') ?? [];
  return backend(object, path, service, undefined, namespace);
}

function named(reference: unknown): { readonly service: string | undefined; readonly port: unknown } {
  return { service: text(at(reference, 'name')), port: at(reference, 'port') };
}

function backend(
  object: ManifestObject,
  path: Path,
  service: string | undefined,
  port: unknown,
  namespace = object.namespace,
): readonly Backend[] {
  return service === undefined ? [] : [{ object, path, namespace, service, port }];
}
