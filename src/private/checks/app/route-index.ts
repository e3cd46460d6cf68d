import type { ApiObject } from 'cdk8s';
import type { Manifest } from '../../kubernetes/manifest';
import { push } from './push';
import { list, rendered } from './rendered';

/** Requests that an Ingress or an HTTPRoute takes. */
interface Route {
  /** What receives them, such as an IngressClass. */
  readonly at: string;
  readonly host: string;
  readonly path: string;
  /** Further conditions: how the path is compared, headers, method. */
  readonly more: string;
}

/** A route, and another object that takes the same requests. */
export interface SharedRoute {
  readonly url: string;
  readonly other: ApiObject;
}

/** Kinds of objects that have routes. */
export const ROUTE_KINDS = ['networking.k8s.io/Ingress', 'gateway.networking.k8s.io/HTTPRoute'];

/**
 * Controllers that make a load balancer for each Ingress. Sources:
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ingressgroup and
 * https://cloud.google.com/kubernetes-engine/docs/concepts/ingress
 */
const ONE_LOAD_BALANCER_EACH = ['alb', 'gce', 'gce-internal'];
/** Annotation of an Ingress that gets a part of the requests of another one, on purpose. */
const CANARY = 'nginx.ingress.kubernetes.io/canary';

/**
 * Which requests the Ingresses and HTTPRoutes of the app take.
 */
export class RouteIndex {
  private readonly takers = new Map<string, ApiObject[]>();
  private readonly routes = new Map<ApiObject, Route[]>();

  constructor(objects: ApiObject[]) {
    for (const object of objects) {
      const routes = (object.kind === 'Ingress' ? ofIngress : ofHttpRoute)(rendered(object));
      this.routes.set(object, routes);
      for (const route of routes) {
        push(this.takers, idOf(route), object);
      }
    }
  }

  /** The routes of an object that another object has too. */
  public shared(own: ApiObject): SharedRoute[] {
    return (this.routes.get(own) ?? []).flatMap((route) => {
      const other = this.takers.get(idOf(route))?.find((object) => object !== own);
      return other ? [{ url: `${route.host || '*'}${route.path}`, other }] : [];
    });
  }
}

function idOf({ at, host, path, more }: Route): string {
  return JSON.stringify([at, host, path, more]);
}

function ofIngress({ metadata, spec }: Manifest): Route[] {
  const annotations = metadata.annotations ?? {};
  const className = spec?.ingressClassName ?? annotations['kubernetes.io/ingress.class'] ?? '';
  const group = annotations['alb.ingress.kubernetes.io/group.name'];
  if (annotations[CANARY] === 'true' || (ONE_LOAD_BALANCER_EACH.includes(className) && group === undefined)) {
    return [];
  }
  return list(spec?.rules).flatMap(({ host = '', http }) =>
    list(http?.paths).map(({ path = '/', pathType }) => ({
      at: `Ingress ${className} ${group ?? ''}`,
      host,
      path: pathType === 'Prefix' ? path.replace(/(.)\/$/, '$1') : path,
      more: pathType,
    })),
  );
}

function ofHttpRoute({ metadata, spec }: Manifest): Route[] {
  const matches = list(spec?.rules ?? [{}]).flatMap((rule) => list(rule.matches ?? [{}]));
  return list(spec?.parentRefs).flatMap(({ namespace = metadata.namespace, name, sectionName, port }) =>
    list(spec.hostnames ?? ['']).flatMap((host) =>
      matches.map(({ path = {}, ...more }) => ({
        at: `Gateway ${[namespace, name, sectionName, port].join('/')}`,
        host,
        path: path.value ?? '/',
        more: JSON.stringify([path.type ?? 'PathPrefix', more]),
      })),
    ),
  );
}
