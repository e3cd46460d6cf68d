import { at, fields, isFields, items, shown } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { Pod } from '../workloads/pod.js';

/** Connections to the pods of a workload, or from them. */
export type Direction = 'Ingress' | 'Egress';

/** An entry of spec.ingress or spec.egress, for one of its peers. */
export interface Allowance {
  /** Who may connect, as a text that is equal for equal peers; empty for all. */
  readonly peer: string;
  /** The ports; none for all. */
  readonly ports: readonly unknown[] | undefined;
}

/** Whether a NetworkPolicy forbids all connections of its pods that it does not name. */
export function restricts({ body }: ManifestObject, direction: Direction): boolean {
  const types = at(body, 'spec', 'policyTypes');
  return Array.isArray(types)
    ? types.includes(direction)
    : direction === 'Ingress' || at(body, 'spec', 'egress') !== undefined;
}

/** Who may connect to the pods of a NetworkPolicy, or to whom they may. */
export function allowancesOf({ body }: ManifestObject, direction: Direction): readonly Allowance[] {
  const [field, peersField] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  return items(at(body, 'spec', field)).flatMap(({ item }) => {
    const written = items(item.ports).map(({ item: port }) => port);
    // A range of ports may have all of those that matter.
    const isAll =
      written.length === 0 ||
      written.length > MAX_PORTS ||
      written.some(({ port, endPort }) => port === undefined || endPort !== undefined);
    const ports = isAll ? undefined : written.map(({ port }) => port);
    const peers = items(item[peersField]).map((peer) =>
      isEverybody(peer.item) ? '' : JSON.stringify(peer.item),
    );
    return (peers.length > 0 ? peers : ['']).map((peer) => ({ peer, ports }));
  });
}

/** What some policies allow together. */
export class Allowed {
  /** By peer, the ports to which it may connect; ALL_PORTS stands for all. */
  private readonly byPeer = new Map<string, Set<unknown>>();
  private readonly typesForEverybody: ReadonlySet<string>;

  constructor(allowances: readonly Allowance[]) {
    for (const { peer, ports = [ALL_PORTS] } of allowances) {
      const known = this.byPeer.get(peer) ?? new Set();
      this.byPeer.set(peer, known);
      for (const port of ports) {
        known.add(port);
      }
    }
    this.typesForEverybody = new Set([...(this.byPeer.get('') ?? [])].map((port) => typeof port));
  }

  /** Whether everybody may connect to something. */
  get hasEverybody(): boolean {
    return this.byPeer.has('');
  }

  /** Whether everybody may connect to ports of a pod. */
  opens(pod: Pod, targets: Iterable<unknown>): boolean {
    const known = this.byPeer.get('');
    const isAllowed = (port: unknown) => known?.has(port) === true || known?.has(ALL_PORTS) === true;
    const allowed = new Set(
      [...pod.ports].filter(([port]) => isAllowed(port)).map(([, { number }]) => number),
    );
    return [...targets].every((port) => isAllowed(port) || allowed.has(pod.ports.get(port)?.number));
  }

  /**
   * Whether they allow what another policy does. What everybody may do can be all that matters of all ports, and a port by name
   * what matters of one by number.
   */
  covers({ peer, ports }: Allowance): boolean {
    const [own, everybody] = [this.byPeer.get(peer), this.byPeer.get('')];
    const isAllowed = (port: unknown) => own?.has(port) === true || everybody?.has(port) === true;
    if (isAllowed(ALL_PORTS)) {
      return true;
    }
    return ports === undefined
      ? everybody !== undefined
      : ports.every((port) => isAllowed(port) || this.isOtherwiseWritten(port));
  }

  /** Whether everybody may connect to a port by name where another one is by number, or the other way round. */
  private isOtherwiseWritten(port: unknown): boolean {
    return [...this.typesForEverybody].some((type) => type !== typeof port);
  }
}

const ALL_PORTS = Symbol('all ports');

/** The most ports of an entry that are told apart. */
const MAX_PORTS = 100;

/** Whether a peer is every pod, or every address. */
function isEverybody(peer: Record<string, unknown>): boolean {
  const { namespaceSelector, podSelector, ipBlock } = peer;
  if (isFields(ipBlock)) {
    return /^(?:0\.0\.0\.0|::)\/0$/.test(shown(ipBlock.cidr)) && ipBlock.except === undefined;
  }
  return (
    isFields(namespaceSelector) &&
    Object.keys(namespaceSelector).length === 0 &&
    Object.keys(fields(podSelector)).length === 0
  );
}
