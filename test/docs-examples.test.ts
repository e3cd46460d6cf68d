import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';
import { optionInterfaces } from './support/props';
import { documents, snippets } from './support/snippets';

const root = join(__dirname, '..');
const folder = mkdtempSync(join(root, 'dist-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Programs whose YAML stands beside them: in a document below the program, of an example in its manifests. */
function programsWithYaml(): string[] {
  const inDocuments = documents()
    .flatMap(snippets)
    .filter(({ yaml }) => yaml !== undefined)
    .map(({ program }, i) => {
      const file = join(folder, `${i}.ts`);
      writeFileSync(file, program);
      return file;
    });
  const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(root, 'examples', name, 'main.ts'));
  return [...inDocuments, ...examples];
}

/** The props that the programs give, as `Interface.prop` with the interface in which it is declared. */
function givenProps(files: string[]): Set<string> {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.dev.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const program = ts.createProgram(files, config!.options);
  const checker = program.getTypeChecker();
  const given = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const expected = checker.getContextualType(node);
      const type = expected && checker.getNonNullableType(expected);
      for (const { name } of node.properties) {
        const declared = name && type?.getProperty(name.getText())?.declarations?.[0].parent;
        if (declared && ts.isInterfaceDeclaration(declared)) {
          given.add(`${declared.name.text}.${name.getText()}`);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  files.forEach((file) => visit(program.getSourceFile(file)!));
  return given;
}

it('shows each prop in an example with its YAML', () => {
  const props = Object.entries(optionInterfaces()).flatMap(([type, names]) =>
    names.map((name) => `${type}.${name}`),
  );

  const given = givenProps(programsWithYaml());

  expect(props.length).toBeGreaterThan(100);
  expect(props.filter((prop) => !given.has(prop))).toEqual([]);
});
