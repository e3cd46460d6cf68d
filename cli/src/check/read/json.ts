import { isFields, text } from './fields.js';
import { countLines, textOf, type Part, type Position } from './part.js';
import { whyTooLarge } from './room.js';

const [QUOTE, BACKSLASH, BRACE, BRACKET] = Buffer.from('"\\{[');
const OPENING: ReadonlySet<number> = new Set(Buffer.from('{['));
const CLOSING: ReadonlySet<number> = new Set(Buffer.from('}]'));
const SPACES: ReadonlySet<number> = new Set(Buffer.from(' \t\r\n'));

/** A JSON document of a file. */
export interface JsonDocument {
  /** The objects of a List, or the document itself. */
  readonly parts: readonly Part[];
  /** Its value, if it has been read already. */
  readonly value?: unknown;
  /** Where the next document may start. */
  readonly next: Position;
}

/**
 * Finds the JSON object that starts at a position of a file; undefined if there is none. A List becomes one part for each of
 * its objects, which are then read one at a time, as it may hold a whole cluster.
 */
export function findJson(bytes: Buffer, from: Position): JsonDocument | undefined {
  let start = from.offset;
  while (SPACES.has(bytes[start])) {
    start++;
  }
  const found = bytes[start] === BRACE ? scan(bytes, start) : undefined;
  if (found === undefined) {
    return undefined;
  }
  const { end, items } = found;
  const { document } = from;
  const linesBefore = from.linesBefore + countLines(bytes, from.offset, start);
  const whole: Part = { bytes, start, end, mark: 0, linesBefore, document };
  const next = {
    offset: end,
    linesBefore: linesBefore + countLines(bytes, start, end),
    document: document + 1,
  };
  if (isList(whole, items)) {
    return { parts: partsOf(whole, items), next };
  }
  if (whyTooLarge(whole) !== undefined) {
    return { parts: [whole], next };
  }
  const value = readJson(textOf(whole));
  return value === undefined ? undefined : { parts: [whole], value, next };
}

/** The value of a JSON text; undefined if it is not JSON. */
export function readJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function partsOf(list: Part, items: readonly Range[]): readonly Part[] {
  let [lines, counted] = [list.linesBefore, list.start];
  return items.map(({ start, end }) => {
    lines += countLines(list.bytes, counted, start);
    counted = start;
    return { ...list, start, end, linesBefore: lines, isJson: true };
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds where an object ends, and the objects in its list `items`. What is wrong in it is left to JSON.parse. */
function scan(
  bytes: Buffer,
  start: number,
): { readonly end: number; readonly items: readonly Range[] } | undefined {
  const items: Range[] = [];
  let depth = 0;
  let name = '';
  let itemStart = 0;
  let isInItems = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      if (depth === 1) {
        name = bytes.toString('latin1', at + 1, end);
      }
      at = end;
    } else if (OPENING.has(byte)) {
      depth++;
      if (depth === 2) {
        isInItems = byte === BRACKET && name === 'items';
      }
      if (depth === 3) {
        itemStart = at;
      }
    } else if (CLOSING.has(byte)) {
      depth--;
      if (depth === 2 && isInItems) {
        items.push({ start: itemStart, end: at + 1 });
      }
      if (depth === 0) {
        return { end: at + 1, items };
      }
    }
  }
  return undefined;
}

function endOfString(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === BACKSLASH) {
      slashes++;
    }
    if (slashes % 2 === 0) {
      return end;
    }
  }
  return bytes.length;
}

/** Whether a document is a List with nothing but these objects. */
function isList({ bytes, start, end }: Part, items: readonly Range[]): boolean {
  if (items.length === 0) {
    return false;
  }
  const isSeparated = items
    .slice(1)
    .every((item, index) => /^\s*,\s*$/.test(bytes.toString('latin1', items[index].end, item.start)));
  if (!isSeparated) {
    return false;
  }
  const head = bytes.toString('utf8', start, items[0].start);
  const list = readJson(`${head}0${bytes.toString('utf8', items[items.length - 1].end, end)}`);
  return isFields(list) && text(list.kind)?.endsWith('List') === true;
}
