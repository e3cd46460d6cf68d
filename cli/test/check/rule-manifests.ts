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

const read = (folder: string, file: string): Bodies =>
  parse(file, readFileSync(join(folder, file), 'utf8')).objects.map(({ body }) => body);

const stepsIn = (folder: string, before: string): readonly Step[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.fail.yaml'))
    .map((file) => {
      const rule = file.slice(0, -'.fail.yaml'.length);
      return { rule, old: read(folder, `${rule}.${before}.yaml`), next: read(folder, file) };
    });

/** Manifests of kinds that those of the rules do not have. */
export const waysIn = fileURLToPath(new URL('ways-in', import.meta.url));

/** The manifests of all rules: those that break one, and the old ones or else those that do not. */
export const steps: readonly Step[] = [
  ...stepsIn(join(rules, 'state'), 'pass'),
  ...stepsIn(join(rules, 'upgrade'), 'old'),
  ...stepsIn(waysIn, 'old'),
];
