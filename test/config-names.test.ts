import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Config } from '../src';
import { addWeb, type Manifest, newChart } from './helpers';
import { numRuns, SEED } from './support/random';

const NUM_RUNS = numRuns(20);

/** Names of the ConfigMaps of a configuration. */
function names(...config: Config[]): string[] {
  const chart = newChart();
  addWeb(chart, { config });
  const objects: Manifest[] = chart.toJson();
  return objects.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);
}

describe('the name of a ConfigMap', () => {
  const data = fc.dictionary(fc.stringMatching(/^[A-Z_]{1,3}$/), fc.string({ maxLength: 3 }), {
    minKeys: 2,
    maxKeys: 3,
    noNullPrototype: true,
  });
  const kinds = [
    { kind: 'env', of: (content: Record<string, string>) => names(Config.env(content)) },
    { kind: 'files', of: (content: Record<string, string>) => names(Config.files('/etc/app', content)) },
  ];

  describe.each(kinds)('of $kind', ({ of }) => {
    test('changes with a changed, added, removed and renamed value', () => {
      fc.assert(
        fc.property(data, fc.string({ maxLength: 3 }), (content, other) => {
          const [key] = Object.keys(content);
          const { [key]: value, ...without } = content;
          const variants = [
            { ...content, [key]: `${value}x` },
            { ...content, ADDED: other },
            { ...without, RENAMED: value },
            without,
          ];
          const all = [content, ...variants].map((each) => of(each)[0]);
          expect(new Set(all).size).toBe(all.length);
        }),
        { seed: SEED, numRuns: NUM_RUNS },
      );
    });

    test('is the same for equal content, whatever the order of the keys', () => {
      fc.assert(
        fc.property(data, (content) => {
          const reversed = Object.fromEntries(Object.entries(content).reverse());
          expect(of(reversed)).toEqual(of(content));
        }),
        { seed: SEED, numRuns: NUM_RUNS },
      );
    });

    test('is equal for two contents only if they are equal', () => {
      fc.assert(
        fc.property(data, data, (one, two) => {
          const sorted = (content: Record<string, string>) => JSON.stringify(Object.entries(content).sort());
          expect(of(one)[0] === of(two)[0]).toBe(sorted(one) === sorted(two));
        }),
        { seed: SEED, numRuns: NUM_RUNS },
      );
    });
  });
});
