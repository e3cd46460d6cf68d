import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { identity, title, type ManifestObject, type Problem } from './object.js';
import { parse, type Parsed } from './parse.js';

const maxBytes = 64 * 1024 * 1024;
const chunkBytes = 64 * 1024;
const maxDepth = 32;
const extensions = ['.yaml', '.yml', '.json'];

/** Reads files, folders and standard input (-). What cannot be read is a problem, and the rest is read all the same. */
export function readManifests(paths: readonly string[]): Parsed {
  const objects: ManifestObject[] = [];
  const problems: Problem[] = [];
  const known = new Map<string, ManifestObject>();
  for (const path of paths) {
    for (const file of filesOf(path, problems)) {
      const content = contentOf(file, problems);
      if (content === undefined) continue;
      const parsed = parse(file === '-' ? 'stdin' : file, content);
      problems.push(...parsed.problems);
      for (const object of parsed.objects) {
        const first = known.get(identity(object));
        if (first === undefined) {
          known.set(identity(object), object);
          objects.push(object);
        } else {
          problems.push({
            file: object.file,
            line: object.line,
            message: `${title(object)} is already in ${first.file}:${first.line}; this one is not checked`,
          });
        }
      }
    }
  }
  return { objects, problems };
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
        return extensions.includes(extname(entry.name)) ? [join(path, entry.name)] : [];
      });
    if (files.length === 0 && depth === 0) {
      problems.push({ file: path, message: `no file ends with ${extensions.join(', ')}` });
    }
    return files;
  } catch (error) {
    problems.push({ file: path, message: whyUnreadable(error) });
    return [];
  }
}

function contentOf(file: string, problems: Problem[]): string | undefined {
  try {
    const bytes = bytesOf(file);
    if (typeof bytes !== 'string') return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    problems.push({ file, message: bytes });
  } catch (error) {
    const message = error instanceof TypeError ? 'this is no text in UTF-8' : whyUnreadable(error);
    problems.push({ file, message });
  }
  return undefined;
}

/** Pipes that are open already, such as those of a shell's <(command); others may wait for ever. */
const openPipes = ['/dev/stdin', '/dev/fd/', '/proc/self/fd/'];

/** What is in a file or comes from standard input, or why it is not read. */
function bytesOf(file: string): Buffer | string {
  const isPipe = file === '-' || openPipes.some((path) => file.startsWith(path));
  if (!isPipe && !statSync(file).isFile()) return 'this is no file; pipe it to -';
  const descriptor = file === '-' ? 0 : openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const read = readSync(descriptor, chunk);
      if (read === 0) return Buffer.concat(chunks);
      size += read;
      if (size > maxBytes) return `larger than ${maxBytes / 1024 / 1024} MB`;
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES') return 'no permission to read it';
  return `cannot be read (${code ?? 'unknown reason'})`;
}
