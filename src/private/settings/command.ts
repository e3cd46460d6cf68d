import { Refusal } from '../refusals/refusal';

/** Characters that only a shell interprets. */
const SHELL = /["'`$&|;<>*?(){}\\]/;

/**
 * Refuses a whole command line as the name of the program: no file has this name.
 */
export function checkCommand(path: string, command: readonly string[] = []): void {
  const [program] = command;
  if (program === undefined) {
    return;
  }
  if (program.trim() === '') {
    throw new Refusal(
      `${path}[0]`,
      JSON.stringify(program),
      'it is the name of no program, so the container does not start',
      "Write the program first, for example ['node', 'server.js']",
    );
  }
  if (/\s/.test(program)) {
    throw new Refusal(
      `${path}[0]`,
      JSON.stringify(program),
      'the whole text is taken for the name of the program, and without a shell nothing splits it into words',
      `Write ${inWords(program.trim(), command.slice(1))}`,
    );
  }
}

/**
 * The list that was most likely meant by a command line, as code. A line that needs a shell is given to one.
 */
export function inWords(line: string, rest: readonly string[] = []): string {
  const [, shell, script] =
    /^(\S*sh) -c (?:"(.*)"|'(.*)'|(.*))$/.exec(line)?.filter((each) => each !== undefined) ?? [];
  const words =
    shell !== undefined
      ? [shell, '-c', script, ...rest]
      : SHELL.test(line)
        ? ['sh', '-c', [line, ...rest].join(' ')]
        : [...line.split(/\s+/), ...rest];
  return `[${words.map((word) => `'${word.replace(/['\\]/g, '\\$&')}'`).join(', ')}]`;
}
