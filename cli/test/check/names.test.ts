import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { parseConfig } from '../../src/check/config/read.js';
import { toJson } from '../../src/check/output/json.js';
import { toJunit } from '../../src/check/output/junit.js';
import { toText } from '../../src/check/output/text.js';
import { planAll } from '../../src/check/plan/options.js';
import { parse } from '../../src/check/read/parse.js';
import { fc, seed } from '../random.js';
import { useLab } from './lab.js';

/** Names that every JavaScript object has, so that a table may seem to have them too. */
const names = Object.getOwnPropertyNames(Object.prototype);
const rules = fileURLToPath(new URL('../../src/check/rules', import.meta.url));

/** The manifests beside the rules, each with what it is compared with. */
const manifests = ['state', 'upgrade'].flatMap((about) =>
  readdirSync(join(rules, about))
    .filter((file) => /\.(fail|pass)\.yaml$/.test(file))
    .map((file) => {
      const bodies = (name: string) =>
        parse(name, readFileSync(join(rules, about, name), 'utf8')).objects.map(({ body }) => body);
      const old = file.replace(/(fail|pass)\.yaml$/, 'old.yaml');
      return { next: bodies(file), old: about === 'state' ? [] : bodies(old) };
    }),
);

/** Every name of a field and every text in a value, each once. */
function wordsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...new Set([...own, ...Object.values(value).flatMap(wordsIn)])];
}

/** A value in which a word is another one wherever it stands. */
function renamed(value: unknown, word: string, name: string): unknown {
  if (value === word) {
    return name;
  }
  if (Array.isArray(value)) {
    return value.map((item) => renamed(item, word, name));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key === word ? name : key, renamed(inner, word, name)]),
  );
}

/** Everything that a run does with what it has read. */
function resultOf(next: unknown, old: unknown): string {
  const list = (file: string, items: unknown) => parse(file, JSON.stringify({ kind: 'List', items }));
  const after = list('new.json', next);
  const result = check(after, list('old.json', old));
  const plans = planAll(after.objects, { startups: [], podStartMs: 1000 });
  return toText(result) + toJson(result, plans) + toJunit(result, after.objects);
}

describe(`names that every JavaScript object has (seed ${seed})`, () => {
  it('are names like any other, wherever they stand in manifests', () => {
    const place = fc.constantFrom(...manifests).chain(({ next, old }) =>
      fc.record({
        next: fc.constant(next),
        old: fc.constant(old),
        word: fc.constantFrom(...wordsIn([next, old])),
        name: fc.constantFrom(...names),
      }),
    );
    fc.assert(
      fc.property(place, ({ next, old, word, name }) => {
        // Of the same letters, as not every name may have every letter.
        const unknown = [...name].reverse().join('');
        const [named, plain] = [name, unknown].map((one) =>
          resultOf(renamed(next, word, one), renamed(old, word, one)),
        );
        expect(named.replaceAll(name, unknown)).toBe(plain);
      }),
    );
  });

  it.each(names)(
    'are names like any other in API groups, kinds, annotations of clouds and ignores: %s',
    (name) => {
      const problemsOf = (word: string) => {
        const service = (annotation: string, value: string) =>
          `apiVersion: v1\nkind: Service\nmetadata: {name: a, annotations: {${annotation}: ${value}}}\nspec: {type: LoadBalancer, ports: [{port: 80}]}\n`;
        const of = (content: string, before = content) => {
          const { findings, problems } = check(parse('a.yaml', content), parse('b.yaml', before));
          return JSON.stringify([findings, problems]).replaceAll(word, 'xyz');
        };
        const scheme = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
        return [
          of(`apiVersion: ${word}/v1\nkind: A\nmetadata: {name: a}\n`),
          of(`apiVersion: ${word}\nkind: A\nmetadata: {name: a}\n`),
          of(`apiVersion: apps/${word}\nkind: Deployment\nmetadata: {name: a}\n`),
          of(`apiVersion: v1\nkind: ${word}\nmetadata: {name: a}\n`),
          of(service(scheme, word), service(scheme, 'internal')),
          of(service('zero-downtime/ignore', JSON.stringify(`${word}: because`))),
          of(`${word}: 1\n`),
          of(`{"${word}": {"${word}": 1}}`),
          of(`apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n<<: {${word}: 1}\n`),
        ];
      };
      expect(problemsOf(name)).toEqual(problemsOf('xyz'));
    },
  );

  it.each(names)('are names like any other in a configuration: %s', (name) => {
    const problemsOf = (word: string) =>
      [
        `severity: ${word}`,
        `${word}: 1`,
        `rules: {${word}: {severity: error, reason: a}}`,
        `rules: {recreate: {severity: ${word}, reason: a}}`,
        `rules: {recreate: {${word}: error}}`,
        `ignore: [{kind: A, rule: ${word}, reason: a}]`,
        `ignore: [{${word}: A, rule: recreate, reason: a}]`,
      ].map((content) => JSON.stringify(parseConfig('c.yaml', content)).replaceAll(word, 'xyz'));
    expect(problemsOf(name)).toEqual(problemsOf('xyz'));
  });
});

describe('the command line', () => {
  const lab = useLab();

  it.each(names)('takes %s for a name like any other', async (name) => {
    const endsAs = async (word: string) => {
      const ended = [];
      for (const args of [
        [word],
        ['check', `--${word}`],
        ['check', 'a.yaml', '--severity', word],
        ['rules', word],
      ]) {
        const { status, stderr } = await lab.run(...args);
        ended.push({ status, stderr: stderr.replaceAll(word, 'xyz') });
      }
      return ended;
    };
    expect(await endsAs(name)).toEqual(await endsAs('xyz'));
  });
});
