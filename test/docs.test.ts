import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXAMPLES, exampleNames } from './support/examples';
import { givenProps } from './support/given-props';
import { optionInterfaces } from './support/props';
import { documents, snippets } from './support/snippets';

const root = join(__dirname, '..');
// API.md is generated, and its examples are the ones of the docstrings.
const programs = documents()
  .filter((document) => document !== 'API.md')
  .flatMap(snippets);

/** Where a manifest goes on with lines that a document leaves out. */
const ELISION = /^ *# \.\.\.$/m;

/**
 * Lines without their indentation, so that a part of a manifest can be found in the whole, and with one kind of quotes:
 * those of documents are the formatter's.
 */
function lines(yaml: string): string {
  return yaml
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .replaceAll('"', "'");
}

const examples = exampleNames.map((name) => join(EXAMPLES, name, 'main.ts'));

describe('programs in the documentation', () => {
  let folder: string;
  /** They and the examples, as the compiler of TypeScript sees them. */
  let compiled: ts.Program;
  const fileOf = (i: number): string => join(folder, `${i}.ts`);

  beforeAll(() => {
    // Inside the repository, so that programs find their packages.
    folder = mkdtempSync(join(root, 'dist-test-'));
    programs.forEach(({ program }, i) => writeFileSync(fileOf(i), program));
    const config = ts.getParsedCommandLineOfConfigFile(
      join(root, 'tsconfig.dev.json'),
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
    );
    compiled = ts.createProgram([...programs.map((_, i) => fileOf(i)), ...examples], config!.options);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('compile', () => {
    // Only of the programs: npm run typecheck takes what they import.
    const problems = programs.flatMap(({ place }, i) =>
      ts
        .getPreEmitDiagnostics(compiled, compiled.getSourceFile(fileOf(i)))
        .map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
    );

    expect(problems).toEqual([]);
  });

  it('and the examples give each prop where its YAML stands beside them', () => {
    const props = Object.entries(optionInterfaces()).flatMap(([type, names]) =>
      names.map((name) => `${type}.${name}`),
    );

    const withYaml = programs.flatMap(({ yaml }, i) => (yaml === undefined ? [] : [fileOf(i)]));
    const given = givenProps(compiled, [...withYaml, ...examples]);

    expect(props.length).toBeGreaterThan(100);
    expect(props.filter((prop) => !given.has(prop))).toEqual([]);
  });

  it.each(programs.map((snippet, i) => ({ ...snippet, i })))('$place gives what it says', async (snippet) => {
    const outdir = join(folder, `out-${snippet.i}`);
    vi.stubEnv('CDK8S_OUTDIR', outdir);

    const message = await import(fileOf(snippet.i)).then(
      () => undefined,
      (error: Error) => error.message,
    );

    expect(message).toBe(snippet.message);
    const written = existsSync(outdir)
      ? readdirSync(outdir).map((file) => readFileSync(join(outdir, file), 'utf8'))
      : [];
    for (const part of (snippet.yaml ?? '').split(ELISION)) {
      expect(lines(written.join('\n'))).toContain(lines(part));
    }
  });
});

describe('attributes of the construct in the documentation', () => {
  const source = ts.createSourceFile(
    'construct.ts',
    readFileSync(join(root, 'src/zero-downtime-deployment.ts'), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const attributes = source.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => members.filter(ts.isPropertyDeclaration))
    .map(({ name }) => (name as ts.Identifier).text);

  it.each(documents())('%s names those that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const named = [...text.matchAll(/`web\??\.(\w+)/g)].map(([, name]) => name);

    expect(attributes).toEqual(expect.arrayContaining(named));
  });
});

describe('links in the documentation', () => {
  it.each(documents())('%s links to files that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^[a-z]+:/.test(target));

    const broken = targets.filter((target) => !existsSync(join(root, dirname(document), target)));

    expect(broken).toEqual([]);
  });
});
