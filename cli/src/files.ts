import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { uninterrupted } from './end-signals.js';
import { UsageError } from './errors.js';

/** A file and what is to be in it, in pieces: all of it may be longer than any string. */
export interface FileContent {
  readonly path: string;
  readonly content: Iterable<string>;
}

/** Pieces put together to such as are worth to be written alone. */
export function* chunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

const chunkLength = 256 * 1024;

/** Refuses a file that could not be written later: it and its folder must be writable. */
export function checkWritable(option: string, path: string): void {
  if (path === '') throw new UsageError(`${option}: got ""; write a file`);
  const refuse = (instead: string): never => {
    throw new UsageError(`${option}: got "${path}"; ${instead}`);
  };
  const found = find(path);
  if (found?.isDirectory() || path.endsWith('/') || path.endsWith(sep)) {
    throw new UsageError(`${option}: got the folder "${path}"; write a file`);
  }
  if (found !== undefined && !found.isFile() && !isStream(found)) {
    refuse('this is neither a file nor a pipe; write a file');
  }
  if (found !== undefined && !isWritable(path)) {
    refuse('this may not be written to; make it writable, or write another file');
  }
  // A file is replaced, which is a change of its folder.
  if (!isStream(found) && !isWritable(dirname(target(path)))) {
    refuse('write a file in a folder that exists and can be written to');
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What tells a file from every other, by whatever path, link or open descriptor it is named: where it is stored, or where it
 * would be if there is none yet. None for a descriptor that is closed.
 */
export function placeOf(file: string | number): string | undefined {
  try {
    const { dev, ino } =
      typeof file === 'number' ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return typeof file === 'number' ? undefined : target(file);
  }
}

/**
 * Writes files whole or not at all: all of them appear, or none if one cannot be written. A file that is there keeps its mode,
 * and its owner as far as the system allows; a link stays a link. No signal ends this in the middle.
 *
 * @throws UsageError that names the file
 */
export function writeWhole(files: readonly FileContent[]): void {
  const staged: Staged[] = [];
  uninterrupted(() => {
    try {
      for (const file of files) staged.push(naming(file, () => stage(file)));
      for (const one of staged) naming(one, () => renameSync(one.temporary, one.file));
    } finally {
      for (const { temporary } of staged) rmSync(temporary, { force: true });
    }
  });
}

/**
 * Writes to a device or a pipe, which may take as long as its reader likes.
 *
 * @throws UsageError that names it
 */
export async function writeStream({ path, content }: FileContent): Promise<void> {
  await writeFile(path, chunks(content)).catch((error: unknown) => cannotWrite(path, error));
}

/** Does something with a file, and names it if that fails. */
function naming<T>({ path }: { readonly path: string }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  throw new UsageError(`"${path}" cannot be written (${code ?? 'unknown reason'})`);
}

/** A file that is written, but under another name yet. */
interface Staged {
  readonly path: string;
  /** Where the path leads to. */
  readonly file: string;
  readonly temporary: string;
}

function stage({ path, content }: FileContent): Staged {
  const file = target(path);
  const old = find(path);
  const temporary = join(dirname(file), `.zero-downtime-${randomBytes(12).toString('hex')}.tmp`);
  // Fails if there is anything of this name, also a link.
  const descriptor = openSync(temporary, 'wx', old === undefined ? 0o666 : 0o600);
  try {
    try {
      for (const chunk of chunks(content)) writeFileSync(descriptor, chunk);
      if (old?.isFile()) keepAccess(descriptor, old);
      // Some disks say only now that they are full.
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { path, file, temporary };
}

/** Gives a file the mode of an old one, and its owner and group as far as the system allows. */
function keepAccess(descriptor: number, { mode, uid, gid }: Stats): void {
  const canGive = (owner: number, group: number) => {
    try {
      fchownSync(descriptor, owner, group);
      return true;
    } catch {
      return false;
    }
  };
  const keepsGroup = canGive(uid, gid) || canGive(-1, gid);
  // Another group may do what everybody may.
  fchmodSync(descriptor, keepsGroup ? mode & 0o777 : (mode & 0o707) | ((mode & 0o007) << 3));
}

/** Where a path leads to through links, of which the last may lead to a file that is not there yet. */
export function target(path: string, links = 0): string {
  try {
    return realpathSync.native(path);
  } catch {
    if (links < 40 && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
      return target(resolve(dirname(path), readlinkSync(path)), links + 1);
    }
    const folder = dirname(resolve(path));
    return folder === resolve(path) ? folder : join(target(folder), basename(path));
  }
}

/** What a path leads to; nothing too if that may not be known. */
function find(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether a path leads to what takes what is written without being replaced, such as a pipe or /dev/null. */
export function isStreamAt(path: string): boolean {
  return isStream(find(path));
}

function isStream(found: Stats | undefined): boolean {
  return found !== undefined && (found.isFIFO() || found.isCharacterDevice());
}
