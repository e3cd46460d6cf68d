import type { IncomingHttpHeaders } from 'node:http';
import { UsageError } from '../errors.js';

/** Where in a response the version of the service is found. */
export type VersionSource =
  | { readonly from: 'header'; readonly name: string }
  | { readonly from: 'json'; readonly pointer: string }
  | { readonly from: 'regex'; readonly pattern: RegExp };

/** The version of responses in which none was found. */
export const noVersion = '(none)';

/** The name under which versions are counted together when there are more than can be told apart. */
export const otherVersions = '(others)';

const mostVersions = 50;
const longestVersion = 100;

/** The answers of one version. Moments are milliseconds from the start. */
export interface VersionSeen {
  readonly version: string;
  readonly ok: number;
  readonly failed: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

const sourceForms = 'write header:NAME, json:POINTER (such as json:/version) or regex:RE';

/** Reads `header:NAME`, `json:POINTER` or `regex:RE`. */
export function parseVersionSource(text: string): VersionSource {
  const colon = text.indexOf(':');
  const from = text.slice(0, colon);
  const value = text.slice(colon + 1);
  if (from === 'header' && /^[\w!#$%&'*+.^`|~-]+$/.test(value)) return { from, name: value.toLowerCase() };
  if (from === 'json' && /^(\/.*)?$/.test(value)) return { from, pointer: value };
  if (from === 'regex' && value !== '') return { from, pattern: parsePattern(value) };
  throw new UsageError(`got "${text}"; ${sourceForms}`);
}

/** Reads a regular expression. */
export function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new UsageError(`got "${text}"; write a regular expression (${(error as Error).message})`);
  }
}

/** The version that a response names, or {@link noVersion}. A regular expression's first group wins over its match. */
export function findVersion(source: VersionSource, headers: IncomingHttpHeaders, body: string): string {
  const found = find(source, headers, body)
    ?.replace(/\p{Cc}/gu, ' ')
    .trim();
  return found?.slice(0, longestVersion) || noVersion;
}

function find(source: VersionSource, headers: IncomingHttpHeaders, body: string): string | undefined {
  switch (source.from) {
    case 'header':
      return headers[source.name]?.toString();
    case 'json':
      return atPointer(body, source.pointer);
    case 'regex': {
      const match = source.pattern.exec(body);
      return match?.[1] ?? match?.[0];
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
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'object' ? undefined : String(value);
}

/** Keeps, for every version, how many answers it gave and when the first and the last came. */
export class VersionTracker {
  private readonly seen = new Map<string, { ok: number; failed: number; firstMs: number; lastMs: number }>();

  /** Records an answer. Answers come in the order of time. */
  record(version: string, ok: boolean, atMs: number): void {
    const name = this.seen.has(version) || this.seen.size < mostVersions ? version : otherVersions;
    let entry = this.seen.get(name);
    if (!entry) this.seen.set(name, (entry = { ok: 0, failed: 0, firstMs: atMs, lastMs: atMs }));
    entry[ok ? 'ok' : 'failed']++;
    entry.lastMs = atMs;
  }

  /** Every version, in the order of its first answer. */
  list(): VersionSeen[] {
    return [...this.seen].map(([version, entry]) => ({ version, ...entry }));
  }
}
