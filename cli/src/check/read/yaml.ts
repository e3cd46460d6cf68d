import { deserialize, serialize } from 'node:v8';
import {
  constructFromEvents,
  EVENT_ID,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type Event,
  type Schema,
} from 'js-yaml';
import { isFields } from './fields.js';
import { kubectlSchema, REFUSALS, valueOf } from './schema.js';

/** Why a text cannot be read, and at which offset. */
export interface Unreadable {
  /** The text, perhaps with more spaces in some lines. */
  readonly text: string;
  readonly why: string;
  readonly offset: number;
}

/** The value of a YAML document, or why it cannot be read. */
export type YamlValue = { readonly value: unknown; readonly why?: undefined } | Unreadable;

/** The parser events of a YAML text. */
export interface YamlEvents {
  /** The text in which their offsets are: the document, perhaps with more spaces in some lines. */
  readonly text: string;
  readonly events: Event[];
  readonly why?: undefined;
}

/** The deepest nesting that is read. */
export const MAX_DEPTH = 100;
export const TOO_DEEP = `this is nested more than ${MAX_DEPTH} deep`;

/** What ends a line in YAML 1.1, as kubectl reads it, but not in YAML 1.2, as the parser does. */
const OTHER_LINE_END = /[\u{85}\u{2028}\u{2029}]/u;
/** In quotes: what kubectl reads as a space, or without the spaces beside it. */
const OTHER_IN_QUOTES = /\u{85}|[ \t\r\n][\u{2028}\u{2029}]|[\u{2028}\u{2029}][ \t\r\n]/u;
const QUOTED: ReadonlySet<number> = new Set([SCALAR_STYLE.SINGLE_QUOTED, SCALAR_STYLE.DOUBLE_QUOTED]);
const HAS_OTHER_LINE_END =
  'kubectl takes a character here for the end of the line; write it as \\N, \\L or \\P in quotes';

const MAX_MOVED_LINES = 200;
const MAX_MOVED_CHARACTERS = 16 * 1024 * 1024;
const MAX_FIELDS = 1_000_000;
const SECOND_DOCUMENT = 'a second document starts here; write --- before it';
const ENDLESS_ALIASES = 'the aliases of this document repeat too much, or without end';

/**
 * Reads a text that holds one YAML document. The value of an empty one is null.
 *
 * @param schema how values are read; by default as kubectl reads them
 */
export function readYaml(text: string, schema = kubectlSchemaFor(text)): YamlValue {
  const read = yamlEvents(text);
  return read.why === undefined ? valueIn(read, schema) : read;
}

/**
 * Reads a text with a known number of YAML documents, each after ---. Reading them at once takes less time and memory than one
 * by one.
 *
 * @returns their values, in as little memory as possible; undefined if they have to be read one by one, because of an error in
 * one of them or aliases
 */
export function readTogether(text: string, count: number): readonly unknown[] | undefined {
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    if (
      text.includes('<<') ||
      OTHER_LINE_END.test(text) ||
      events.some(({ type }) => type === EVENT_ID.ALIAS)
    ) {
      return undefined;
    }
    const documents = constructFromEvents(events, { source: text, schema: WITHOUT_MERGES });
    return documents.length === count ? compact(documents) : undefined;
  } catch (error) {
    if (error instanceof YAMLException) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Copies a value into as little memory as possible: a substring keeps its whole text, and a list has spare capacity. Equal
 * short texts, which are frequent in small objects, become one.
 */
function compact<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The same for a large value. Its texts may all differ, and a table of them would take as much memory again. */
function compactLarge<T>(value: T): T {
  return deserialize(serialize(value)) as T;
}

/**
 * Parses a YAML document.
 *
 * YAML requires lines within brackets and quotes to be indented more than their field. kubectl does not, and many files are not
 * written like that, so such a line is moved to the right, as long as that helps.
 */
export function yamlEvents(text: string): YamlEvents | Unreadable {
  let moved = text;
  let first: Unreadable | undefined;
  for (let lines = 0, read = 0; ; lines++, read += text.length) {
    try {
      return { text: moved, events: parseEvents(moved, { maxDepth: MAX_DEPTH }) };
    } catch (error) {
      if (!(error instanceof YAMLException)) {
        throw error;
      }
      const unreadable = whyUnreadable(error, moved);
      first ??= unreadable;
      const isTooFarLeft = error.reason === 'deficient indentation';
      if (!isTooFarLeft || lines >= MAX_MOVED_LINES || read > MAX_MOVED_CHARACTERS) {
        return first;
      }
      const line = moved.lastIndexOf('\n', unreadable.offset - 1) + 1;
      moved = moved.slice(0, line) + ' '.repeat(2 * MAX_DEPTH) + moved.slice(line);
    }
  }
}

const WITHOUT_MERGES = kubectlSchema();

function kubectlSchemaFor(text: string): Schema {
  return text.includes('<<') ? kubectlSchema() : WITHOUT_MERGES;
}

function valueIn({ text, events }: YamlEvents, schema: Schema): YamlValue {
  const second = startOfSecondDocument(events);
  if (second !== undefined) {
    return { text, why: SECOND_DOCUMENT, offset: second };
  }
  const lineEnd = otherLineEndIn(text, events);
  if (lineEnd !== undefined) {
    return { text, why: HAS_OTHER_LINE_END, offset: lineEnd };
  }
  try {
    const [read = null] = constructFromEvents(events, { source: text, schema });
    const value = valueOf(read);
    const hasAliases = events.some(({ type }) => type === EVENT_ID.ALIAS);
    if (!hasAliases || isBounded(value)) {
      return { value: compactLarge(value) };
    }
    return { text, why: ENDLESS_ALIASES, offset: startOf(text) };
  } catch (error) {
    if (error instanceof YAMLException) {
      return whyUnreadable(error, text);
    }
    throw error;
  }
}

/** Where kubectl takes a character for the end of a line, so that it reads another value than the parser here. */
function otherLineEndIn(text: string, events: readonly Event[]): number | undefined {
  if (!OTHER_LINE_END.test(text)) {
    return undefined;
  }
  const find = (pattern: RegExp, start: number, end?: number) => {
    const found = text.slice(start, end).search(pattern);
    return found < 0 ? undefined : start + found;
  };
  let from = 0;
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR || !QUOTED.has(event.style)) {
      continue;
    }
    const { valueStart, valueEnd } = event;
    const found = find(OTHER_LINE_END, from, valueStart) ?? find(OTHER_IN_QUOTES, valueStart, valueEnd);
    if (found !== undefined) {
      return found;
    }
    from = valueEnd;
  }
  return find(OTHER_LINE_END, from);
}

function whyUnreadable({ reason, mark }: YAMLException, text: string): Unreadable {
  // An error that is found only at the end has no position, or 0.
  const offset = mark?.position || startOf(text);
  const why = REASONS.find(([pattern]) => pattern.test(reason))?.[1] ?? 'this is no YAML';
  const isSecond = /^end of the stream/.test(reason) && /^[{[]/.test(text.slice(offset, offset + 1));
  return { text, why: isSecond ? SECOND_DOCUMENT : why, offset };
}

/** The offset of what follows spaces, comments, directives and ---. */
export function startOf(text: string): number {
  for (let start = 0; ;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    if (end < 0 || !/^(?:---)?\s*(?:[#%].*)?$/.test(line)) {
      return start + Math.max(0, line.search(/\S/));
    }
    start = end + 1;
  }
}

function startOfSecondDocument(events: readonly Event[]): number | undefined {
  const second = events.findIndex(({ type }, index) => type === EVENT_ID.DOCUMENT && index > 0);
  if (second < 0) {
    return undefined;
  }
  const next = events[second + 1];
  return 'valueStart' in next ? next.valueStart : 'start' in next ? next.start : 0;
}

/** The messages for the parser's reasons. Its own may repeat the content of a Secret. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^nesting exceeded/, TOO_DEEP],
  [/^duplicated mapping key/, 'a key is written twice in one object'],
  [/^recursive alias|^merge keys exceeded|^abnormal merge/, ENDLESS_ALIASES],
  [/^unidentified alias/, 'an alias names an anchor that does not exist'],
  [/^cannot resolve a node/, 'a value is not what its tag says'],
  ...Object.values(REFUSALS).map((refusal) => [new RegExp(`^${refusal}`), refusal] as const),
  [/^deficient indentation/, 'the indentation is wrong, or a bracket or quote is missing'],
  [/^tab characters/, 'a tab indents this line; write spaces'],
  [/within a flow collection|comma between flow/, 'a bracket or comma is missing; is the file complete?'],
  [/within a (?:single|double) quoted/, 'a quote is missing; is the file complete?'],
  [/^null byte|non-printable|JSON character/, 'this is no text'],
  [/multiline key|expected ':'/, 'a colon is missing; is the file complete?'],
  [/indentation|^end of the stream/, 'the indentation is wrong, or a value with a colon has no quotes'],
];

/** Whether a value, with everything that aliases repeat in it, does not contain itself and is neither too large nor too deep. */
function isBounded(value: unknown): boolean {
  const endless: Size = { fields: Infinity, depth: Infinity };
  const known = new Map<object, Size>();
  const measure = (inner: unknown, depth: number): Size => {
    if (!isFields(inner) && !Array.isArray(inner)) {
      return { fields: 1, depth: 0 };
    }
    if (depth > MAX_DEPTH) {
      return endless;
    }
    const before = known.get(inner);
    if (before !== undefined) {
      return before;
    }
    known.set(inner, endless);
    const size = { fields: 1, depth: 1 };
    for (const part of Object.values(inner) as unknown[]) {
      const { fields, depth: below } = measure(part, depth + 1);
      size.fields += fields;
      size.depth = Math.max(size.depth, below + 1);
    }
    known.set(inner, size);
    return size;
  };
  const { fields, depth } = measure(value, 0);
  return fields <= MAX_FIELDS && depth <= MAX_DEPTH;
}

interface Size {
  readonly fields: number;
  readonly depth: number;
}
