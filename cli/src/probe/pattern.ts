import { RE2JS } from 're2js';
import { UsageError } from '../shared/errors.js';

/** The most steps that an expression may compile to, about one for each of its characters: what bounds the time of a match. */
const MAX_STEPS = 250;

/** A text, and whether it is whole or was cut off. */
export interface Text {
  readonly text: string;
  readonly whole: boolean;
}

/** Syntax that RE2 does not have, and what to write instead. */
const SUBSTITUTES: readonly [written: string, instead: string][] = [
  ...['(?=', '(?!', '(?<=', '(?<!'].map((look): [string, string] => [
    look,
    `there is no ${look}...): match what stands there too, and put what you look for into a group, as in "version=(\\S+)"`,
  ]),
  ['[^]', 'there is no [^]: write (?s:.) for any character'],
  ['\\u', 'there is no \\u: write a character by its number as \\x{00e9}'],
  ...['\\k', ...'123456789'].map((group): [string, string] => [
    group.padStart(2, '\\'),
    'there are no backreferences: write what the group matches again',
  ]),
];

/**
 * A regular expression in the syntax of RE2, which is Go's too: however it is written, a match takes time in proportion to
 * the length of the text.
 */
export class Pattern {
  private readonly expression: RE2JS;

  /** @throws UsageError when the expression is not valid, or too long */
  constructor(source: string) {
    // Programs that are not type-checked pass a RegExp.
    if (typeof source !== 'string') {
      throw new UsageError(`got ${String(source)}; write the expression as a string`);
    }
    this.expression = compile(source);
    const steps = this.expression.programSize();
    if (steps > MAX_STEPS) {
      throw new UsageError(
        `got "${source}"; it would take too long to match: write an expression of at most ${MAX_STEPS} steps, not ${steps}`,
      );
    }
  }

  /** Whether it matches a part of the text, see {@link find}. */
  matches(text: Text): boolean {
    return text.whole ? this.expression.test(text.text) : this.find(text) !== undefined;
  }

  /**
   * The first match: what its first group matched, or all of it. In a text that was cut off a match that reaches the end
   * does not count, because it depends on what comes next.
   */
  find({ text, whole }: Text): string | undefined {
    // Finding out that there is no match is much faster than locating one.
    if (!this.expression.test(text)) {
      return undefined;
    }
    const match = this.expression.exec(text) as RegExpExecArray | null;
    if (!match || (!whole && match.index + match[0].length === text.length)) {
      return undefined;
    }
    return match[1] ?? match[0];
  }
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const instead = SUBSTITUTES.find(([written]) => source.includes(written))?.[1];
    const reason = instead ?? (error as Error).message;
    throw new UsageError(`got "${source}"; write a regular expression in RE2 syntax (${reason})`);
  }
}
