import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
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
import { UsageError } from './errors.js';
import { uninterrupted } from './termination-signals.js';

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
    if (chunk.length < chunkLength) {
      continue;
    }
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

const chunkLength = 256 * 1024;

/** Refuses a file that could not be written later: it and its folder must be writable. */
export function checkWritable(option: string, path: string): void {
  if (path === '') {
    throw new UsageError(`${option}: got ""; write a file`);
  }
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
  if (found?.isFile()) {
    const file = target(path);
    if (isMountPoint(file)) {
      refuse('this is mounted alone, so it cannot be replaced; mount its folder');
    }
    if (isOfAnother(found, dirname(file))) {
      refuse('this is of somebody else, who alone may replace it in this folder; write another file');
    }
  }
}

/** Whether a file is mounted by itself, as containers have it. */
function isMountPoint(file: string): boolean {
  try {
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    const escaped = file.replace(
      /[ \t\n\\]/g,
      (one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`,
    );
    return mounts.some((line) => line.split(' ')[4] === escaped);
  } catch {
    return false;
  }
}

/** Whether a file is in a folder such as /tmp, in which everybody replaces only what is theirs. */
function isOfAnother({ uid }: Stats, folder: string): boolean {
  const { mode, uid: folderUid } = statSync(folder);
  const own = process.geteuid?.() ?? 0;
  return (mode & 0o1000) !== 0 && own !== 0 && own !== uid && own !== folderUid;
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
  const replaced: (() => void)[] = [];
  uninterrupted(() => {
    try {
      for (const file of files) {
        staged.push(naming(file, () => stage(file)));
      }
      for (const one of staged) {
        replaced.push(naming(one, () => replace(one)));
      }
    } catch (error) {
      for (const bringBack of replaced) {
        bringBack();
      }
      throw error;
    } finally {
      for (const { temporary, kept } of staged) {
        rmSync(temporary, { force: true });
        rmSync(kept, { force: true });
      }
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
  /** Another name for the file that was there, as long as it may be brought back. */
  readonly kept: string;
}

function stage({ path, content }: FileContent): Staged {
  const file = target(path);
  const old = find(path);
  const temporary = join(dirname(file), `.zero-downtime-${randomBytes(12).toString('hex')}.tmp`);
  // Fails if there is anything of this name, also a link.
  const descriptor = openSync(temporary, 'wx', old === undefined ? 0o666 : 0o600);
  try {
    try {
      for (const chunk of chunks(content)) {
        writeFileSync(descriptor, chunk);
      }
      if (old?.isFile()) {
        keepAccess(descriptor, old);
      }
      // Some disks say only now that they are full.
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { path, file, temporary, kept: `${temporary}.old` };
}

/** Puts a file in its place. Returns what brings back what was there; on a disk without hard links nothing does. */
function replace({ file, temporary, kept }: Staged): () => void {
  const wasThere = existsSync(file);
  try {
    if (wasThere) {
      linkSync(file, kept);
    }
  } catch {
    // To replace the file is what was asked for.
  }
  renameSync(temporary, file);
  return () => {
    if (!wasThere) {
      rmSync(file, { force: true });
    } else if (existsSync(kept)) {
      renameSync(kept, file);
    }
  };
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
