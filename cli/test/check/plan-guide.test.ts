import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { State } from '../../src/check/model/state.js';
import { plansToSvg } from '../../src/check/output/plan-svg.js';
import { plansToText } from '../../src/check/output/plan-text.js';
import { planRollouts } from '../../src/check/plan/plan.js';
import { parse } from '../../src/check/read/parse.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const file = 'examples/myapp/manifests/myapp-v2.k8s.yaml';
const { objects } = parse(file, readFileSync(`${repository}${file}`, 'utf8'));
const plans = planRollouts(new State(objects), { podStartMs: 1000, startupOf: () => 20_000 });

it('the guide shows what the command prints', () => {
  expect(readFileSync(`${repository}docs/guide/plan.md`, 'utf8')).toContain(plansToText(plans));
});

// After a change that is meant to change it: npx vitest run cli/test/check/plan-guide.test.ts --update
it('the guide shows the picture that the command draws', async () => {
  await expect(plansToSvg(plans)).toMatchFileSnapshot(`${repository}docs/images/plan.svg`);
});
