import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { titleOf } from '../../../cli/src/check/finding';
import { REPOSITORY } from '../../cluster/paths';
import { checkAll } from './findings';
import { missed } from './missed';
import { page } from './report';
import { projectsOf } from './sources';
import { judged, verdicts } from './verdicts';

const checked = await checkAll();

test('every finding has a verdict, and every verdict its findings', () => {
  const found = checked.flatMap(({ name, findings }) =>
    findings.map((finding) => `${name}: ${finding.rule}: ${titleOf(finding)}`),
  );
  expect(found.sort()).toEqual([...judged()].sort());
});

test('every object is checked except those of old API versions', () => {
  const problems = checked.flatMap(({ name, problems: all }) =>
    all.map(({ message }) => `${name}: ${message}`),
  );
  const old = (kind: string) =>
    `contour-authdemo: ${kind} of rbac.authorization.k8s.io/v1beta1 is not served by Kubernetes 1.22 or newer; write rbac.authorization.k8s.io/v1`;
  expect(problems).toEqual([
    old('RoleBinding'),
    old('Role'),
    'redis: apps/v1beta2 is not known here; write apps/v1',
  ]);
});

test('at least 100 files are checked', () => {
  expect(checked.filter(({ step }) => !step).reduce((sum, { files }) => sum + files, 0)).toBeGreaterThan(100);
});

test('at least 40 steps between releases of 15 projects are checked', () => {
  const steps = checked.filter(({ step }) => step);
  expect(projectsOf(steps.map(({ module }) => module)).size).toBeGreaterThanOrEqual(15);
  expect(steps.length).toBeGreaterThanOrEqual(40);
});

test('what is missed is missed in a step that is checked', () => {
  const names = checked.map(({ name }) => name);
  expect(missed.map(({ step }) => step).filter((step) => !names.includes(step))).toEqual([]);
});

test('docs/field.md is up to date', async () => {
  const file = join(REPOSITORY, 'docs', 'field.md');
  const options = { ...(await resolveConfig(file)), filepath: file };
  await expect(await format(page(checked, verdicts, missed), options)).toMatchFileSnapshot(file);
});
