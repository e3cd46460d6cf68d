import { once } from 'node:events';
import { fstatSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { UsageError } from './errors.js';
import { checkWritable, chunks, isStreamAt, placeOf, target, writeStream, writeWhole } from './files.js';

/** The option that asks for an output, and the file that it goes to; - is standard output. */
export interface Output {
  readonly option: string;
  readonly path: string;
}

/** What a command reads. No output may be written there. */
export interface Inputs {
  /** - is standard input. */
  readonly files: readonly string[];
  /** Folders, and the files that are read in them, by their names. */
  readonly folders?: {
    readonly paths: readonly string[];
    readonly reads: (name: string) => boolean;
  };
}

/**
 * The outputs that options ask for. Refuses files that cannot be written, two outputs to one place, and an output to a place
 * that the command reads, now or in its next run.
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
  // Finding all places that are read takes a while.
  if (asked.length === 0) {
    return [];
  }
  const whyInput = inputRefusals(inputs());
  const writtenBy = new Map<string | undefined, string>();
  return asked.map(({ option, path }) => {
    const place = placeOf(path);
    const isStdout = path === '-' || place === placeOf(1);
    if (!isStdout) {
      checkWritable(`--${option}`, path);
    }
    const key = isStdout ? '-' : place;
    const other = writtenBy.get(key);
    writtenBy.set(key, option);
    const why =
      other === undefined ? !isStdout && whyInput(path, place) : `which --${other} writes to; write another`;
    if (why) {
      throw new UsageError(`--${option}: got "${path}", ${why}`);
    }
    return { option, path: isStdout ? '-' : path };
  });
}

/** Tells why a file at a place must not be written, if the command reads it or would lose by it. */
function inputRefusals({
  files,
  folders,
}: Inputs): (path: string, place: string | undefined) => string | undefined {
  const inputAt = new Map(files.map((file) => [placeOf(file === '-' ? 0 : file), file]));
  const folderAt = new Map(folders?.paths.map((folder) => [placeOf(folder), folder]));
  return (path, place) => {
    const input = inputAt.get(place);
    const descriptor = input === '-' ? 'standard input' : openAs(place);
    if (descriptor !== undefined) {
      return `which is ${descriptor}; write another file`;
    }
    if (input !== undefined) {
      return resolve(input) === resolve(path)
        ? 'which is read; write another file'
        : `which is ${input}, and that is read; write another file`;
    }
    const file = target(path);
    const folder = folders?.reads(basename(file)) ? folderAt.get(placeOf(dirname(file))) : undefined;
    return folder === undefined
      ? undefined
      : `in the folder ${folder}, which is read: the next check and kubectl would take it for a manifest; write it into another folder`;
  };
}

/**
 * The open descriptor that an output would damage: what is written into the pipe of standard input would be read again, and a
 * file that is standard error would be replaced.
 */
function openAs(place: string | undefined): string | undefined {
  const is = (descriptor: number) => place === placeOf(descriptor);
  if (is(0) && fstatSync(0).isFIFO()) {
    return 'standard input';
  }
  return is(2) && fstatSync(2).isFile() ? 'standard error' : undefined;
}

/** Whether an output goes to standard output, so that nothing else may be printed there. */
export function takesStdout(outputs: readonly Output[]): boolean {
  return outputs.some(({ path }) => path === '-');
}

/**
 * Writes outputs. Files are written first, before this function returns its promise: all of them or none, each one whole. Then
 * come pipes, which wait for their readers; a signal ends that wait as usual.
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

/** Writes to standard output, as fast as its reader reads, until it closes the pipe. */
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
