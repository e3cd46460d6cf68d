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

/** What the functions that describe control plane components get. */
export interface ControlContext {
  machine: Machine;
  bin: Binaries;
}

/** What the functions that describe node components get. */
export interface NodeContext extends Node {
  bin: Binaries;
  proxyMode: ProxyMode;
}
