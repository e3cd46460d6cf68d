import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './paths';

/** A hash over texts and files, short enough for a folder name. */
export function hashOf(texts: string[], files: string[] = []): string {
  const hash = createHash('sha256');
  for (const text of texts) {
    hash.update(`${text}\0`);
  }
  for (const file of files) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Returns the cached folder `name`, which `make` fills when it is not there yet.
 * It is complete or not there: what an interrupted run left behind is deleted.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) {
    return folder;
  }
  dropAbandoned();
  const partial = join(CACHE, `.partial-${process.pid}-${name.replaceAll('/', '-')}`);
  mkdirSync(partial, { recursive: true });
  try {
    await make(partial);
    mkdirSync(join(folder, '..'), { recursive: true });
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // Another process made it in the meantime.
    if (existsSync(folder)) {
      return folder;
    }
    throw error;
  }
  return folder;
}

/** Free space in a folder, in GiB. */
export function freeGiB(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / 2 ** 30;
}

function dropAbandoned(): void {
  if (!existsSync(CACHE)) {
    return;
  }
  for (const name of readdirSync(CACHE)) {
    const pid = /^\.partial-(\d+)-/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) {
      rmSync(join(CACHE, name), { recursive: true, force: true });
    }
  }
}
