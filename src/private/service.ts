import { ApiObject } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { toJson_ServiceSpec } from '../../imports/k8s';
import { MAIN_PORT, Port, targetPort } from './ports';
import { Settings } from './settings';
import { addTypedFields, Manifest } from './typed-fields';

/**
 * The Service, which offers those ports that have a service port.
 */
export function createService(scope: Construct, settings: Settings, deployment: Deployment): Service {
  const { identity, exposure } = settings;
  const offered = offeredPorts(settings);
  const service = new Service(scope, 'Service', {
    metadata: { name: identity.serviceName, labels: identity.labels, annotations: exposure.annotations },
    type: exposure.type,
    selector: deployment,
    ports: offered.map((port) => ({
      // Kubernetes demands a name of each port as soon as there are two.
      name: port.name ?? (offered.length > 1 ? MAIN_PORT : undefined),
      port: port.servicePort!,
      targetPort: port.number,
      protocol: port.protocol,
    })),
  });
  addTypedFields(ApiObject.of(service), (manifest) => complete(manifest, settings));
  return service;
}

function offeredPorts({ ports, sidecars }: Settings): Port[] {
  const all = [...ports, ...sidecars.flatMap((sidecar) => sidecar.ports)];
  return all.filter(({ servicePort }) => servicePort !== undefined);
}

function complete({ spec }: Manifest, settings: Settings): void {
  Object.assign(spec, toJson_ServiceSpec(settings.exposure.spec));
  const offered = offeredPorts(settings);
  for (const port of spec.ports) {
    port.appProtocol = offered.find(
      ({ servicePort, protocol }) => servicePort === port.port && protocol === port.protocol,
    )?.appProtocol;
    port.targetPort = targetPort(port.targetPort ?? port.port, settings.ports, port.protocol).reference.value;
  }
  // cdk8s-plus-27 writes an empty list.
  delete spec.externalIPs;
}
