import { UsageError } from '../../errors.js';
import { checkWritable, writeWhole } from '../../files.js';

/** The option that asks for an output, and the file that it goes to; - is standard output. */
export interface Output {
  readonly option: string;
  readonly path: string;
}

/** The outputs that options ask for. Files that cannot be written, and two outputs to one place, are refused. */
export function readOutputs(
  values: Readonly<Record<string, unknown>>,
  options: readonly string[],
): readonly Output[] {
  const outputs = options.flatMap((option) => {
    const path = values[option];
    return typeof path === 'string' ? [{ option, path }] : [];
  });
  outputs.forEach(({ option, path }, index) => {
    const before = outputs.slice(0, index).find((other) => other.path === path);
    if (before) throw new UsageError(`--${option}: got "${path}", as --${before.option} did; write another`);
    if (path !== '-') checkWritable(`--${option}`, path);
  });
  return outputs;
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
