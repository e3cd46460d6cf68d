import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const src = join(__dirname, '..', '..', 'src');

interface OptionInterface {
  readonly bases: string[];
  readonly own: string[];
}

/** Every interface that users fill in, with the names of its own props; those of what it extends stand there. */
export function optionInterfaces(): Record<string, string[]> {
  return Object.fromEntries(Object.entries(interfaces()).map(([type, { own }]) => [type, own]));
}

/** The names of all props of the construct. */
export function constructProps(): string[] {
  const all = interfaces();
  const propsOf = (type: string): string[] => [...all[type].bases.flatMap(propsOf), ...all[type].own];
  return propsOf('ZeroDowntimeDeploymentProps');
}

function interfaces(): Record<string, OptionInterface> {
  const found: Record<string, OptionInterface> = {};
  for (const file of readdirSync(src).filter((each) => each.endsWith('.ts'))) {
    const text = readFileSync(join(src, file), 'utf8');
    for (const node of ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements) {
      if (ts.isInterfaceDeclaration(node)) {
        found[node.name.text] = {
          bases: (node.heritageClauses ?? [])
            .flatMap(({ types }) => [...types])
            .map(({ expression }) => (expression as ts.Identifier).text),
          own: node.members.map(({ name }) => (name as ts.Identifier).text),
        };
      }
    }
  }
  return found;
}
