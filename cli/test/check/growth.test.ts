import { describe, expect, it } from 'vitest';
import { countsOf, WorkCounter, type Work } from './counted-work.js';
import type { Bodies, Growth } from './growing.js';
import type { Step } from './rule-manifests.js';

const counter = new WorkCounter(/\/cli\/src\/(?:check|report)\//);
// What is counted has to be imported after the counter has started.
const { check } = await import('../../src/check/check.js');
const { appliedManifests } = await import('../../src/check/live/applied.js');
const { written } = await import('../../src/check/live/written.js');
const { toJson } = await import('../../src/check/output/json.js');
const { toJunit } = await import('../../src/check/output/junit.js');
const { plansToSvg } = await import('../../src/check/output/plan-svg.js');
const { plansToText } = await import('../../src/check/output/plan-text.js');
const { toSarif } = await import('../../src/check/output/sarif.js');
const { toText } = await import('../../src/check/output/text.js');
const { planAll } = await import('../../src/check/plan/options.js');
const { fieldsOf, growthsOf, parsed, together } = await import('./growing.js');
const { steps } = await import('./rule-manifests.js');

/** All that is done with manifests that are compared with others. */
function run(old: Bodies, next: Bodies): void {
  const [before, after] = [parsed(old), parsed(next)];
  const result = check(after, before);
  toText(result);
  toJson(result);
  toSarif(result);
  toJunit(result, after.objects);
  const plans = planAll(after.objects, { startups: [], podStartMs: 1000 });
  plansToText(plans);
  plansToSvg(plans);
}

/** What is done with objects of a cluster, each alone. */
function compareLive(old: Bodies, next: Bodies): void {
  for (const [index, body] of old.entries()) {
    const managedFields = [{ operation: 'Apply', fieldsV1: fieldsOf(body) }];
    const live = { ...body, metadata: { ...(body.metadata as object), managedFields } };
    written(live, [...appliedManifests(live, body), next[index]], next[index]);
  }
}

const sizes = [8, 16, 32];

/** Whether counts grow faster than the sizes, which double: with a line they do by 2, with a square by 4. */
const growsBy =
  (factor: number) =>
  ([one, two, four]: readonly number[]): boolean =>
    four - two > factor * Math.max(two - one, sizes[0]);

/** What manifests take that grow in some ways, each alone, by the sizes. */
function workOf({ old, next }: Step, growths: readonly Growth[]): readonly Work[] {
  return sizes.map((size) => {
    const grown = growths.map(
      ({ type, grow }) => [grow(old, size), grow(next, size), type === 'objects'] as const,
    );
    return counter.of(() => {
      for (const [grownOld, grownNext, areMore] of grown) {
        run(grownOld, grownNext);
        if (!areMore) {
          compareLive(grownOld, grownNext);
        }
        check(parsed(grownNext), parsed(old));
        check(parsed(next), parsed(grownOld));
      }
    });
  });
}

/** The code that runs too often, found first in all growths together, which is faster. */
function tooOften(step: Step, growths: readonly Growth[]): readonly string[] {
  if (countsOf(workOf(step, growths), growsBy(2.5)).length === 0) {
    return [];
  }
  return growths.flatMap((growth) =>
    countsOf(workOf(step, [growth]), growsBy(3))
      .slice(0, 5)
      .map((place) => `${growth.name}: ${place}`),
  );
}

/** With GROWTH=all, the parts of each rule's manifests grow one by one, and not only those that no rule before it has. */
const isAll = process.env.GROWTH === 'all';

describe(`work when manifests grow from ${sizes.join(' to ')}`, () => {
  const known = new Set<string>();

  it.each(steps)('only doubles with them: $rule', (step) => {
    const growths = [...growthsOf(step.old), ...growthsOf(step.next)].filter(({ type }) => type !== 'text');
    const news = growths.filter(({ name }) => isAll || name.startsWith('more of all') || !known.has(name));
    for (const { name } of news) {
      known.add(name);
    }
    const lists = growths.filter(({ type }) => type === 'list');
    const outer = lists.filter(({ part }) => !part.includes('[]'));
    const inner = lists.filter(({ part }) => !lists.some((other) => other.part.startsWith(`${part}.`)));
    const maps = growths.filter(({ type, part }) => type === 'map' && !part.includes('[]'));
    const groups = [
      together('all lists', outer),
      together('all lists without others in them', inner),
      together('all maps', maps),
    ];
    const unique = new Map([...news, ...groups].map((growth) => [growth.name, growth]));
    expect(tooOften(step, [...unique.values()])).toEqual([]);
  });
});
