import type { Path } from '../../read/fields.js';
import type { ManifestObject, Problem } from '../../read/object.js';

/** What an API server said about objects that were applied without being kept. */
export interface ServerDryRun {
  readonly refused: readonly ServerRefusal[];
  /** Objects that it could not be asked about, and why. */
  readonly notTried: readonly Problem[];
}

/** An object that an API server refuses. */
export interface ServerRefusal {
  readonly object: ManifestObject;
  /** The field that its message is about. */
  readonly path: Path;
  readonly what: string;
}
