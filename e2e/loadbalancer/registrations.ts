import type { Settings, Target } from './service';

/** Whether a target gets new connections, keeps the ones it has, or has none any more. */
export type AdminState = 'ready' | 'drain' | 'maint';

/** A target, with the moment at which it was removed. */
export interface Member extends Target {
  leftAt?: number;
}

/** Remembers removed targets for as long as they may keep their connections. */
export class Registrations {
  private known = new Map<string, Member>();

  /** Takes the current targets and returns them together with removed ones that may still have connections. */
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

/** The state of a member for a Service with these settings. */
export function adminState({ leftAt }: Member, { deregistrationSeconds }: Settings, now: number): AdminState {
  if (leftAt === undefined) {
    return 'ready';
  }
  return now - leftAt < deregistrationSeconds * 1000 ? 'drain' : 'maint';
}
