import type { Settings, Target } from './service';

/** Whether a target gets new connections, keeps the ones it has, or has none any more. */
export type AdminState = 'ready' | 'drain' | 'maint';

/** A target, with the moment at which it was removed. */
export interface Member extends Target {
  leftAt?: number;
}

/** Remembers targets that were removed for as long as their connections may live on. */
export class Registrations {
  private known = new Map<string, Member>();

  /** Takes the present targets and returns these and those that are still leaving. */
  update(present: readonly Target[], now: number, longestDelaySeconds: number): Member[] {
    for (const member of this.known.values()) {
      member.leftAt ??= now;
    }
    for (const target of present) {
      this.known.set(target.name, { ...target });
    }
    for (const { name, leftAt } of this.known.values()) {
      if (leftAt !== undefined && now - leftAt > (longestDelaySeconds + 1) * 1000) {
        this.known.delete(name);
      }
    }
    return [...this.known.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

/** What a member may do for a Service with these settings. */
export function adminState({ leftAt }: Member, { deregistrationSeconds }: Settings, now: number): AdminState {
  if (leftAt === undefined) {
    return 'ready';
  }
  return now - leftAt < deregistrationSeconds * 1000 ? 'drain' : 'maint';
}
