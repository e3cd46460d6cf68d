import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { titleOf } from '../../../cli/src/check/finding';
import { REPOSITORY } from '../../cluster/paths';
import { checkAll } from './findings';
import { page } from './report';
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
  const old = 'of rbac.authorization.k8s.io/v1beta1 is not served by Kubernetes 1.22 or newer';
  expect(problems).toEqual([
    `contour-authdemo: RoleBinding ${old}; write rbac.authorization.k8s.io/v1`,
    `contour-authdemo: Role ${old}; write rbac.authorization.k8s.io/v1`,
    'redis: apps/v1beta2 is not known here; write apps/v1',
  ]);
});

test('at least 100 files are checked', () => {
  expect(checked.filter(({ step }) => !step).reduce((sum, { files }) => sum + files, 0)).toBeGreaterThan(100);
});

test('docs/field.md is up to date', async () => {
  const file = join(REPOSITORY, 'docs', 'field.md');
  const options = { ...(await resolveConfig(file)), filepath: file };
  await expect(await format(page(checked, verdicts), options)).toMatchFileSnapshot(file);
});
