import { resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { checkWritable, writeWhole } from '../../files.js';

/** The option that asks for an output, and the file that it goes to; - is standard output. */
export interface Output {
  readonly option: string;
  readonly path: string;
}

/**
 * The outputs that options ask for. Files that cannot be written, two outputs to one place, and an output to what is read, are
 * refused.
 */
export function readOutputs(
  values: Readonly<Record<string, unknown>>,
  options: readonly string[],
  inputs: readonly unknown[] = [],
): readonly Output[] {
  const outputs = options.flatMap((option) => {
    const path = values[option];
    return typeof path === 'string' ? [{ option, path }] : [];
  });
  outputs.forEach(({ option, path }, index) => {
    const before = outputs.slice(0, index).find((other) => isSame(other.path, path));
    if (before) throw new UsageError(`--${option}: got "${path}", as --${before.option} did; write another`);
    if (path === '-') return;
    if (inputs.some((input) => typeof input === 'string' && isSame(input, path))) {
      throw new UsageError(`--${option}: got "${path}", which is read; write another file`);
    }
    checkWritable(`--${option}`, path);
  });
  return outputs;
}

/** Whether two paths name one file. */
function isSame(one: string, other: string): boolean {
  return one === other || (one !== '-' && other !== '-' && resolve(one) === resolve(other));
}

/** Whether standard output is taken, so that nothing else may be on it. */
export function takesStdout(outputs: readonly Output[]): boolean {
  return outputs.some(({ path }) => path === '-');
}

/** Writes an output, a file whole or not at all. */
export function writeOutput({ path }: Output, content: string): void {
  if (path === '-') process.stdout.write(content);
  else writeWhole(path, content);
}
