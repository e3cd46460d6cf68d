import { expect, it } from 'vitest';
import {
  check,
  checkToText,
  parseManifests,
  readConfig,
  readManifests,
  stateRules,
  upgradeRules,
  type CheckResult,
  type Config,
} from 'zero-downtime';
import { ruleManifest, useLab } from './lab.js';

const lab = useLab();

it('checks files, and the step from others', async () => {
  lab.put('old/web.yaml', ruleManifest('upgrade/service-type-lowered.old'));
  lab.put('new/web.yaml', ruleManifest('upgrade/service-type-lowered.fail'));
  const result: CheckResult = check(await readManifests(['new']), await readManifests(['old']));
  expect(result.findings.map(({ rule, file }) => `${file} ${rule}`)).toEqual([
    'new/web.yaml service-type-lowered',
  ]);
  expect(checkToText(result)).toContain('new/web.yaml:41 error service-type-lowered');
});

it('checks text, with a configuration from a file or from the program', async () => {
  const manifests = parseManifests('web.yaml', ruleManifest('state/recreate.fail'));
  const config: Config = { ignore: [{ name: 'web', rule: 'recreate', reason: 'one writer at a time' }] };
  expect(check(manifests, undefined, config).ignored).toMatchObject([
    { ignoredBecause: 'one writer at a time' },
  ]);
  lab.put('config.yaml', JSON.stringify(config));
  expect(check(manifests, undefined, (await readConfig('config.yaml')).config).findings).toEqual([]);
});

it('lists the rules', () => {
  expect([...stateRules, ...upgradeRules].map(({ id }) => id)).toContain('recreate');
});
