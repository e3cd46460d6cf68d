import type { ManifestObject } from '../read/object.js';
import { few, type Few } from './few.js';
import { addTo } from './grouped.js';
import type { Pod } from './pod.js';
import { mostComparisons, TooManySelected } from './selectable.js';
import { targetPorts } from './service.js';

/** A pod, and the object that it is of. */
interface OfPod {
  readonly object: ManifestObject;
  readonly pod: Pod;
}

/** Pods by the ports that they declare, so that no Service has to ask each of them. */
export class PodsByPort<T extends OfPod> {
  private readonly declaring = new Map<unknown, T[]>();
  private readonly lacking = new Map<unknown, Few<ManifestObject>>();
  private readonly reached = new Map<string, readonly T[]>();

  constructor(private readonly pods: readonly T[]) {
    for (const one of pods) for (const port of one.pod.ports.keys()) addTo(this.declaring, port, one);
  }

  /** Whether a pod declares a port of a number or name. */
  some(port: unknown): boolean {
    return this.declaring.has(port);
  }

  /** The objects whose pods do not declare a port. */
  without(port: unknown): Few<ManifestObject> {
    let lacking = this.lacking.get(port);
    if (lacking === undefined) {
      const declaring = new Set(this.declaring.get(port));
      lacking = few(objectsBut(declaring, this.pods), this.pods.length - declaring.size);
      this.lacking.set(port, lacking);
    }
    return lacking;
  }

  /**
   * The pods that have a port to which a Service sends. A number is a port of every pod, declared or not.
   * @throws TooManySelected if that takes too long, with all that was asked before
   */
  reachedBy(service: ManifestObject): readonly T[] {
    const targets = [...targetPorts(service)];
    if (targets.some((target) => typeof target === 'number')) return this.pods;
    const lists = targets.flatMap((target) => {
      const list = this.declaring.get(target);
      return list === undefined ? [] : [list];
    });
    if (lists.length < 2) return lists[0] ?? [];
    const key = JSON.stringify(targets);
    let reached = this.reached.get(key);
    if (reached === undefined) {
      if (this.pods.length * this.reached.size > mostComparisons) throw new TooManySelected(service);
      const found = new Set(lists.flat());
      reached = this.pods.filter((one) => found.has(one));
      this.reached.set(key, reached);
    }
    return reached;
  }
}

function* objectsBut<T extends OfPod>(some: ReadonlySet<T>, all: readonly T[]): Iterable<ManifestObject> {
  for (const one of all) if (!some.has(one)) yield one.object;
}
