import { ApiObject } from 'cdk8s';
import { Protocol } from 'cdk8s-plus-27';
import type { Manifest } from '../kubernetes/manifest';
import { Refusal } from '../refusals/refusal';
import { rendered } from './app/rendered';
import type { Checked } from './checked';

/**
 * Other Services of the pods that lead to the application and not to the proxy in front of it, as
 * `deployment.exposeViaService()` makes them.
 */
export function* pastDrainProxy({ deployment, settings, index }: Checked): Iterable<Refusal> {
  const [main] = settings.ports;
  if (!settings.drainProxy) {
    return;
  }
  const labels = deployment.podMetadata.toJson()?.labels ?? {};
  for (const service of index.beside(ApiObject.of(deployment), 'core/Service')) {
    const { selector = {}, ports = [] } = rendered(service).spec ?? {};
    const selects =
      Object.keys(selector).length > 0 &&
      Object.entries(selector).every(([key, value]) => labels[key] === value);
    if (selects && ports.some((port: Manifest) => leadsTo(port, main.number))) {
      yield new Refusal(
        `the targetPort of Service ${JSON.stringify(service.name)}`,
        main.number,
        `${service.node.path} leads past the proxy of drainProxy, so clients that keep their connections would not hear that a pod goes`,
        `Write furtherExposures: [Exposure.clusterIp({ serviceName: '${service.name}' })] in its place`,
      );
    }
  }
}

/** A port that is named leads to the proxy. */
function leadsTo({ port, targetPort = port, protocol = Protocol.TCP }: Manifest, number: number): boolean {
  return targetPort === number && protocol === Protocol.TCP;
}
