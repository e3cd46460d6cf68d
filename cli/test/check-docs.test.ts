import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { configSchema } from '../src/check/config/schema.js';
import { rulesToMarkdown } from '../src/check/output/markdown.js';
import { stateRules, upgradeRules } from '../src/check/rules/rules.js';

// After a change that is meant to change them: npx vitest run cli/test/check-docs.test.ts --update
it('docs/rules.md is made from the rules', async () => {
  const file = fileURLToPath(new URL('../../docs/rules.md', import.meta.url));
  await expect(rulesToMarkdown(stateRules, upgradeRules)).toMatchFileSnapshot(file);
});

it('the schema of the configuration is made from the rules', async () => {
  const file = fileURLToPath(new URL('../schema/config.schema.json', import.meta.url));
  const schema = JSON.stringify(configSchema([...stateRules, ...upgradeRules]));
  await expect(await format(schema, { parser: 'json', printWidth: 110 })).toMatchFileSnapshot(file);
});
