import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

const maxBytes = 64 * 1024 * 1024;
/** Why nothing is read where nothing is. */
export const missing = 'no such file or folder';
const notFile = 'this is a folder, not a file';

/** Why a file of more than 64 MiB is not read. */
export const tooLarge = `larger than ${maxBytes / 1024 / 1024} MB`;

/** What a file has in it, or why it cannot be read. */
export type FileContent =
  { readonly bytes: Buffer; readonly why?: undefined } | { readonly why: string; readonly bytes?: undefined };

/** Whether so many bytes are more than is read of one file. */
export function isTooLarge(bytes: number): boolean {
  return bytes > maxBytes;
}

/** Reads a file, a pipe or standard input (-) to its end. */
export async function readBytes(file: string): Promise<FileContent> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of await open(file)) {
      size += (chunk as Buffer).length;
      if (isTooLarge(size)) return { why: tooLarge };
      chunks.push(chunk as Buffer);
    }
    return { bytes: Buffer.concat(chunks, size) };
  } catch (error) {
    return { why: whyUnreadable(error) };
  }
}

/** Whether a path is that of standard input. */
export function isStdin(file: string): boolean {
  return ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'].includes(file);
}

/**
 * Standard input is read as Node.js reads it, which waits for a pipe, a socket and a terminal alike. A read of descriptor 0 does
 * not: whoever shares it may have told the system not to wait.
 */
async function open(file: string): Promise<Readable> {
  if (isStdin(file)) return process.stdin;
  const [, descriptor] = /^(?:\/dev|\/proc\/self)\/fd\/(\d+)$/.exec(file) ?? [];
  // A socket cannot be opened by its path.
  const isSocket = descriptor !== undefined && (await stat(file)).isSocket();
  return isSocket ? new Socket({ fd: Number(descriptor), writable: false }) : createReadStream(file);
}

/** Why the file system does not give a file or a folder. */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return missing;
  if (code === 'EACCES') return 'no permission to read it';
  if (code === 'ELOOP') return 'a symbolic link that leads to itself';
  if (code === 'EISDIR') return notFile;
  return `cannot be read (${code ?? 'unknown reason'})`;
}
