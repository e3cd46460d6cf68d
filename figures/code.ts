import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScriptTarget, transpileModule } from 'typescript';
import { ROOT } from './root';

/** A hash of what a TypeScript file does: comments, types and line breaks do not count. */
export function hashCode(path: string): string {
  const compilerOptions = { removeComments: true, target: ScriptTarget.ES2022 };
  const { outputText } = transpileModule(readFileSync(join(ROOT, path), 'utf8'), { compilerOptions });
  return createHash('sha256').update(outputText).digest('hex');
}
