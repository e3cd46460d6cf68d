import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ErrorCode,
} from 'yaml';
import { at, fields, isFields, text, type Fields, type Path } from './fields.js';
import { unknownKind } from './kinds.js';
import type { ManifestObject, Problem } from './object.js';
import { withoutValues } from './secrets.js';

/** What was found in a file. */
export interface Parsed {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly Problem[];
}

const maxAliases = 100;
const maxDepth = 100;
const tooDeep = `this is nested more than ${maxDepth} deep`;
const templated = 'this is a template; render it first, for instance with helm template';

/** Reads the objects of a file. A document that cannot be read is a problem, and the others are read all the same. */
export function parse(file: string, content: string): Parsed {
  const parsed = split(content).map((part) => parseDocumentOf(file, part));
  return {
    objects: parsed.flatMap(({ objects }) => objects),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

/** A part of a file between two lines that start with ---. */
interface Part {
  readonly content: string;
  /** Its document's number in the file, from 1. */
  readonly document: number;
  /** How many lines of the file are before it. */
  readonly linesBefore: number;
}

/** Splits a file as kubectl does, so that a document that is not complete does not take the next one with it. */
function split(content: string): readonly Part[] {
  let linesBefore = 0;
  const parts = content.split(/^(?=---(?:\s|$))/m).map((part) => {
    const before = linesBefore;
    linesBefore += part.split('\n').length - 1;
    return { content: part.replace(/^---/, '   '), linesBefore: before };
  });
  const isEmpty = /^(?:\s*(?:[#%].*)?\n)*\s*(?:[#%].*)?$/;
  const withHead = isEmpty.test(parts[0].content) ? parts.slice(1) : parts;
  return withHead.map((part, index) => ({ ...part, document: index + 1 }));
}

function parseDocumentOf(file: string, { content, document: number, linesBefore }: Part): Parsed {
  const lines = new LineCounter();
  const lineAt = (offset: number) => linesBefore + lines.linePos(offset).line;
  const failed = (offset: number, message: string): Parsed => ({
    objects: [],
    problems: [{ file, line: lineAt(offset), message }],
  });

  const document = toDocument(content, lines);
  if (document === undefined) {
    const line = linesBefore + content.slice(0, content.search(/\S/)).split('\n').length;
    return { objects: [], problems: [{ file, line, message: tooDeep }] };
  }
  const isTemplate = content.includes('{{');
  if (document.errors.length > 0) {
    const [{ code, pos }] = document.errors;
    return failed(pos[0], isTemplate ? templated : (reasons[code] ?? 'this is no YAML'));
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return { objects: [], problems: [] };
  }
  const odd = keyThatIsNoText(document);
  if (odd !== undefined) return failed(odd, isTemplate ? templated : 'a key is no text');
  const body = toBody(document);
  if (typeof body === 'string') return failed(document.contents.range[0], body);

  const objects: ManifestObject[] = [];
  const problems: Problem[] = [];
  for (const { item, path } of expand(body)) {
    const line = lineAt(offsetOf(document, path));
    const message = whyNoObject(item);
    if (message !== undefined) problems.push({ file, line, message });
    else {
      objects.push({
        ...headOf(item as Fields),
        file,
        document: number,
        line,
        lineOf: (inner) => lineAt(offsetOf(document, [...path, ...inner])),
      });
    }
  }
  return { objects, problems };
}

/** The document in a part of a file; none if the parser would not come to an end of it. */
function toDocument(content: string, lineCounter: LineCounter): Document.Parsed | undefined {
  if (nestedTooDeep(content)) return undefined;
  try {
    return parseDocument(content, { lineCounter, merge: true, prettyErrors: false, logLevel: 'silent' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The parser's own messages repeat what is written, which may be a Secret's. */
const reasons: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'a key is written twice in one object',
  BAD_INDENT: 'the indentation is wrong, or a bracket is missing',
  RESOURCE_EXHAUSTION: tooDeep,
  MULTIPLE_DOCS: 'a second document starts here; write --- before it',
  MISSING_CHAR: 'a bracket, quote or colon is missing; is the file complete?',
  TAB_AS_INDENT: 'a tab indents this line; write spaces',
  BLOCK_AS_IMPLICIT_KEY: 'the indentation is wrong, or a value with a colon has no quotes',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing; is the file complete?',
};

/** Brackets that open one after the other, which the parser takes very long to read. */
function nestedTooDeep(content: string): boolean {
  return /(?:[[{][\s"',:\w-]{0,20}){101}/.test(content);
}

/** An unquoted template is a map whose key is a map. */
function keyThatIsNoText(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key)) return undefined;
      found = (key as { range?: [number, number, number] | null } | null)?.range?.[0] ?? document.range[0];
      return visit.BREAK;
    },
  });
  return found;
}

function toBody(document: Document.Parsed): unknown {
  let body: unknown;
  try {
    body = document.toJS({ maxAliasCount: maxAliases });
  } catch {
    return `the aliases of this document do not end, or are more than ${maxAliases}`;
  }
  if (!isFields(body)) return 'this is no Kubernetes object; write one with apiVersion, kind and metadata';
  if (isTooDeep(body)) return `this is nested more than ${maxDepth} deep, or in itself`;
  return body;
}

/** Looks at what an alias repeats only once for each depth. */
function isTooDeep(body: Fields): boolean {
  let level = new Set<object>([body]);
  for (let depth = 0; level.size > 0; depth++) {
    if (depth > maxDepth) return true;
    const next = new Set<object>();
    for (const value of level) {
      for (const inner of Object.values(value) as unknown[]) {
        if (typeof inner === 'object' && inner !== null) next.add(inner);
      }
    }
    level = next;
  }
  return false;
}

/** The objects of a List, of Lists in it too, and of everything else itself. */
function expand(body: unknown, path: Path = []): readonly { readonly item: unknown; readonly path: Path }[] {
  const list = at(body, 'items');
  if (!text(at(body, 'kind'))?.endsWith('List') || !Array.isArray(list)) return [{ item: body, path }];
  return list.flatMap((item: unknown, index) => expand(item, [...path, 'items', index]));
}

function whyNoObject(item: unknown): string | undefined {
  const apiVersion = text(at(item, 'apiVersion'));
  const kind = text(at(item, 'kind'));
  if (!apiVersion || !kind) return 'this is no Kubernetes object; apiVersion or kind is missing';
  if (kind === 'Kustomization' || kind === 'Component') {
    return `a ${kind} has to be built first, for instance with kubectl kustomize`;
  }
  if (!text(at(item, 'metadata', 'name'))) return `this ${kind} has no metadata.name`;
  if (text(at(item, 'metadata', 'name'))?.includes('{{')) return templated;
  return unknownKind(apiVersion, kind);
}

function headOf(item: Fields) {
  const apiVersion = item.apiVersion as string;
  const kind = item.kind as string;
  const metadata = fields(item.metadata);
  return {
    apiVersion,
    group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '',
    kind,
    namespace: text(metadata.namespace) ?? '',
    name: metadata.name as string,
    body: kind === 'Secret' ? withoutValues(item) : item,
  };
}

/** Where the field at the end of a path is written, or the nearest one around it that is. */
export function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? document.range[0];
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (!pair) break;
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as { range?: [number, number, number] | null } | undefined;
      if (!item) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}
