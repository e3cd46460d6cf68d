import { at, fields, shown } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { typeOf } from '../services/service.js';
import { wrongServicePorts } from './ports.js';
import { refusedIf, type Refusal } from './refusal.js';
import { noTexts } from './texts.js';

/** What the API server does not take of a Service. */
export function wrongService(service: ManifestObject): readonly Refusal[] {
  const spec = fields(service.body.spec);
  const type = typeOf(service);
  const isOnlyInside = type === 'ClusterIP' && !Array.isArray(spec.externalIPs);
  return [
    ...noTexts(service.body, ['spec', 'selector']),
    ...wrongServicePorts(spec),
    ...(Array.isArray(spec.ports) ? spec.ports : []).flatMap((port: unknown, index) => {
      const nodePort = at(port, 'nodePort');
      return refusedIf(
        type === 'ClusterIP' && typeof nodePort === 'number' && nodePort > 0,
        ['spec', 'ports', index, 'nodePort'],
        () => `node port ${shown(nodePort)} needs type: NodePort or LoadBalancer`,
      );
    }),
    ...refusedIf(
      isOnlyInside && spec.externalTrafficPolicy !== undefined && spec.externalTrafficPolicy !== '',
      ['spec', 'externalTrafficPolicy'],
      () => 'externalTrafficPolicy needs type: NodePort or LoadBalancer',
    ),
    ...['loadBalancerClass', 'loadBalancerSourceRanges'].flatMap((field) =>
      refusedIf(
        type !== 'LoadBalancer' && isWritten(spec[field]),
        ['spec', field],
        () => `${field} needs type: LoadBalancer`,
      ),
    ),
  ];
}

function isWritten(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
