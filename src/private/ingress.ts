import { ApiObject } from 'cdk8s';
import { HttpIngressPathType, Ingress, IngressBackend, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HttpPath } from '../http-path';
import { pathsOf } from './exposure/hosts-and-paths';
import { ServiceSettings } from './services';
import { Settings } from './settings';
import { addTypedFields } from './typed-fields';

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
