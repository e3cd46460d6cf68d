import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { parseConfig } from '../../src/check/config/read.js';
import { many, parsed, type Bodies } from './growing.js';
import { budget, deployment, object, service } from './objects.js';

const part = { part: 'shop' };

/** Workloads, Services and budgets, each of which selects all pods. */
function allSelectAll(count: number): Bodies {
  return [
    ...many(count, (name) => deployment({ name })),
    ...many(count, (name) => service({ selector: part }, { name })),
    ...many(count, (name) => budget({ maxUnavailable: 1, selector: { matchLabels: part } }, { name })),
  ];
}

describe('many objects that select many', () => {
  const count = 3000;
  const { findings, problems } = check(parsed(allSelectAll(count)));

  it('have findings in proportion to their number', () => {
    const numbers = new Map<string, number>();
    for (const { rule } of findings) {
      numbers.set(rule, (numbers.get(rule) ?? 0) + 1);
    }
    expect(Object.fromEntries(numbers)).toEqual({
      'pdb-selects-two': count,
      'pdb-twice': count,
      'service-selects-two': count,
    });
    expect(problems).toEqual([]);
  });

  it('are named up to ten, and then counted', () => {
    const stopped = check(
      parsed([
        ...many(1, (name) => deployment({ name, spec: { replicas: 0 } })),
        ...many(count, (name) => service({ selector: part }, { name })),
      ]),
      parsed(many(1, (name) => deployment({ name }))),
    );
    const what = stopped.findings.filter(({ rule }) => rule === 'scaled-to-zero').map((one) => one.what);
    expect(what).toHaveLength(10);
    expect(what[0]).toBe('replicas is 0, and nothing else is behind Service web-0');
    expect(what[9]).toBe('replicas is 0, and nothing else is behind Service web-9 (and 2,990 more)');
  });
});

describe('more findings than anybody reads', () => {
  it('are reported up to a limit, with a note that there are more', () => {
    const containers = Array.from({ length: 50_001 }, () => ({ image: 'web' }));
    const pod = (name: string) =>
      object('apps/v1', 'Deployment', { template: { spec: { containers } } }, { name });
    const { findings, problems } = check(parsed(many(3, pod)));
    expect(findings).toHaveLength(100_000);
    expect(problems).toEqual([
      {
        file: 'a.yaml',
        line: 1,
        message: 'there are 100,000 findings, and no more are reported; check fewer files',
      },
    ]);
  });
});

describe('many mistakes in annotations that ignore', () => {
  it('are reported up to a limit', () => {
    const annotations = { 'zero-downtime/ignore': 'a\n'.repeat(1000) };
    const wrong = (name: string) => object('v1', 'ConfigMap', {}, { name, annotations });
    expect(check(parsed(many(1, wrong))).problems).toHaveLength(100);
    expect(check(parsed(many(101, wrong))).problems).toHaveLength(10_000);
  });
});

describe('many ignores of a configuration', () => {
  const entry = (name: string, reason: string) => ({ rule: 'pdb-missing', name, reason });
  const manifests = parsed([
    ...many(2000, (name) => deployment({ name })),
    ...many(1, (name) => service({ selector: part }, { name })),
  ]);
  const reasons = (...ignore: ReturnType<typeof entry>[]) => {
    const { ignored } = check(manifests, undefined, { ignore });
    return ignored.filter(({ object }) => object.name === 'web-7').map((one) => one.ignoredBecause);
  };

  it('ignore each its object', () => {
    const ignore = Array.from({ length: 2000 }, (_, index) => entry(`web-${index}`, `because of ${index}`));
    const { findings, ignored } = check(manifests, undefined, { ignore });
    expect(findings.filter(({ rule }) => rule === 'pdb-missing')).toEqual([]);
    expect(ignored).toHaveLength(2000);
    expect(reasons(...ignore)).toEqual(['because of 7']);
  });

  it('of which the first one counts, whether it is a pattern or not', () => {
    const [exact, pattern, all] = [entry('web-7', 'exact'), entry('web-*', 'pattern'), entry('*', 'all')];
    expect(reasons(exact, pattern, all)).toEqual(['exact']);
    expect(reasons(pattern, exact, all)).toEqual(['pattern']);
    expect(reasons(all, pattern, exact)).toEqual(['all']);
  });

  it.each([
    ['web-7', true],
    ['*', true],
    ['w*7', true],
    ['*b*-*', true],
    ['web-7*', true],
    ['web-77*', false],
    ['web-7*7', false],
    ['*-*-*', false],
    ['eb*', false],
  ])('a name %s is that of web-7: %s', (name, is) => {
    expect(reasons(entry(name, 'a'))).toEqual(is ? ['a'] : []);
  });

  it.each([
    [
      `ignore:\n${'- { rule: recreate, reason: a, name: web-* }\n'.repeat(1001)}`,
      'ignore: 1001 entries have * in a name; at most 1000 may',
    ],
    [
      `ignore:\n- { rule: recreate, reason: a, name: ${'a'.repeat(254)} }\n`,
      `ignore[0].name: got "${'a'.repeat(98)}…; write 253 characters at most`,
    ],
  ])('are refused if they take too long to compare', (text, message) => {
    expect(parseConfig('c.yaml', text).problems.map((problem) => problem.message)).toEqual([message]);
  });
});

describe('a name that the API server would not take', () => {
  it('is shortened', () => {
    const config = object('v1', 'Service', { selector: { app: 'a' } }, { name: 'a'.repeat(1000) });
    const [finding] = check(parsed([config, deployment()] as unknown as Bodies)).findings;
    expect(finding.object.name).toBe(`${'a'.repeat(252)}…`);
  });
});
