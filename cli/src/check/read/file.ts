import { closeSync, openSync, readSync, statSync } from 'node:fs';

const maxBytes = 64 * 1024 * 1024;
const chunkBytes = 64 * 1024;
/** Why nothing is read where nothing is. */
export const missing = 'no such file or folder';
const notFile = 'this is a folder, not a file';

/** Why a file of more than 64 MiB is not read. */
export const tooLarge = `larger than ${maxBytes / 1024 / 1024} MB`;

/** The text of a file, or why it cannot be read. */
export type FileText =
  { readonly text: string; readonly why?: undefined } | { readonly why: string; readonly text?: undefined };

/** Whether so many bytes are more than is read of one file. */
export function isTooLarge(bytes: number): boolean {
  return bytes > maxBytes;
}

/** Reads a file, or standard input (-). */
export function readText(file: string): FileText {
  try {
    const bytes = bytesOf(file);
    return typeof bytes === 'string' ? { why: bytes } : decode(bytes);
  } catch (error) {
    return { why: whyUnreadable(error) };
  }
}

/** The text that bytes are. */
export function decode(bytes: Buffer): FileText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { why: 'this is no text in UTF-8' };
  }
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

/** Pipes that are open already, such as those of a shell's <(command); others may wait for ever. */
const openPipes = ['/dev/stdin', '/dev/fd/', '/proc/self/fd/'];

function bytesOf(file: string): Buffer | string {
  const isPipe = file === '-' || openPipes.some((path) => file.startsWith(path));
  if (!isPipe && !statSync(file).isFile()) {
    return statSync(file).isDirectory() ? notFile : 'this is no file; pipe it to -';
  }
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
