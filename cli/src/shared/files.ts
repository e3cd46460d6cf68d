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

/** A file and the content to write to it, in pieces, as the whole may be longer than a string can be. */
export interface FileContent {
  readonly path: string;
  readonly content: Iterable<string>;
}

/** Joins small pieces to chunks that are large enough to be written one by one. */
export function* chunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) {
      continue;
    }
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

const CHUNK_LENGTH = 256 * 1024;

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
    refuse('this is not writable; make it writable, or write another file');
  }
  // A file is written by replacing it, which changes its folder.
  if (!isStream(found) && !isWritable(dirname(target(path)))) {
    refuse('write a file in a folder that exists and can be written to');
  }
  if (found?.isFile()) {
    const file = target(path);
    if (isMountPoint(file)) {
      refuse('this is a mount point, so it cannot be replaced; mount its folder');
    }
    if (belongsToAnotherUser(found, dirname(file))) {
      refuse('this belongs to another user, who alone may replace it in this folder; write another file');
    }
  }
}

/** Whether a file is itself a mount point, as in containers. */
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

/** Whether a file belongs to another user, in a sticky folder such as /tmp, where only the owner may replace it. */
function belongsToAnotherUser({ uid }: Stats, folder: string): boolean {
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
 * Identifies a file, by whatever path, link or open descriptor it is named: by where it is stored, or would be stored if it
 * does not exist yet. Undefined for a closed descriptor.
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
 * Writes files whole or not at all: all of them appear, or none if one cannot be written. An existing file keeps its mode, and
 * its owner as far as the system allows; a link stays a link. No signal interrupts this.
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

/** Does something with a file. If that fails, the error names the file. */
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

/** A file that is written, but still under a temporary name. */
interface Staged {
  readonly path: string;
  /** Where the path leads, with links followed. */
  readonly file: string;
  readonly temporary: string;
  /** A second name for the old file, kept as long as it may have to be restored. */
  readonly kept: string;
}

function stage({ path, content }: FileContent): Staged {
  const file = target(path);
  const old = find(path);
  const temporary = join(dirname(file), `.zero-downtime-${randomBytes(12).toString('hex')}.tmp`);
  // Fails if anything of this name exists, even a link.
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

/**
 * Moves a file into its place. Returns a function that restores the old file, which it cannot do on a disk without hard links.
 */
function replace({ file, temporary, kept }: Staged): () => void {
  const wasThere = existsSync(file);
  try {
    if (wasThere) {
      linkSync(file, kept);
    }
  } catch {
    // The file is replaced all the same, as the user asked for it.
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
  // If the group could not be kept, the new group gets only the rights of everybody.
  fchmodSync(descriptor, keepsGroup ? mode & 0o777 : (mode & 0o707) | ((mode & 0o007) << 3));
}

/** Where a path leads, with links followed. The file at the end need not exist yet. */
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

/** What a path leads to; undefined if nothing is there, or if there is no permission to look. */
function find(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether a path leads to something that is written to and not replaced, such as a pipe or /dev/null. */
export function isStreamAt(path: string): boolean {
  return isStream(find(path));
}

function isStream(found: Stats | undefined): boolean {
  return found !== undefined && (found.isFIFO() || found.isCharacterDevice());
}
