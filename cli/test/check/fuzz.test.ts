import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { toJson } from '../../src/check/output/json.js';
import { toText } from '../../src/check/output/text.js';
import { parse } from '../../src/check/read/parse.js';
import { readManifests } from '../../src/check/read/read.js';
import { fc, seed } from '../random.js';
import { waysIn } from './rule-manifests.js';

const rules = fileURLToPath(new URL('../../src/check/rules', import.meta.url));
const manifests = [join(rules, 'state'), join(rules, 'upgrade'), waysIn].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
);

/** Everything that a run does with what it has read. */
function checked(content: string, against?: string) {
  const result = check(
    parse('new.yaml', content),
    against === undefined ? undefined : parse('old.yaml', against),
  );
  return { ...result, output: toText(result) + toJson(result) };
}

const strange = fc.constantFrom<unknown>(
  ...[null, true, -1, 0, 1.5, 1e308, 2 ** 53, '', ' ', 'web', '25%', '-1', '1e999', '{{ .x }}', '\u0000'],
  ...[[], {}, [null], [[]], [{}], { a: null }, ['web'], [1], { app: ['web'] }, { app: { a: 1 } }],
  ...[
    JSON.parse('{"__proto__": {"app": "web"}, "constructor": "web", "toString": "web", "hasOwnProperty": 1}'),
  ],
);

/** A tree in which some values are others; which ones, a list of numbers says. */
function changed(value: unknown, changes: readonly (readonly [number, unknown])[]): unknown {
  let place = 0;
  const byPlace = new Map(changes);
  const copy = (inner: unknown): unknown => {
    const other = byPlace.get(place++);
    if (other !== undefined) {
      return other;
    }
    if (Array.isArray(inner)) {
      return inner.map(copy);
    }
    if (typeof inner !== 'object' || inner === null) {
      return inner;
    }
    return Object.fromEntries(Object.entries(inner).map(([name, part]) => [name, copy(part)]));
  };
  return copy(value);
}

/** A manifest of the rules, of which up to five values are others. */
const mutated = fc
  .tuple(
    fc.constantFrom(...manifests),
    fc.array(fc.tuple(fc.nat(120), strange), { minLength: 1, maxLength: 5 }),
  )
  .map(([content, changes]) =>
    parse('a.yaml', content)
      .objects.map(({ body }) => JSON.stringify(changed(body, changes)))
      .join('\n---\n'),
  );

/** A manifest of the rules, of which a part of the text is gone or another one. */
const damaged = fc
  .tuple(
    fc.constantFrom(...manifests),
    fc.nat(1500),
    fc.nat(40),
    fc.oneof(
      fc.constantFrom('', '\n', '\t', '&a ', '*a', '<<: *a\n', '---\n', '...\n', '"', '[', '{', '- ', ': '),
      fc.constantFrom('| ', '>\n', '\u0000', '\ufeff', '\r\n', '{{ if }}', '!!binary ', '%YAML 9\n', '#'),
      fc.string({ maxLength: 5 }),
    ),
  )
  .map(([text, start, length, other]) => text.slice(0, start) + other + text.slice(start + length));

describe(`zero-downtime check on anything (seed ${seed})`, () => {
  it('ends with a result for manifests with values of other types, alone and as a change', () => {
    fc.assert(
      fc.property(mutated, mutated, (after, before) => {
        expect(checked(after, before).output).toContain('schemaVersion');
      }),
    );
  });

  it('ends with a result for damaged files, and says so at a line of the file', () => {
    fc.assert(
      fc.property(damaged, fc.constantFrom(...manifests), (after, before) => {
        const lines = after.split('\n').length;
        const { problems, findings } = checked(after, before);
        for (const { file, line } of [...problems, ...findings].filter(({ file }) => file === 'new.yaml')) {
          expect({ file, line, ok: line !== undefined && line >= 1 && line <= lines }).toMatchObject({
            ok: true,
          });
        }
      }),
    );
  });

  it('reads the same with the line ends of Windows and a byte order mark', () => {
    const place = ({ line, rule, what }: { line: number; rule: string; what: string }) => ({
      line,
      rule,
      what,
    });
    for (const manifest of manifests) {
      const windows = `\ufeff${manifest.replaceAll('\n', '\r\n')}`;
      expect(checked(windows).findings.map(place)).toEqual(checked(manifest).findings.map(place));
    }
  });

  it('names a value that is no text', () => {
    const service = (ports: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [${ports}]}\n`;
    const { findings } = checked(service('{port: 80}'), service('{port: {toString: 80}}, {port: 80}'));
    expect(findings).toMatchObject([{ rule: 'service-port-removed', what: 'port a map is gone' }]);
  });

  it('is not misled by names that every JavaScript object has', () => {
    const rulesFound = (content: string) => checked(content).findings.map(({ rule }) => rule);
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    for (const name of names) {
      const service = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {${name}: web}}\n`;
      const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {app: web}}\n';
      const own = `apiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {${name}: web}}\n`;
      expect(rulesFound(`${service}---\n${pod}`)).toContain('service-selects-nothing');
      expect(rulesFound(`${service}---\n${own}`)).not.toContain('service-selects-nothing');
    }
  });

  it.each([
    ['blank lines', '\n'.repeat(100_000)],
    ['comments', '#\n'.repeat(100_000)],
    [
      'anchors in anchors',
      Array.from({ length: 90 }, (_, i) => `${' '.repeat(i)}&a !b\n${' '.repeat(i)}k:`).join('\n'),
    ],
    ['merge keys', `a: &a {b: 1}\n${Array.from({ length: 20_000 }, (_, i) => `k${i}: {<<: *a}`).join('\n')}`],
    ['one line', `a: ${'x '.repeat(1_000_000)}`],
    ['values in one document', `a:\n${'- x\n'.repeat(5_000_000)}`],
    ['documents', '---\n'.repeat(10_000)],
  ])('comes to an end of many %s', (_name, text) => {
    expect(checked(`${text}\nx: 1`).objects).toBe(0);
  });

  it('takes --- in a block of text for text', () => {
    const config =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |\n    one\n    ---\n    two\n';
    expect(parse('a.yaml', config)).toMatchObject({
      objects: [{ body: { data: { a: 'one\n---\ntwo\n' } } }],
      problems: [],
    });
  });

  it('digests a Secret of aliases', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nx: &a [1]\ndata: {a: *a, b: *a}\n';
    expect(parse('a.yaml', secret).problems).toEqual([]);
  });
});

describe('files that cannot be checked', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const messages = async () =>
    (await readManifests([folder])).problems.map(
      ({ file, message }) => `${file.slice(folder.length + 1)} ${message}`,
    );

  it('are named, and do not keep it waiting', async () => {
    spawnSync('mkfifo', [join(folder, 'a.yaml')]);
    symlinkSync('b.yaml', join(folder, 'b.yaml'));
    symlinkSync('/dev/zero', join(folder, 'c.yaml'));
    symlinkSync(folder, join(folder, 'd.yaml'));
    symlinkSync('nowhere', join(folder, 'e.yaml'));
    mkdirSync(join(folder, 'f.yaml'));
    expect(await messages()).toEqual([
      'a.yaml this is a pipe or a device; name it itself to have it read',
      'c.yaml this is a pipe or a device; name it itself to have it read',
      'b.yaml a symbolic link that leads to itself',
      'd.yaml this is a folder, not a file',
      'e.yaml no such file or folder',
    ]);
  });

  it('are named when they are no text', async () => {
    writeFileSync(join(folder, 'a.yaml'), Buffer.from('a: 1', 'utf16le'));
    writeFileSync(join(folder, 'b.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xc3, 0x28]));
    writeFileSync(join(folder, 'c.yaml'), 'a: \u0000');
    expect(await messages()).toEqual([
      'a.yaml this is no text',
      'b.yaml this is no text in UTF-8',
      'c.yaml this is no text',
    ]);
  });

  it('are reported for each document that is there twice', async () => {
    const config = (n: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {n: '${n}'}\n`;
    writeFileSync(join(folder, 'a.yaml'), Array.from({ length: 10_000 }, (_, n) => config(n)).join('---\n'));
    expect(await messages()).toHaveLength(9_999);
  });
});
