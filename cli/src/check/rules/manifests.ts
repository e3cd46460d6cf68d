import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileOfPackage } from '../../shared/package.js';

/** Manifests of a rule, and what they show. */
export interface RuleManifests {
  readonly shows: string;
  readonly yaml: string;
}

/** They lie beside the source of the rules, also in the package. */
const FOLDERS = ['state', 'upgrade'].map((kind) => fileOfPackage(`src/check/rules/${kind}/`));

const KINDS = { old: 'Before the change', fail: 'Breaks it', pass: 'Does not' };

/** The manifests beside a rule: those before the change if it is about one, those that break it, and those that do not. */
export function manifestsOf(id: string): RuleManifests[] {
  return Object.entries(KINDS).flatMap(([kind, shows]) => {
    const file = FOLDERS.map((folder) => fileURLToPath(new URL(`${id}.${kind}.yaml`, folder))).find(
      existsSync,
    );
    return file === undefined ? [] : [{ shows, yaml: readFileSync(file, 'utf8') }];
  });
}
