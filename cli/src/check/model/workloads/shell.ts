/** The commands of a shell script in their order. */
export interface Script {
  readonly commands: readonly Command[];
  /** Whether that is all; commands of loops, conditions and functions, and after them, may run several times or never. */
  readonly isAll: boolean;
}

/** A command of a script. */
export interface Command {
  readonly words: readonly string[];
  /** Whether the shell starts it and goes on at once. */
  readonly isInBackground: boolean;
}

/** What begins a command that may run several times, or never. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...['if', 'for', 'while', 'until', 'case', 'function', 'select'],
  ...['{', '!', '[['],
]);

/** A comment or a redirection; a word, in quotes or not; what separates two commands; anything else. */
const TOKEN =
  /(?:#[^\n]*|\d*[<>]+&?[ \t]*[^\s;&|()<>]*)|((?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^\s;&|()<>'"\\])+)|(&&|\|\||[;&|\n()])|[ \t\r]+|[^]/gy;

/** Reads a script of a shell. */
export function readScript(script: string): Script {
  const commands: Command[] = [];
  let words: string[] = [];
  for (const [, word, separator] of [...script.matchAll(TOKEN), ['', undefined, ';']]) {
    if (separator === '(' || separator === ')' || (words.length === 0 && KEYWORDS.has(word ?? ''))) {
      return { commands, isAll: false };
    }
    if (word !== undefined) {
      words.push(unquoted(word));
    }
    if (separator !== undefined && words.length > 0) {
      commands.push({ words, isInBackground: separator === '&' });
      words = [];
    }
  }
  return { commands, isAll: true };
}

function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:\\[^]|[^"\\])*)"|\\([^])/g,
    (_, ...inner: readonly (string | undefined)[]) =>
      inner.slice(0, 3).find((one) => one !== undefined) ?? '',
  );
}
