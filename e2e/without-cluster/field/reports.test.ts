import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { E2E, REPOSITORY } from '../../cluster/paths';
import { checkReports, found } from './reports';
import { quiet, reportsPage } from './reports-page';

const reports = await checkReports();

test('each report says what has to be found, why it is missed, or what is no fault', () => {
  for (const { expected, missed, 'no-alarm': alarm } of reports) {
    expect([expected, missed, alarm].filter((text) => text !== undefined)).toHaveLength(1);
  }
});

test.each(reports.filter(({ expected }) => expected !== undefined))('$id: $expected finds it', (report) => {
  expect(found(report)).toBeDefined();
  expect(report.problems).toEqual([]);
});

test.each(reports.filter((report) => report['no-alarm'] !== undefined))('$id is no alarm', (report) => {
  expect(quiet(report)).toBe(true);
});

test('each folder of manifests belongs to a report', () => {
  const folders = readdirSync(join(E2E, 'without-cluster', 'field', 'reports'));
  expect(folders.sort()).toEqual(reports.map(({ id }) => id).sort());
});

test('docs/reports.md is up to date', async () => {
  const file = join(REPOSITORY, 'docs', 'reports.md');
  const options = { ...(await resolveConfig(file)), filepath: file };
  await expect(await format(reportsPage(reports), options)).toMatchFileSnapshot(file);
});
