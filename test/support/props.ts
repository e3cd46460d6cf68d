import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const src = join(__dirname, '..', '..', 'src');

/** Every interface that users fill in, with the names of its own props; those of what it extends stand there. */
export function optionInterfaces(): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const file of readdirSync(src).filter((each) => each.endsWith('.ts'))) {
    const text = readFileSync(join(src, file), 'utf8');
    for (const node of ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements) {
      if (ts.isInterfaceDeclaration(node)) {
        found[node.name.text] = node.members.map(({ name }) => (name as ts.Identifier).text);
      }
    }
  }
  return found;
}
