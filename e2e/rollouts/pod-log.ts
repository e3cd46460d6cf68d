import type { V1Deployment, V1Pod } from '@kubernetes/client-node';

/** The life of a pod as a watch saw it, in ms from the change. Old pods were there before it. */
export interface RecordedPod {
  readonly version: 'old' | 'new';
  readonly createdMs?: number;
  /** When its application listened, by its own log. */
  readonly listeningMs?: number;
  readonly readyMs?: number;
  readonly deletedMs?: number;
  readonly goneMs?: number;
}

interface Life {
  createdAt: number;
  readyAt?: number;
  deletedAt?: number;
  goneAt?: number;
}

/** Records what happens to a Deployment and its pods, from the events of watches. */
export class PodLog {
  private readonly lives = new Map<string, Life>();
  private changedAt?: number;
  private completedAt?: number;

  /**
   * Records an event of a pod.
   * @param at when it came, in ms since 1970
   */
  notePod(event: string, { metadata, status }: V1Pod, at: number): void {
    const name = metadata?.name ?? '';
    const life = this.lives.get(name) ?? { createdAt: at };
    this.lives.set(name, life);
    if (status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True')) {
      life.readyAt ??= at;
    }
    if (metadata?.deletionTimestamp || event === 'DELETED') {
      life.deletedAt ??= at;
    }
    if (event === 'DELETED') {
      life.goneAt ??= at;
    }
  }

  /** Records an event of the Deployment: when its second generation was created, and when that was rolled out. */
  noteDeployment({ metadata, spec, status }: V1Deployment, at: number): void {
    const generation = metadata?.generation ?? 0;
    if (generation < 2) {
      return;
    }
    this.changedAt ??= at;
    const replicas = spec?.replicas ?? 1;
    const counts = [status?.updatedReplicas, status?.replicas, status?.availableReplicas];
    const observed = (status?.observedGeneration ?? 0) >= generation;
    if (observed && counts.every((count) => count === replicas)) {
      this.completedAt ??= at;
    }
  }

  /** When a pod was created, in ms since 1970. */
  createdAt(name: string): number | undefined {
    return this.lives.get(name)?.createdAt;
  }

  /** Names of the pods that still exist. */
  get staying(): string[] {
    return [...this.lives].filter(([, { goneAt }]) => goneAt === undefined).map(([name]) => name);
  }

  /** Whether the rollout is complete and no pod is being deleted any more. */
  get isOver(): boolean {
    const leaves = ({ deletedAt, goneAt }: Life) => deletedAt !== undefined && goneAt === undefined;
    return this.completedAt !== undefined && ![...this.lives.values()].some(leaves);
  }

  /**
   * What was recorded.
   * @param listening when the application of a pod listened, in ms since 1970
   * @throws Error if the beginning or the end of the rollout was not seen
   */
  recording(listening: ReadonlyMap<string, number>): { completeMs: number; pods: RecordedPod[] } {
    const { changedAt, completedAt } = this;
    if (changedAt === undefined || completedAt === undefined) {
      throw new Error('the watch did not see the rollout from beginning to end');
    }
    const since = (at: number | undefined) => (at === undefined ? undefined : Math.round(at - changedAt));
    const pods = [...this.lives]
      .sort(([, a], [, b]) => a.createdAt - b.createdAt)
      .map(([name, { createdAt, readyAt, deletedAt, goneAt }]): RecordedPod => {
        const leaving = { deletedMs: since(deletedAt), goneMs: since(goneAt) };
        if (createdAt < changedAt) {
          return { version: 'old', ...leaving };
        }
        return {
          version: 'new',
          createdMs: since(createdAt),
          listeningMs: since(listening.get(name)),
          readyMs: since(readyAt),
          ...leaving,
        };
      });
    return { completeMs: Math.round(completedAt - changedAt), pods };
  }
}

/** The middle one of the sorted numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
