import { countLines, fileStart, type Part, type Position } from './part.js';

const separator = Buffer.from('---');
const separatorLine = Buffer.from('\n---');
const [newline, hash, percent] = Buffer.from('\n#%');
const spaces: ReadonlySet<number> = new Set(Buffer.from(' \t\r\n'));

/** Splits YAML as kubectl does, so that a document that is not complete does not take the next one with it. */
export function* split(bytes: Buffer, from: Position = fileStart): Generator<Part> {
  let { offset: start, linesBefore, document } = from;
  while (start < bytes.length) {
    const isSeparated = startsWithSeparator(bytes, start);
    const next = bytes.indexOf(separatorLine, start);
    const end = next < 0 ? bytes.length : next + 1;
    const mark = isSeparated ? separator.length : 0;
    const isEmpty = saysNothing(bytes, start + mark, end);
    if (!isEmpty) yield { bytes, start, end, mark, linesBefore, document };
    // What is before the first separator may be no document.
    if (isSeparated || !isEmpty) document++;
    linesBefore += countLines(bytes, start, end);
    start = end;
  }
}

function startsWithSeparator(bytes: Buffer, start: number): boolean {
  return separator.every((byte, index) => bytes[start + index] === byte);
}

/** Whether there is more than a comment in the line that separates a document from the one before. */
export function hasWrongSeparator({ bytes, start, mark }: Part, text: string): boolean {
  const rest = /[^\S\n]*(?:#.*)?(?:\n|$)/y;
  rest.lastIndex = mark;
  return startsWithSeparator(bytes, start) && !rest.test(text);
}

/** Whether all lines of a range are empty, comments or directives. */
function saysNothing(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === hash || byte === percent) {
      const lineEnd = bytes.indexOf(newline, at);
      at = lineEnd < 0 ? end : lineEnd;
    } else if (!spaces.has(byte)) return false;
  }
  return true;
}
