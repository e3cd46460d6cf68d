import { ApiObject } from 'cdk8s';
import type { Service } from 'cdk8s-plus-27';
import { HttpIngressPathType, Ingress, IngressBackend } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { HttpPath } from '../../http-path';
import { pathsOf } from '../settings/exposure/hosts-and-paths';
import type { ServiceSettings } from '../settings/services';
import type { Settings } from '../settings/settings';
import { addTypedFields } from '../kubernetes/typed-fields';

const PATH_TYPES: Record<HttpPath['_factory'], HttpIngressPathType> = {
  prefix: HttpIngressPathType.PREFIX,
  exact: HttpIngressPathType.EXACT,
  implementationSpecific: HttpIngressPathType.IMPLEMENTATION_SPECIFIC,
};

/**
 * The Ingress, if there is to be one: one rule that leads to the main port of the Service.
 */
export function createIngress(
  scope: Construct,
  id: string,
  { name, exposure, ports }: ServiceSettings,
  { identity }: Settings,
  service: Service,
): Ingress | undefined {
  const options = exposure.profile.ingress;
  if (!options) {
    return undefined;
  }
  const { ingressClassName, hostnames, tlsSecret, ingressAnnotations } = options;
  const backend = IngressBackend.fromService(service, { port: ports[0].servicePort });
  const ingress = new Ingress(scope, id, {
    metadata: {
      name,
      labels: identity.labels,
      annotations: { ...identity.annotations, ...ingressAnnotations },
    },
    className: ingressClassName,
    rules: (hostnames ?? [undefined]).flatMap((host) =>
      pathsOf(options).map(({ _factory: factory, _path: path }) => ({
        host,
        path,
        pathType: PATH_TYPES[factory],
        backend,
      })),
    ),
    tls: tlsSecret && [{ hosts: hostnames, secret: tlsSecret }],
  });
  addTypedFields(ApiObject.of(ingress));
  return ingress;
}
