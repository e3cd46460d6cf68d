import { ApiObject } from 'cdk8s';
import { Ingress, IngressBackend, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Settings } from './settings';
import { addTypedFields } from './typed-fields';

/**
 * The Ingress, if there is to be one: one rule that leads to the main port of the Service.
 */
export function createIngress(
  scope: Construct,
  { identity, exposure, ports }: Settings,
  service: Service,
): Ingress | undefined {
  const options = exposure.profile?.ingress;
  if (!options) {
    return undefined;
  }
  const { className, host, path = '/', pathType, tlsSecret, annotations } = options;
  const ingress = new Ingress(scope, 'Ingress', {
    metadata: { name: identity.serviceName, labels: identity.labels, annotations },
    className,
    rules: [
      { host, path, pathType, backend: IngressBackend.fromService(service, { port: ports[0].servicePort }) },
    ],
    tls: tlsSecret && [{ hosts: host === undefined ? undefined : [host], secret: tlsSecret }],
  });
  addTypedFields(ApiObject.of(ingress));
  return ingress;
}
