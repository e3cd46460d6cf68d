import { at, fields, items, text, type Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { groupBy } from '../values/grouped.js';

/** The type of a Service, ClusterIP if none is written. */
export function typeOf({ body }: ManifestObject): string {
  return text(at(body, 'spec', 'type')) ?? 'ClusterIP';
}

/** Whether clients outside the cluster reach a Service through a load balancer or a node port. */
export function isExternal(service: ManifestObject): boolean {
  return ['LoadBalancer', 'NodePort'].includes(typeOf(service));
}

/** Whether clients connect to the pods directly, at any port. */
export function isHeadless(service: ManifestObject): boolean {
  return typeOf(service) === 'ExternalName' || at(service.body, 'spec', 'clusterIP') === 'None';
}

/** Whether a Service is for one pod of a StatefulSet: its clients want that pod, ready or not, as peers do. */
export function isForOnePod({ body }: ManifestObject): boolean {
  const selector = fields(at(body, 'spec', 'selector'));
  return 'statefulset.kubernetes.io/pod-name' in selector || 'apps.kubernetes.io/pod-index' in selector;
}

/** The protocol of a Service's port, or of a container's. */
export function protocolOf({ protocol }: Fields): string {
  return text(protocol) ?? 'TCP';
}

/** An annotation; none if it is not there. */
export function annotation({ body }: ManifestObject, name: string): string | undefined {
  return text(at(body, 'metadata', 'annotations', name));
}

/** A port of a Service, with its index and with its port in the pods. */
export interface ServicePort {
  readonly index: number;
  readonly port: Fields;
  readonly targetPort: unknown;
}

/** The ports of a Service. */
export function servicePorts(service: ManifestObject): readonly ServicePort[] {
  return items(at(service.body, 'spec', 'ports')).map(({ index, item }) => ({
    index,
    port: item,
    // The API server treats 0 and '' as not set.
    targetPort: item.targetPort || item.port,
  }));
}

/** The ports in the pods to which Services send. */
export function targetPorts(services: readonly ManifestObject[]): ReadonlySet<unknown> {
  return new Set(services.flatMap(servicePorts).map(({ targetPort }) => targetPort));
}

/**
 * Finds the port of a Service that has the number and protocol of a port of another one, so that clients see no difference; of
 * two such, the first.
 */
export function portsLike(service: ManifestObject): (port: Fields) => ServicePort | undefined {
  const byProtocol = groupBy(servicePorts(service), ({ port }) => protocolOf(port));
  const byNumber = new Map(
    [...byProtocol].map(([protocol, ports]) => [protocol, groupBy(ports, ({ port }) => port.port)]),
  );
  return (port) => byNumber.get(protocolOf(port))?.get(port.port)?.[0];
}

/** Names of ports for metrics, such as frrmetricshttps, for profiles and for probes. */
const MONITORING_PORT =
  /(?:^|-)(?:[a-z]*(?:metrics|prometheus)(?:https?)?(?:-|$)|(?:profiling|pprof|probes?|healthz)$)/;

/** Whether a Service has only ports for monitoring: their clients, such as Prometheus, ask again. */
export function isOnlyMonitored(service: ManifestObject): boolean {
  const ports = servicePorts(service);
  return ports.length > 0 && ports.every(({ port }) => isMonitored(port));
}

/** Whether a port of a Service or of a container is for monitoring, by its name. */
export function isMonitored({ name }: Fields): boolean {
  return MONITORING_PORT.test(text(name) ?? '');
}
