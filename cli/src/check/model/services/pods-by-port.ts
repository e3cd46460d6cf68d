import type { ManifestObject } from '../../read/object.js';
import { few, type Few } from '../values/few.js';
import { addTo } from '../values/grouped.js';
import type { Pod } from '../workloads/pod.js';
import { MAX_COMPARISONS, TooManySelected } from '../selectors/selectable.js';
import { targetPorts } from './service.js';

/** A pod, and the object that describes it. */
interface OfPod {
  readonly object: ManifestObject;
  readonly pod: Pod;
}

/** Pods by the ports that they declare, so that not every pod is looked at for every Service. */
export class PodsByPort<T extends OfPod> {
  private index: ReadonlyMap<unknown, readonly T[]> | undefined;
  private lacking: Map<unknown, Few<ManifestObject>> | undefined;
  private reached: Map<string, readonly T[]> | undefined;

  constructor(private readonly pods: readonly T[]) {}

  /** Whether a pod declares a port of a number or name. */
  some(port: unknown): boolean {
    return this.declaring(port).length > 0;
  }

  /** The objects whose pods do not declare a port. */
  without(port: unknown): Few<ManifestObject> {
    this.lacking ??= new Map();
    let lacking = this.lacking.get(port);
    if (lacking === undefined) {
      const declaring = new Set(this.declaring(port));
      lacking = few(objectsBut(declaring, this.pods), this.pods.length - declaring.size);
      this.lacking.set(port, lacking);
    }
    return lacking;
  }

  /**
   * The pods that have a port to which a Service sends. A number is a port of every pod, declared or not.
   * @throws TooManySelected if this takes too long, together with all calls before
   */
  reachedBy(service: ManifestObject): readonly T[] {
    const targets = [...targetPorts([service])];
    if (targets.some((target) => typeof target === 'number')) {
      return this.pods;
    }
    const lists = targets.map((target) => this.declaring(target)).filter((list) => list.length > 0);
    if (lists.length < 2) {
      return lists[0] ?? [];
    }
    this.reached ??= new Map();
    const key = JSON.stringify(targets);
    let reached = this.reached.get(key);
    if (reached === undefined) {
      if (this.pods.length * this.reached.size > MAX_COMPARISONS) {
        throw new TooManySelected(service);
      }
      const found = new Set(lists.flat());
      reached = this.pods.filter((one) => found.has(one));
      this.reached.set(key, reached);
    }
    return reached;
  }

  private declaring(port: unknown): readonly T[] {
    this.index ??= indexOf(this.pods);
    return this.index.get(port) ?? [];
  }
}

function indexOf<T extends OfPod>(pods: readonly T[]): ReadonlyMap<unknown, readonly T[]> {
  const index = new Map<unknown, T[]>();
  for (const one of pods) {
    for (const port of one.pod.ports.keys()) {
      addTo(index, port, one);
    }
  }
  return index;
}

function* objectsBut<T extends OfPod>(some: ReadonlySet<T>, all: readonly T[]): Iterable<ManifestObject> {
  for (const one of all) {
    if (!some.has(one)) {
      yield one.object;
    }
  }
}
