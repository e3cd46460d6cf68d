import { countLines, FILE_START, type Part, type Position } from './part.js';

const SEPARATOR = Buffer.from('---');
const SEPARATOR_LINE = Buffer.from('\n---');
const [NEWLINE, HASH, PERCENT] = Buffer.from('\n#%');
const SPACES: ReadonlySet<number> = new Set(Buffer.from(' \t\r\n'));

/** Splits YAML as kubectl does, so that an incomplete document does not spoil the next one. */
export function* split(bytes: Buffer, from: Position = FILE_START): Generator<Part> {
  let { offset: start, linesBefore, document } = from;
  while (start < bytes.length) {
    const isSeparated = startsWithSeparator(bytes, start);
    const next = bytes.indexOf(SEPARATOR_LINE, start);
    const end = next < 0 ? bytes.length : next + 1;
    const isEmpty = isBlank(bytes, isSeparated ? start + SEPARATOR.length : start, end);
    if (!isEmpty) {
      yield { bytes, start, end, mark: 0, linesBefore, document };
    }
    // What is before the first separator need not be a document.
    if (isSeparated || !isEmpty) {
      document++;
    }
    linesBefore += countLines(bytes, start, end);
    start = end;
  }
}

function startsWithSeparator(bytes: Buffer, start: number): boolean {
  return SEPARATOR.every((byte, index) => bytes[start + index] === byte);
}

/** Whether a document starts with --- and something else than a comment in the same line. */
export function hasWrongSeparator(text: string): boolean {
  return /^---(?![^\S\n]*(?:#.*)?(?:\n|$))/.test(text);
}

/** Whether all lines of a range are empty, comments or directives. */
function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === HASH || byte === PERCENT) {
      const lineEnd = bytes.indexOf(NEWLINE, at);
      at = lineEnd < 0 ? end : lineEnd;
    } else if (!SPACES.has(byte)) {
      return false;
    }
  }
  return true;
}
