import { once } from 'node:events';
import { fstatSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isManifest } from './check/read/read.js';
import { UsageError } from './errors.js';
import { checkWritable, chunks, isStreamAt, placeOf, target, writeStream, writeWhole } from './files.js';

/** The option that asks for an output, and the file that it goes to; - is standard output. */
export interface Output {
  readonly option: string;
  readonly path: string;
}

/** What a command reads. No output may be there. */
export interface Inputs {
  /** - is standard input. */
  readonly files: readonly string[];
  /** Of manifests. */
  readonly folders?: readonly string[];
}

/**
 * The outputs that options ask for. Files that cannot be written, two outputs to one place, and an output to what is read or
 * would be the next time, are refused.
 */
export function readOutputs(
  values: Readonly<Record<string, unknown>>,
  options: readonly string[],
  inputs: () => Inputs = () => ({ files: [] }),
): readonly Output[] {
  const asked = options.flatMap((option) => {
    const path = values[option];
    return typeof path === 'string' ? [{ option, path }] : [];
  });
  // To know all places that are read takes a while.
  if (asked.length === 0) {
    return [];
  }
  const { files, folders = [] } = inputs();
  const read = new Map(files.map((file) => [placeOf(file === '-' ? 0 : file), file]));
  const readFolders = new Map(folders.map((folder) => [placeOf(folder), folder]));
  const places = new Map<string | undefined, string>();
  return asked.map(({ option, path }) => {
    const isStdout = path === '-' || placeOf(path) === placeOf(1);
    if (!isStdout) {
      checkWritable(`--${option}`, path);
    }
    const place = isStdout ? '-' : placeOf(path);
    const refuse = (why: string): never => {
      throw new UsageError(`--${option}: got "${path}", ${why}`);
    };
    const before = places.get(place);
    if (before !== undefined) {
      refuse(`as --${before} did; write another`);
    }
    places.set(place, option);
    if (isStdout) {
      return { option, path: '-' };
    }

    const same = read.get(place);
    const descriptor = same === '-' ? 'standard input' : openAs(place);
    if (descriptor !== undefined) {
      refuse(`which is ${descriptor}; write another file`);
    }
    if (same !== undefined) {
      refuse(
        resolve(same) === resolve(path)
          ? 'which is read; write another file'
          : `which is ${same}, and that is read; write another file`,
      );
    }
    const file = target(path);
    const folder = isManifest(basename(file)) ? readFolders.get(placeOf(dirname(file))) : undefined;
    if (folder !== undefined) {
      refuse(
        `in the folder ${folder}, which is read: the next check and kubectl would take it for a manifest; write it into another folder`,
      );
    }
    return { option, path };
  });
}

/**
 * The open descriptor that an output is and that loses by it: what is written into the pipe of standard input comes out of it
 * again, and a file that is standard error would be replaced.
 */
function openAs(place: string | undefined): string | undefined {
  const is = (descriptor: number) => place === placeOf(descriptor);
  if (is(0) && fstatSync(0).isFIFO()) {
    return 'standard input';
  }
  return is(2) && fstatSync(2).isFile() ? 'standard error' : undefined;
}

/** Whether standard output is taken, so that nothing else may be on it. */
export function takesStdout(outputs: readonly Output[]): boolean {
  return outputs.some(({ path }) => path === '-');
}

/**
 * Writes outputs: of files all or none, each whole, and before this returns. Then pipes, for which a reader is waited for; a
 * signal ends that as ever.
 */
export async function writeOutputs(
  outputs: readonly Output[],
  piecesOf: (option: string) => Iterable<string>,
): Promise<void> {
  if (outputs.length === 0) {
    return;
  }
  const all = outputs.map(({ option, path }) => ({ path, content: piecesOf(option) }));
  const streams = all.filter(({ path }) => path === '-' || isStreamAt(path));
  writeWhole(all.filter((file) => !streams.includes(file)));
  for (const stream of streams) {
    if (stream.path === '-') {
      await writeStdout(stream.content);
    } else {
      await writeStream(stream);
    }
  }
}

/** Writes to standard output, whose reader may be slow, and until it has enough. */
export async function writeStdout(pieces: Iterable<string>): Promise<void> {
  for (const chunk of chunks(pieces)) {
    if (process.stdout.write(chunk)) {
      continue;
    }
    try {
      await once(process.stdout, 'drain');
    } catch {
      return;
    }
  }
}
