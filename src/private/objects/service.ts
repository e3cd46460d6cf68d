import { ApiObject } from 'cdk8s';
import type { Deployment } from 'cdk8s-plus-27';
import { Service } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { toJson_ServiceSpec } from '../../../imports/k8s';
import type { Manifest } from '../kubernetes/manifest';
import { addTypedFields } from '../kubernetes/typed-fields';
import { MAIN_PORT, targetPort } from '../settings/ports';
import type { ServiceSettings } from '../settings/services';
import type { Settings } from '../settings/settings';

/**
 * A Service of the pods. It finds each port by its name; the main port is that of the drain proxy if there is one.
 */
export function createService(
  scope: Construct,
  id: string,
  own: ServiceSettings,
  settings: Settings,
  deployment: Deployment,
): Service {
  const { name, exposure, ports } = own;
  const service = new Service(scope, id, {
    metadata: { name, labels: settings.identity.labels, annotations: exposure.annotations },
    type: exposure.profile.type,
    selector: deployment,
    ports: ports.map((port) => ({
      // Kubernetes demands a name for each port as soon as there are two.
      name: port.name ?? (ports.length > 1 ? MAIN_PORT : undefined),
      port: port.servicePort!,
      targetPort: port.number,
      protocol: port.protocol,
    })),
  });
  addTypedFields(ApiObject.of(service), (manifest) => complete(manifest, own, settings));
  return service;
}

function complete({ spec }: Manifest, { exposure, ports }: ServiceSettings, settings: Settings): void {
  Object.assign(spec, toJson_ServiceSpec(exposure.spec));
  for (const port of spec.ports) {
    port.appProtocol = ports.find(
      ({ servicePort, protocol }) => servicePort === port.port && protocol === port.protocol,
    )?.appProtocol;
    port.targetPort = targetPort(port.targetPort ?? port.port, settings.ports, port.protocol).reference.value;
  }
  // cdk8s-plus-27 writes an empty list.
  delete spec.externalIPs;
}
