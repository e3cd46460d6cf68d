import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { manifestFiles } from '../../../test/judges/application';
import { REPOSITORY } from '../../cluster/paths';
import { EXEMPTIONS } from './exemptions';
import { criticalFindings, type Finding } from './kube-score';

const { kubeScore } = inject('tools');
const isExempt = (found: Finding) =>
  EXEMPTIONS.some(({ check, finding }) => check === found.check && finding === found.finding);

test.each(manifestFiles())('kube-score finds nothing critical in %s', async (file) => {
  const found = await criticalFindings(kubeScore, file);
  expect(found.filter((each) => !isExempt(each))).toEqual([]);
});

test('every exemption is needed', async () => {
  const found = (await Promise.all(manifestFiles().map((file) => criticalFindings(kubeScore, file)))).flat();
  const unneeded = EXEMPTIONS.filter(
    ({ check, finding }) => !found.some((each) => check === each.check && finding === each.finding),
  );
  expect(unneeded).toEqual([]);
});

test('kube-score finds what is critical in the naive manifest', async () => {
  const naive = join(REPOSITORY, 'examples', 'article', 'manifests', 'naive-v1.k8s.yaml');
  const found = (await criticalFindings(kubeScore, naive)).filter((each) => !isExempt(each));
  expect(found.map(({ finding }) => finding)).toContain('Container is missing a readinessProbe');
});
