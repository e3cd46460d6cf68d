import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { E2E } from '../cluster/paths';
import type { Scenario } from '../proof/scenario';
import { ALL, CLOUDS } from '../scenarios';

const FOLDER = join(E2E, 'scenarios');
const LISTED = new Set([...ALL, ...CLOUDS].map(({ id }) => id));

/** The files that are not about one change: the lists, and the services that the changes are made to. */
const NO_SCENARIOS = ['index.ts', 'services.ts'];

const files = readdirSync(FOLDER).filter((file) => !NO_SCENARIOS.includes(file));

it.each(files)('every scenario of %s is in a list', async (file) => {
  const exported: unknown[] = Object.values(await import(join(FOLDER, file)));
  const scenarios = exported.flat().filter(isScenario);
  expect(scenarios).not.toEqual([]);
  expect(scenarios.map(({ id }) => id).filter((id) => !LISTED.has(id))).toEqual([]);
});

function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && 'when' in value;
}
