import {
  constructFromEvents,
  CORE_SCHEMA,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  EVENT_ID,
  mapTag,
  mergeTag,
  parseEvents,
  YAMLException,
  type Event,
} from 'js-yaml';
import { isFields } from './fields.js';
import { saysNothing } from './split.js';

/** The value of a YAML document, or why it cannot be read and at which offset. */
export type YamlValue = {
  /** What was read: the document, perhaps with more spaces in some lines. */
  readonly text: string;
} & (
  { readonly value: unknown; readonly why?: undefined } | { readonly why: string; readonly offset: number }
);

const maxCharacters = 16 * 1024 * 1024;
const maxDepth = 100;
const maxMovedLines = 200;
const maxFields = 1_000_000;
/** Most of what reading needs is for a document, about 60 times its size. */
const tooLarge = `this document is larger than ${maxCharacters / 1024 / 1024} MB; write --- between objects`;
const tooDeep = `this is nested more than ${maxDepth} deep`;
const endlessAliases = 'what the aliases of this document repeat does not end, or is too much';

/** As in kubectl, a tag that nobody knows changes nothing. */
const schema = CORE_SCHEMA.withTags(
  mergeTag,
  defineScalarTag('', { matchByTagPrefix: true, resolve: (source) => source, identify: () => false }),
  defineSequenceTag<unknown[]>('', {
    matchByTagPrefix: true,
    create: () => [],
    addItem: (list, item) => void list.push(item),
    identify: () => false,
  }),
  defineMappingTag('', { ...mapTag, matchByTagPrefix: true, identify: () => false }),
);

/**
 * Reads a text that holds one YAML document. The value of an empty one is null.
 *
 * YAML asks of lines in brackets and quotes to stand right of their field; kubectl does not, and many files neither. So
 * such a line is moved to the right, as long as that helps.
 */
export function readYaml(text: string): YamlValue {
  if (text.length > maxCharacters) return { text, why: tooLarge, offset: 0 };
  let moved = text;
  let first: YamlValue | undefined;
  for (let lines = 0, read = 0; ; lines++, read += text.length) {
    try {
      return { text: moved, ...valueOf(moved) };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      // What is found when all is read has no place, or 0.
      const offset = error.mark?.position || startOf(moved);
      first ??= { text, why: reasonOf(error), offset };
      const isTooFarLeft = error.reason === 'deficient indentation';
      if (!isTooFarLeft || lines >= maxMovedLines || read > maxCharacters) return first;
      const line = moved.lastIndexOf('\n', offset - 1) + 1;
      moved = moved.slice(0, line) + ' '.repeat(2 * maxDepth) + moved.slice(line);
    }
  }
}

function valueOf(text: string) {
  const events = yamlEvents(text);
  const second = startOfSecondDocument(events);
  if (second !== undefined) {
    return { why: 'a second document starts here; write --- before it', offset: second };
  }
  const [value = null] = constructFromEvents(events, { source: text, schema });
  const hasAliases = events.some(({ type }) => type === EVENT_ID.ALIAS);
  return hasAliases && !comesToAnEnd(value) ? { why: endlessAliases, offset: startOf(text) } : { value };
}

/** What a YAML text consists of, one after the other, each with its offset. Throws a YAMLException. */
export function yamlEvents(text: string): Event[] {
  return parseEvents(text, { maxDepth });
}

/** The offset of what follows spaces, comments and directives. */
export function startOf(text: string): number {
  for (let start = 0; ;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    if (end < 0 || !saysNothing(line)) return start + Math.max(0, line.search(/\S/));
    start = end + 1;
  }
}

function startOfSecondDocument(events: readonly Event[]): number | undefined {
  const second = events.findIndex(({ type }, index) => type === EVENT_ID.DOCUMENT && index > 0);
  if (second < 0) return undefined;
  const next = events[second + 1];
  return 'valueStart' in next ? next.valueStart : 'start' in next ? next.start : 0;
}

/** The parser's own messages may repeat what is written, which may be a Secret's. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^duplicated mapping key/, 'a key is written twice in one object'],
  [/^nesting exceeded/, tooDeep],
  [/^merge keys exceeded|^abnormal merge/, endlessAliases],
  [/^unidentified alias/, 'an alias repeats what is not there'],
  [/complex keys/, 'a key is no text'],
  [/^deficient indentation/, 'the indentation is wrong, or a bracket or quote is missing'],
  [/^tab characters/, 'a tab indents this line; write spaces'],
  [/within a flow collection|comma between flow/, 'a bracket or comma is missing; is the file complete?'],
  [/within a (?:single|double) quoted/, 'a quote is missing; is the file complete?'],
  [/^null byte|non-printable|JSON character/, 'this is no text'],
  [/multiline key|expected ':'/, 'a colon is missing; is the file complete?'],
  [/indentation|^end of the stream/, 'the indentation is wrong, or a value with a colon has no quotes'],
];

function reasonOf({ reason }: YAMLException): string {
  return reasons.find(([pattern]) => pattern.test(reason))?.[1] ?? 'this is no YAML';
}

/** Whether a value, with everything that aliases repeat in it, is neither in itself nor too much nor too deep. */
function comesToAnEnd(value: unknown): boolean {
  const endless: Size = { fields: Infinity, depth: Infinity };
  const known = new Map<object, Size>();
  const measure = (inner: unknown, depth: number): Size => {
    if (!isFields(inner) && !Array.isArray(inner)) return { fields: 1, depth: 0 };
    if (depth > maxDepth) return endless;
    const before = known.get(inner);
    if (before !== undefined) return before;
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
  return fields <= maxFields && depth <= maxDepth;
}

interface Size {
  readonly fields: number;
  readonly depth: number;
}
