import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A code block of a document: a program, and what the document says it gives. */
export interface Snippet {
  /** Where it stands, as `README.md:12`. */
  readonly place: string;
  readonly program: string;
  /** The ```yaml block after it: lines of the manifests that it writes. */
  readonly yaml?: string;
  /** The ```text block after it: the message with which it ends. */
  readonly message?: string;
}

const root = join(__dirname, '..', '..');
const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm;

/** All documents of the repository that people read. */
export function documents(): string[] {
  const skipped = ['node_modules', '.git', 'dist', 'lib', 'coverage', 'reports'];
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (skipped.includes(entry.name) || entry.name.startsWith('.')) {
        return [];
      }
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : path.endsWith('.md') ? [path] : [];
    });
  return walk(root).map((path) => relative(root, path));
}

/** The TypeScript programs in a document. */
export function snippets(document: string): Snippet[] {
  const text = readFileSync(join(root, document), 'utf8');
  const blocks = [...text.matchAll(BLOCK)].map(([, language, code], i, all) => ({
    language,
    code,
    line: text.slice(0, all[i].index).split('\n').length,
  }));
  return blocks.flatMap(({ language, code, line }, i) => {
    if (language !== 'ts') {
      return [];
    }
    const next = blocks[i + 1];
    return {
      place: `${document}:${line}`,
      program: code,
      yaml: next?.language === 'yaml' ? next.code : undefined,
      message: next?.language === 'text' ? next.code.trim() : undefined,
    };
  });
}
