import { afterAll, expect, inject, test } from 'vitest';
import { check } from '../../../cli/src/check/check';
import { titleOf, type Finding } from '../../../cli/src/check/finding';
import { nameOfStep } from '../field/findings';
import { read } from '../field/manifests';
import { steps } from '../field/sources';
import { ApiServer } from './api-server';
import { Release } from './release';

/** The rules about what an API server refuses, whoever sends it. */
const REFUSING =
  /^(?:api-version-not-served|apply-refused|rollout-refused|field-unknown|change-refused|crd-version-dropped|.*-immutable)$/;

/** Whether an API server refuses what is found. A definition may end a version that is served, but not one that is stored. */
function isRefusal({ rule, what }: Finding): boolean {
  return REFUSING.test(rule) && !what.endsWith('is not served any more');
}

const server = new ApiServer(inject('servers').at(-1)!);

let refusals = 0;
afterAll(() => console.log(`${refusals} objects are refused in ${steps.length} steps`));

test.each(steps.map((step, index) => [nameOfStep(step), step, index] as const))(
  `check finds what kube-apiserver ${server.version} refuses in the step %s`,
  async (_name, { from, to }, index) => {
    const [old, next] = [await read(from), await read(to)];
    const [before, after] = [old, next].map(({ objects }) => new Release(server, objects, `-${index}`));
    try {
      await before.apply();
      const refused = await after.apply();
      refusals += refused.size;
      const found = check(next, old).findings.filter(isRefusal);
      const titles = new Set(found.map(titleOf));
      expect({
        missed: [...refused].filter(([object]) => !titles.has(object)),
        notRefused: found
          .filter((finding) => !refused.has(titleOf(finding)))
          .map(({ rule, what }) => [rule, what]),
      }).toEqual({ missed: [], notRefused: [] });
    } finally {
      await before.remove();
      await after.remove();
    }
  },
);
