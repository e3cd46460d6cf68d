import { createReadStream, readFileSync, statSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

const MAX_BYTES = 64 * 1024 * 1024;
/** Why a path that does not exist cannot be read. */
export const MISSING = 'no such file or folder';
const NOT_FILE = 'this is a folder, not a file';

/** Why a file of more than 64 MiB is not read. */
export const TOO_LARGE = `larger than ${MAX_BYTES / 1024 / 1024} MB`;

/** What a file has in it, or why it cannot be read. */
export type FileContent =
  { readonly bytes: Buffer; readonly why?: undefined } | { readonly why: string; readonly bytes?: undefined };

/** Whether a file of this size is too large to be read. */
export function isTooLarge(bytes: number): boolean {
  return bytes > MAX_BYTES;
}

/**
 * Reads a file, a pipe or standard input (-) to its end. Standard input is read as Node.js reads it, which waits for a pipe, a
 * socket and a terminal alike. A read of descriptor 0 does not: another process that shares it may have made it non-blocking.
 */
export async function readBytes(file: string): Promise<FileContent> {
  try {
    if (isStdin(file)) {
      return await readStream(process.stdin);
    }
    const found = statSync(file);
    // Reading a file at once is faster than waiting for a thread to read it.
    if (found.isFile()) {
      return isTooLarge(found.size) ? { why: TOO_LARGE } : { bytes: readFileSync(file) };
    }
    return await readStream(open(file, found));
  } catch (error) {
    return { why: whyUnreadable(error) };
  }
}

async function readStream(stream: Readable): Promise<FileContent> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (isTooLarge(size)) {
      return { why: TOO_LARGE };
    }
    chunks.push(chunk as Buffer);
  }
  return { bytes: Buffer.concat(chunks, size) };
}

/** Whether a path is that of standard input. */
export function isStdin(file: string): boolean {
  return ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'].includes(file);
}

/** Opens a pipe or a device. A socket cannot be opened by its path. */
function open(file: string, found: Stats): Readable {
  const [, descriptor] = /^(?:\/dev|\/proc\/self)\/fd\/(\d+)$/.exec(file) ?? [];
  return descriptor !== undefined && found.isSocket()
    ? new Socket({ fd: Number(descriptor), writable: false })
    : createReadStream(file);
}

/** Why a file or a folder cannot be read. */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return MISSING;
  }
  if (code === 'EACCES') {
    return 'no permission to read it';
  }
  if (code === 'ELOOP') {
    return 'a symbolic link that leads to itself';
  }
  if (code === 'EISDIR') {
    return NOT_FILE;
  }
  return `cannot be read (${code ?? 'unknown reason'})`;
}
