import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { hashOfManifests, readResults } from '../../../e2e/rules/results.js';
import { describe as say, whyUnproven } from '../../../e2e/rules/side.js';
import { manifestsOf } from '../../../e2e/rules/trial.js';
import { TRIALS } from '../../../e2e/rules/trials.js';
import { configSchema } from '../../src/check/config/schema.js';
import { rulesToMarkdown } from '../../src/check/output/markdown.js';
import { stateRules, upgradeRules } from '../../src/check/rules/rules.js';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const results = readResults(path('docs/proof/rules'));

// After a change that is meant to change them: npx vitest run cli/test/check/docs.test.ts --update
it('docs/rules.md is made from the rules and what was measured', async () => {
  const measured = new Map(
    results.map(({ rule, event, fail, pass, commit }) => [
      rule,
      { event, fail: say(fail), pass: say(pass), commit },
    ]),
  );
  const file = path('docs/rules.md');
  const options = { ...(await resolveConfig(file)), filepath: file };
  const page = await format(rulesToMarkdown(stateRules, upgradeRules, measured), options);
  await expect(page).toMatchFileSnapshot(file);
});

it('the schema of the configuration is made from the rules', async () => {
  const schema = JSON.stringify(configSchema([...stateRules, ...upgradeRules]));
  const text = await format(schema, { parser: 'json', printWidth: 110 });
  await expect(text).toMatchFileSnapshot(path('cli/schema/config.schema.json'));
});

describe('what was measured', () => {
  it('covers every rule about a change', () => {
    const proven = results.map(({ rule }) => rule);
    expect(upgradeRules.map(({ id }) => id).filter((id) => !proven.includes(id))).toEqual([]);
  });

  it.each(results.map((result) => [result.rule, result] as const))(
    '%s: is of the manifests that are there, and shows that the rule is right',
    (rule, result) => {
      const trial = TRIALS.find((one) => one.rule === rule);
      const files = trial === undefined ? [] : manifestsOf(trial);
      expect(files.filter((file) => !existsSync(file))).toEqual([]);
      expect(result.manifests).toBe(hashOfManifests(files));
      expect(result.event).toBe(trial?.event);
      expect(whyUnproven(result)).toBeUndefined();
    },
  );
});
