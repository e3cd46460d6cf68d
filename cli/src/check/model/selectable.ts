import type { Fields } from '../read/fields.js';
import type { Workload } from './workload.js';

/** Workloads by the labels of their pods, so that a selector is not compared with all of them. */
export class Selectable {
  private readonly byLabel = new Map<string, Workload[]>();

  constructor(workloads: readonly Workload[]) {
    for (const workload of workloads) {
      const { namespace } = workload.object;
      this.add(JSON.stringify([namespace]), workload);
      for (const label of labelsOf(workload.pod.labels))
        this.add(JSON.stringify([namespace, label]), workload);
    }
  }

  /** The workloads of a namespace that have the rarest of the labels that are wanted, and the others perhaps. */
  candidates(namespace: string, wanted: Fields): readonly Workload[] {
    const withEach = labelsOf(wanted).map((label) => this.find([namespace, label]));
    return withEach.reduce(
      (fewest, workloads) => (workloads.length < fewest.length ? workloads : fewest),
      this.find([namespace]),
    );
  }

  private add(key: string, workload: Workload): void {
    const others = this.byLabel.get(key);
    if (others === undefined) this.byLabel.set(key, [workload]);
    else others.push(workload);
  }

  private find(key: readonly unknown[]): readonly Workload[] {
    return this.byLabel.get(JSON.stringify(key)) ?? [];
  }
}

function labelsOf(labels: Fields): readonly (readonly [string, unknown])[] {
  return Object.entries(labels).filter(([, value]) => typeof value === 'string');
}
