import type { Machine } from '../machine';
import type { ProxyMode } from '../cluster';
import type { NodePlace } from '../topology';

/** Where the built binaries are. */
export type Binaries = (name: string) => string;

/** A worker node. */
export interface Node {
  place: NodePlace;
  machine: Machine;
}

/** What builders of control plane components get. */
export interface ControlContext {
  machine: Machine;
  bin: Binaries;
}

/** What builders of node components get. */
export interface NodeContext extends Node {
  bin: Binaries;
  proxyMode: ProxyMode;
}
