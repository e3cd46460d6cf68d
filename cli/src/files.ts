import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './errors.js';

/** Refuses a file that could not be written later: its folder must exist and be writable. */
export function checkWritable(option: string, path: string): void {
  if (path === '') throw new UsageError(`${option}: got ""; write a file`);
  try {
    accessSync(isSpecial(path) ? path : dirname(target(path)), constants.W_OK);
  } catch {
    throw new UsageError(
      `${option}: got "${path}"; write a file in a folder that exists and can be written to`,
    );
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${option}: got the folder "${path}"; write a file`);
  }
}

/** Writes a file whole or not at all. A link stays a link; a device or a pipe is written to. */
export function writeWhole(path: string, content: string): void {
  const file = target(path);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    if (isSpecial(path)) return writeFileSync(path, content);
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`"${path}" cannot be written (${code ?? 'unknown reason'})`);
  }
}

/** Where a link leads to, and everything else itself. */
function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Whether there is something that is neither a file nor a folder, such as /dev/null. */
function isSpecial(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}
