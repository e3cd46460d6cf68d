import { describe, expect, it } from 'vitest';
import { check } from '../src/check/check.js';
import { toText } from '../src/check/output/text.js';
import { growthsOf, parsed, type Growth } from '../test/check/growing.js';
import { steps, type Step } from '../test/check/rule-manifests.js';

/** With GROWTH=all, lists and maps are long too. */
const isAll = process.env.GROWTH === 'all';

/** The time that this process works for, whatever else the machine does. */
function secondsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const known = new Set<string>();

/** Ways of a type in which the manifests of a step grow, as far as no step before has them. */
function newGrowths({ old, next }: Step, type: Growth['type']): readonly Growth[] {
  const all = [...growthsOf(old), ...growthsOf(next)].filter((growth) => growth.type === type);
  const news = all.filter(({ name }) => !known.has(name));
  for (const { name } of news) {
    known.add(name);
  }
  return news;
}

/** The ways in which it takes too long to check manifests that grow to a size, and the longest line that is said of them. */
function tooLong({ old, next }: Step, growths: readonly Growth[], size: number, mostSeconds: number) {
  let longestLine = 0;
  const slow = growths.filter(({ grow }) => {
    const [grownOld, grownNext] = [parsed(grow(old, size)), parsed(grow(next, size))];
    const seconds = secondsOf(() => {
      for (const result of [check(grownNext, parsed(old)), check(grownNext, grownOld)]) {
        const lines = toText(result).split('\n');
        longestLine = lines.reduce((most, { length }) => Math.max(most, length), longestLine);
      }
    });
    return seconds > mostSeconds;
  });
  return { slow: slow.map(({ name }) => name), longestLine };
}

/** What is read of annotations and commands, and no manifest of the rules has. */
const annotated = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      annotations: {
        'zero-downtime/ignore': 'service-selects-nothing: a',
        'argocd.argoproj.io/sync-options': 'Prune=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        'helm.sh/resource-policy': 'keep',
        'kubectl.kubernetes.io/last-applied-configuration': '{"spec": {}}',
      },
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      template: {
        spec: {
          containers: [{ lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 5'] } } } }],
        },
      },
    },
  },
];

describe('a long text', () => {
  // In proportion to its length, its check takes some hundredths of a second; by its square, many seconds.
  it.each([
    ...steps,
    { rule: 'annotations and commands', old: [], next: annotated },
    { rule: 'old ones', old: annotated, next: [] },
  ])('is checked in time, and a short line says so: $rule', (step) => {
    const { slow, longestLine } = tooLong(step, newGrowths(step, 'text'), 100_000, 2);
    expect(slow).toEqual([]);
    expect(longestLine).toBeLessThan(3000);
  });
});

describe.runIf(isAll)('a long list or map', { timeout: 600_000 }, () => {
  // Nothing that takes its arguments from the stack has room for so many.
  it.each(steps)('is checked in time: $rule', (step) => {
    const growths = [...newGrowths(step, 'list'), ...newGrowths(step, 'map')];
    expect(tooLong(step, growths, 150_000, 30).slow).toEqual([]);
  });
});
