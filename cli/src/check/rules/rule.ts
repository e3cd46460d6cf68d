import type { State } from '../model/state.js';
import type { Path } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';

/** From the most to the least severe. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Where a rule is broken. */
export interface Breach {
  readonly object: ManifestObject;
  readonly path: Path;
  /** What is there, in a few words. */
  readonly what: string;
  /** How much it counts, why and what to write instead, where that is not what the rule says of the others. */
  readonly severity?: Severity;
  readonly reason?: string;
  readonly fix?: string;
}

interface About {
  /** Stable: ignores and reports refer to it. */
  readonly id: string;
  readonly severity: Severity;
  /** Why it drops requests, in one line. */
  readonly reason: string;
  /** What to write instead, in one line. */
  readonly fix: string;
}

/** A rule about one state of the manifests. */
export interface StateRule extends About {
  check(state: State): Iterable<Breach>;
}

/** A rule about the step from old manifests to new ones. Breaches are in the new ones, or in the old if nothing is left. */
export interface UpgradeRule extends About {
  /**
   * The rule about one state that says the same about a field after the change. If both report it, the more severe is kept, or
   * this one if they are equal. What ignores that rule ignores this one too.
   */
  readonly sameAs?: string;
  check(from: State, to: State): Iterable<Breach>;
}

/** Where the documentation of a rule is. */
export function urlOf({ id }: { readonly id: string }): string {
  return `https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#${id}`;
}
