import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { defaultConfigFile } from '../config/config.js';
import { identity, title, type ManifestObject, type Problem } from './object.js';
import { parse, type Parsed } from './parse.js';

const maxBytes = 64 * 1024 * 1024;
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
        // A ConfigMap volume has links to the files that it keeps in a folder of such a name.
        if (entry.name.startsWith('..')) return [];
        if (entry.isDirectory()) return filesOf(join(path, entry.name), problems, depth + 1);
        const isManifest = extensions.includes(extname(entry.name)) && entry.name !== defaultConfigFile;
        return isManifest ? [join(path, entry.name)] : [];
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
    const size = file === '-' ? 0 : statSync(file).size;
    const content = size > maxBytes ? undefined : readFileSync(file === '-' ? 0 : file);
    if (content !== undefined && content.length <= maxBytes) return content.toString('utf8');
    problems.push({ file, message: `larger than ${maxBytes / 1024 / 1024} MB` });
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
