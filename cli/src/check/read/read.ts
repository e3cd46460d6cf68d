import { readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_CONFIG_FILE } from '../config/config.js';
import { isStdin, readBytes, whyUnreadable } from './file.js';
import { identity, title, type ManifestObject, type Problem } from './object.js';
import { parse, unread, type Parsed } from './parse.js';
import { MAX_PROBLEMS, Room, TOO_MUCH } from './room.js';

const MAX_DEPTH = 32;
const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Why a folder without manifests is a problem. */
export const NO_MANIFESTS = `no file ends with ${EXTENSIONS.join(', ')}`;

/** Whether a file of a folder is read. */
export function isManifest(file: string): boolean {
  return EXTENSIONS.includes(extname(file)) && file !== DEFAULT_CONFIG_FILE;
}

/**
 * Reads files, folders and standard input (-), each file once. What cannot be read, or has no object in it, is a problem, and
 * the rest is read all the same.
 *
 * @param room how much may still be read; by default as much as in one check, of old and new manifests together
 */
export async function readManifests(paths: readonly string[], room = new Room()): Promise<Parsed> {
  const read = new Set<string>();
  const all: Parsed[] = [];
  for (const path of paths) {
    const problems: Problem[] = [];
    const files = filesOf(path, problems);
    const news = files.filter((file) => !read.has(keyOf(file)));
    const parsed: Parsed[] = [{ objects: [], problems, isPart: problems.length > 0 }];
    for (const file of news) {
      read.add(keyOf(file));
      parsed.push(await readFile(file, room));
    }
    const isAgain = files.length > 0 && news.length === 0;
    for (const one of isAgain ? parsed : problemIfEmpty(nameOf(path), parsed)) {
      all.push(one);
    }
  }
  return joinParsed(all);
}

/** What was read, or a problem if that is nothing: a check without findings would look as if all were well. */
export function problemIfEmpty(file: string, parsed: readonly Parsed[]): readonly Parsed[] {
  const isNothing = parsed.every(({ objects, problems }) => objects.length + problems.length === 0);
  return isNothing ? [unread(file, 'there is no object in it')] : parsed;
}

async function readFile(file: string, room: Room): Promise<Parsed> {
  if (room.isFull) {
    return unread(nameOf(file), TOO_MUCH);
  }
  const { bytes, why } = await readBytes(file);
  return why === undefined ? parse(nameOf(file), bytes, room) : unread(nameOf(file), why);
}

/** A file in messages. */
function nameOf(file: string): string {
  return file === '-' ? 'stdin' : file;
}

/** Identifies a file, however it is written. */
function keyOf(file: string): string {
  return isStdin(file) ? '-' : resolve(file);
}

/** Joins what was found in several files. Of two unlike objects of one name the second one is a problem, and the first one counts. */
export function joinParsed(parsed: readonly Parsed[]): Parsed {
  const known = new Map<string, ManifestObject>();
  const newEachTime: ManifestObject[] = [];
  let twice = 0;
  const problems = parsed.flatMap((file) => [
    ...file.problems,
    ...file.objects.flatMap((object) => {
      if (object.isNewEachTime) {
        newEachTime.push(object);
        return [];
      }
      const key = identity(object);
      const first = known.get(key);
      if (first === undefined) {
        known.set(key, object);
        return [];
      }
      if (isDeepStrictEqual(first.body, object.body) || ++twice > MAX_PROBLEMS) {
        return [];
      }
      return [alreadyThere(object, first)];
    }),
  ]);
  const isPart = parsed.some((file) => file.isPart);
  return { objects: [...known.values(), ...newEachTime], problems, ...(isPart ? { isPart } : {}) };
}

function alreadyThere(object: ManifestObject, first: ManifestObject): Problem {
  const message = `${title(object)} is already in ${first.file}:${first.line}; this one is not checked`;
  return { file: object.file, line: object.line, message };
}

/** The files that paths name or contain, and the folders that are searched for them. */
export function placesOf(paths: readonly string[]): {
  readonly files: readonly string[];
  readonly folders: readonly string[];
} {
  const folders: string[] = [];
  return { files: [...paths, ...paths.flatMap((path) => filesOf(path, [], folders))], folders };
}

/** @param folders gets the folders that are searched */
function filesOf(path: string, problems: Problem[], folders: string[] = [], depth = 0): string[] {
  if (isStdin(path)) {
    return [path];
  }
  try {
    if (!statSync(path).isDirectory()) {
      return [path];
    }
    if (depth > MAX_DEPTH) {
      problems.push({ file: path, message: `more than ${MAX_DEPTH} folders deep` });
      return [];
    }
    folders.push(path);
    const files = readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        // A ConfigMap volume has links to the files that it keeps in a folder of such a name.
        if (entry.name.startsWith('..')) {
          return [];
        }
        if (entry.isDirectory()) {
          return filesOf(join(path, entry.name), problems, folders, depth + 1);
        }
        return isManifest(entry.name) ? fileIn(join(path, entry.name), problems) : [];
      });
    if (files.length === 0 && problems.length === 0 && depth === 0) {
      problems.push({ file: path, message: NO_MANIFESTS });
    }
    return files;
  } catch (error) {
    problems.push({ file: path, message: whyUnreadable(error) });
    return [];
  }
}

/** A file of a folder. A pipe or a device is read only if it is named itself: one in a folder may never be written to. */
function fileIn(path: string, problems: Problem[]): string[] {
  if (!isPipeOrDevice(path)) {
    return [path];
  }
  problems.push({ file: path, message: 'this is a pipe or a device; name it itself to have it read' });
  return [];
}

function isPipeOrDevice(path: string): boolean {
  try {
    const found = statSync(path);
    return !found.isFile() && !found.isDirectory();
  } catch {
    // Reading it will report why.
    return false;
  }
}
