import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { defaultConfigFile } from '../config/config.js';
import { identity, title, type ManifestObject, type Problem } from './object.js';
import { parse, type Parsed } from './parse.js';

const maxBytes = 64 * 1024 * 1024;
const chunkBytes = 64 * 1024;
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
  return extensions.includes(extname(file)) && file !== defaultConfigFile;
}

/** Reads files, folders and standard input (-). What cannot be read is a problem, and the rest is read all the same. */
export function readManifests(paths: readonly string[]): Parsed {
  const parsed: Parsed[] = [];
  for (const path of paths) {
    const problems: Problem[] = [];
    const files = filesOf(path, problems);
    parsed.push({ objects: [], problems }, ...files.map(readFile));
  }
  return together(parsed);
}

function readFile(file: string): Parsed {
  const problems: Problem[] = [];
  const content = contentOf(file, problems);
  return content === undefined ? { objects: [], problems } : parse(file === '-' ? 'stdin' : file, content);
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
        // A ConfigMap volume has links to the files that it keeps in a folder of such a name.
        if (entry.name.startsWith('..')) return [];
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
      if (isTooLarge(size)) return tooLarge;
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
