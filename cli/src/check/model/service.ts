import { at, fields, text, type Fields } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';

/** The type of a Service, ClusterIP if none is written. */
export function typeOf({ body }: ManifestObject): string {
  return text(at(body, 'spec', 'type')) ?? 'ClusterIP';
}

/** Whether clients outside the cluster reach a Service through a load balancer or a node port. */
export function isExternal(service: ManifestObject): boolean {
  return ['LoadBalancer', 'NodePort'].includes(typeOf(service));
}

/** Whether clients connect to the pods themselves, at whatever port they like. */
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
