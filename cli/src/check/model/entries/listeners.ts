import { at, items, shown, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { State } from '../state.js';
import { textsIn } from './doors.js';

/** A port of a Gateway, and the hosts that it takes. */
export interface Listener {
  /** The port and its protocol in messages: 443 (HTTPS). */
  readonly port: string;
  readonly hosts: readonly string[];
}

/** The Gateways of Gateway API and of Istio. */
export function gatewaysOf(state: State): readonly ManifestObject[] {
  return ['gateway.networking.k8s.io', 'networking.istio.io'].flatMap((group) =>
    state.ofKind(group, 'Gateway'),
  );
}

/** What a Gateway listens to. */
export function listenersOf({ group, body }: ManifestObject): readonly Listener[] {
  const { spec } = body;
  if (group === 'networking.istio.io') {
    return items(at(spec, 'servers')).map(({ item }) => ({
      port: portName(at(item.port, 'number'), at(item.port, 'protocol')),
      // A host may say which namespace its VirtualServices are in: shop/shop.example.com.
      hosts: textsIn(item.hosts).map((host) => host.replace(/^.*\//, '')),
    }));
  }
  return items(at(spec, 'listeners')).map(({ item }) => ({
    port: portName(item.port, item.protocol),
    hosts: [text(item.hostname) ?? '*'],
  }));
}

function portName(port: unknown, protocol: unknown): string {
  return `${shown(port)} (${shown(protocol)})`;
}
