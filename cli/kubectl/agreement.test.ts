import { format } from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import { difference, kubectlReads, kubectlReadsFile } from '../test/check/kubectl-reads.js';
import { fc, seed } from '../test/random.js';
import { buildReader, readByKubectl, type Read } from './reader.js';

let program: string;
beforeAll(() => {
  program = buildReader();
}, 600_000);

it('has in cli/test/check/kubectl-reads.json what kubectl reads', async () => {
  const texts = kubectlReads.map(({ text }) => text);
  const read = readByKubectl(program, texts).map((answer, index) => ({ text: texts[index], ...answer }));
  const json = await format(JSON.stringify(read), { parser: 'json', printWidth: 110 });
  await expect(json).toMatchFileSnapshot(kubectlReadsFile);
});

/**
 * What check reads otherwise, since its parser follows YAML 1.2: in brackets, "a:" is a text for kubectl, ?a a key, and nothing with a
 * tag no element; and the name of an anchor ends where it has other characters than letters, digits, _ and -.
 */
const isKnown = (text: string) => /\[.*(?::[,\]]|![^\s,]*\s*[,\]])|[[{,]\s*\?|&[\w-]*[^\w\s-]/.test(text);

/** Texts are read by kubectl all at once: to start it for each would take minutes. */
function compare(
  texts: fc.Arbitrary<string>,
  count: number,
): readonly (Read & { readonly differs: unknown })[] {
  const samples = fc.sample(
    texts.filter((text) => !isKnown(text)),
    { numRuns: count, seed },
  );
  return readByKubectl(program, samples)
    .map((read, index) => ({ text: samples[index], ...read }))
    .map((read) => ({ ...read, differs: difference(read) }));
}

const digits = fc.stringMatching(/^[-+]?(0[xXbBoO]?)?[0-9a-fA-F_.eE+-]{0,8}$/);
const words = fc.constantFrom(
  ...[
    'y',
    'Yes',
    'NO',
    'off',
    'On',
    'true',
    'FALSE',
    'null',
    '~',
    'Null',
    '.inf',
    '.NaN',
    '<<',
    '=',
    '0',
    '-0',
    '1_0',
    '0120',
  ],
);
const scalar = fc.oneof(
  { weight: 3, arbitrary: digits },
  { weight: 2, arbitrary: words },
  fc.stringMatching(/^[a-z0-9 :#'"[\]{},&*!|>%@`?.~<-]{0,8}$/),
  fc.string({ maxLength: 6 }),
);
const tag = fc.constantFrom(
  '',
  '',
  '',
  '!!str ',
  '!!int ',
  '!!float ',
  '!!bool ',
  '!!null ',
  '!!binary ',
  '!x ',
);
const key = fc.oneof(
  fc.constantFrom('a', 'b', '<<', '__proto__', 'constructor'),
  fc.stringMatching(/^[-+]?[0-9xob_]{1,5}$/),
  words,
);
const line = fc.tuple(key, tag, scalar).map(([name, type, value]) => `${name}: ${type}${value}`);
const document = fc.oneof(
  fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n')),
  fc.array(line, { maxLength: 3 }).map((lines) => `a: &x\n  ${lines.join('\n  ')}\nb:\n  a: 1\n  <<: *x\n`),
  fc.array(scalar, { maxLength: 4 }).map((items) => `a: [${items.join(', ')}]`),
  fc.json({ maxDepth: 2 }).map((json) => `{"a": ${json}}`),
);
const separator = fc.constantFrom('\n---\n', '\n--- # c\n', '\n', '\n...\n', '\r\n---\r\n', '\n---x\n', ' ');
const file = fc
  .array(fc.tuple(document, separator), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat().join(''));

describe(`check and kubectl (seed ${seed})`, () => {
  it.each([
    ['scalars', fc.tuple(tag, scalar).map(([type, value]) => `a: ${type}${value}\n`)],
    ['documents', document],
    ['files', file],
  ])('read the same in random %s', (_what, texts) => {
    const compared = compare(texts, 20_000);
    expect(compared.filter(({ differs }) => differs !== undefined).slice(0, 20)).toEqual([]);
    // Both read so many that it means something.
    expect(
      compared.filter(({ error, documents }) => error === undefined && documents.length > 0).length,
    ).toBeGreaterThan(3_000);
  });
});
