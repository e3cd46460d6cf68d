import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { identity, title, type ManifestObject, type Problem } from './object.js';
import { parse, type Parsed } from './parse.js';

const maxBytes = 64 * 1024 * 1024;
const maxDepth = 32;
const extensions = ['.yaml', '.yml', '.json'];

/** Why a file of more than 64 MiB is not read. */
export const tooLarge = `larger than ${maxBytes / 1024 / 1024} MB`;

/** Why a folder without manifests is a problem. */
export const noManifests = `no file ends with ${extensions.join(', ')}`;

/** Whether so many bytes are more than is read of one file. */
export function isTooLarge(bytes: number): boolean {
  return bytes > maxBytes;
}

/** Whether a file of a folder is read. */
export function isManifest(file: string): boolean {
  return extensions.includes(extname(file));
}

/** Reads files, folders and standard input (-). What cannot be read is a problem, and the rest is read all the same. */
export function readManifests(paths: readonly string[]): Parsed {
  const parsed: Parsed[] = [];
  for (const path of paths) {
    const problems: Problem[] = [];
    for (const file of filesOf(path, problems)) {
      const content = contentOf(file, problems);
      if (content !== undefined) parsed.push(parse(file === '-' ? 'stdin' : file, content));
    }
    parsed.push({ objects: [], problems });
  }
  return together(parsed);
}

/** What several files have together. An object that is there twice is a problem, and the first one counts. */
export function together(parsed: readonly Parsed[]): Parsed {
  const known = new Map<string, ManifestObject>();
  const problems: Problem[] = [];
  for (const file of parsed) {
    problems.push(...file.problems);
    for (const object of file.objects) {
      const first = known.get(identity(object));
      if (first === undefined) known.set(identity(object), object);
      else {
        problems.push({
          file: object.file,
          line: object.line,
          message: `${title(object)} is already in ${first.file}:${first.line}; this one is not checked`,
        });
      }
    }
  }
  return { objects: [...known.values()], problems };
}

function filesOf(path: string, problems: Problem[], depth = 0): string[] {
  if (path === '-') return [path];
  try {
    if (!statSync(path).isDirectory()) return [path];
    if (depth > maxDepth) {
      problems.push({ file: path, message: `more than ${maxDepth} folders deep` });
      return [];
    }
    const files = readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        if (entry.isDirectory()) return filesOf(join(path, entry.name), problems, depth + 1);
        return isManifest(entry.name) ? [join(path, entry.name)] : [];
      });
    if (files.length === 0 && depth === 0) {
      problems.push({ file: path, message: noManifests });
    }
    return files;
  } catch (error) {
    problems.push({ file: path, message: whyUnreadable(error) });
    return [];
  }
}

function contentOf(file: string, problems: Problem[]): string | undefined {
  try {
    const size = file === '-' ? 0 : statSync(file).size;
    const content = isTooLarge(size) ? undefined : readFileSync(file === '-' ? 0 : file);
    if (content !== undefined && !isTooLarge(content.length)) return content.toString('utf8');
    problems.push({ file, message: tooLarge });
  } catch (error) {
    problems.push({ file, message: whyUnreadable(error) });
  }
  return undefined;
}

function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES') return 'no permission to read it';
  return `cannot be read (${code ?? 'unknown reason'})`;
}
