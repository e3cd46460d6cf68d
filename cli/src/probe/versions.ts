import type { IncomingHttpHeaders } from 'node:http';
import { UsageError } from '../shared/errors.js';
import { Pattern, type Text } from './pattern.js';

/** Where in a response the version of the service is found. */
export type VersionSource =
  | { readonly from: 'header'; readonly name: string }
  | { readonly from: 'json'; readonly pointer: string }
  /** An expression in RE2 syntax; what its first group matches, or all of it. */
  | { readonly from: 'regex'; readonly pattern: string };

/** The version of responses in which none was found. */
export const NO_VERSION = '(none)';

/** The version of responses in which none was found as far as their body was kept. */
export const NO_VERSION_IN_PART = '(none in the part that was kept)';

/** The name under which all further versions are counted when there are too many. */
export const OTHER_VERSIONS = '(others)';

const MAX_VERSIONS = 50;
const MAX_VERSION_LENGTH = 100;

/** The answers of one version. Moments are milliseconds from the start. */
export interface VersionSeen {
  readonly version: string;
  readonly ok: number;
  readonly failed: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

const SOURCE_FORMS = 'write header:NAME, json:POINTER (such as json:/version) or regex:RE';

/** Reads `header:NAME`, `json:POINTER` or `regex:RE`. */
export function parseVersionSource(text: string): VersionSource {
  const colon = text.indexOf(':');
  const from = text.slice(0, colon);
  const value = text.slice(colon + 1);
  if (from === 'header' && /^[\w!#$%&'*+.^`|~-]+$/.test(value)) {
    return { from, name: value.toLowerCase() };
  }
  if (from === 'json' && /^(\/.*)?$/.test(value)) {
    return { from, pointer: value };
  }
  if (from === 'regex' && value !== '') {
    return { from, pattern: value };
  }
  throw new UsageError(`got "${text}"; ${SOURCE_FORMS}`);
}

/** Finds the version of the service in responses. */
export interface VersionFinder {
  /** Whether it is found in the body. */
  readonly readsBody: boolean;
  /** The version that a response names, or one of the names for a missing version. */
  find(headers: IncomingHttpHeaders, body: Text): string;
}

/**
 * Creates the finder for a source.
 * @throws UsageError when the regular expression cannot be used
 */
export function versionFinder(source: VersionSource): VersionFinder {
  const find = finderOf(source);
  const readsBody = source.from !== 'header';
  return {
    readsBody,
    find: (headers, body) =>
      nameOf(find(headers, body)) || (readsBody && !body.whole ? NO_VERSION_IN_PART : NO_VERSION),
  };
}

/** The version in a form that fits a line. It is a copy, because a substring keeps the whole string in memory. */
function nameOf(found = ''): string {
  const name = found.replace(/\p{Cc}/gu, ' ').trim();
  return Buffer.from(name.slice(0, MAX_VERSION_LENGTH)).toString();
}

function finderOf(source: VersionSource): (headers: IncomingHttpHeaders, body: Text) => string | undefined {
  switch (source.from) {
    case 'header':
      return (headers) =>
        Object.hasOwn(headers, source.name) ? headers[source.name]?.toString() : undefined;
    case 'json':
      return (_, body) => (body.whole ? atPointer(body.text, source.pointer) : undefined);
    case 'regex': {
      const pattern = new Pattern(source.pattern);
      return (_, body) => pattern.find(body);
    }
  }
}

/** The scalar at a JSON pointer (RFC 6901). */
function atPointer(body: string, pointer: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'object' ? undefined : String(value);
}

/** Keeps, for every version, how many answers it gave and when the first and the last came. */
export class VersionTracker {
  private readonly seen = new Map<string, { ok: number; failed: number; firstMs: number; lastMs: number }>();

  /** Records an answer and returns the name under which its version is counted. Answers come in the order of time. */
  record(version: string, ok: boolean, atMs: number): string {
    const name = this.seen.has(version) || this.seen.size < MAX_VERSIONS ? version : OTHER_VERSIONS;
    let entry = this.seen.get(name);
    if (!entry) {
      this.seen.set(name, (entry = { ok: 0, failed: 0, firstMs: atMs, lastMs: atMs }));
    }
    entry[ok ? 'ok' : 'failed']++;
    entry.lastMs = atMs;
    return name;
  }

  /** Every version, in the order of its first answer. */
  list(): VersionSeen[] {
    return [...this.seen].map(([version, entry]) => ({ version, ...entry }));
  }
}
