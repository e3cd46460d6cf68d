import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { rulesToMarkdown } from '../src/check/output/markdown.js';
import { stateRules, upgradeRules } from '../src/check/rules/rules.js';

// After a change that is meant to change it: npx vitest run cli/test/check-docs.test.ts --update
it('docs/rules.md is made from the rules', async () => {
  const file = fileURLToPath(new URL('../../docs/rules.md', import.meta.url));
  await expect(rulesToMarkdown(stateRules, upgradeRules)).toMatchFileSnapshot(file);
});
