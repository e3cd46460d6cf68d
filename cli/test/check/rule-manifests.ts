import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '../../src/check/read/parse.js';
import type { Bodies } from './growing.js';

const rules = fileURLToPath(new URL('../../src/check/rules', import.meta.url));

/** Manifests that break a rule, and those that they are compared with. */
export interface Step {
  readonly rule: string;
  readonly old: Bodies;
  readonly next: Bodies;
}

const read = (kind: string, file: string): Bodies =>
  parse(file, readFileSync(join(rules, kind, file), 'utf8')).objects.map(({ body }) => body);

/** The manifests of all rules: those that break one, and the old ones or else those that do not. */
export const steps: readonly Step[] = ['state', 'upgrade'].flatMap((kind) =>
  readdirSync(join(rules, kind))
    .filter((file) => file.endsWith('.fail.yaml'))
    .map((file) => {
      const rule = file.slice(0, -'.fail.yaml'.length);
      const old = read(kind, kind === 'state' ? `${rule}.pass.yaml` : `${rule}.old.yaml`);
      return { rule, old, next: read(kind, file) };
    }),
);
