import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readDocuments } from '../../src/check/read/documents.js';

/** A text, and what kubectl reads in it. */
export interface KubectlRead {
  readonly text: string;
  readonly documents: readonly unknown[];
  /** Why it reads no further. */
  readonly error?: string;
}

/** Where what kubectl reads in some texts is kept; `npm run test:kubectl` compares it with kubectl's own decoder. */
export const kubectlReadsFile = fileURLToPath(new URL('kubectl-reads.json', import.meta.url));

/** Texts, each with what kubectl reads in it. */
export const kubectlReads = JSON.parse(readFileSync(kubectlReadsFile, 'utf8')) as readonly KubectlRead[];

/** What check reads in a text: the documents, and where something is that it cannot read. */
export function readByCheck(text: string) {
  const read = [...readDocuments(Buffer.from(text))];
  return {
    documents: read.filter(({ why, value }) => why === undefined && value !== null).map(({ value }) => value),
    problems: read.flatMap(({ why }) => why ?? []),
  };
}

/**
 * How check reads a text otherwise than kubectl; none if it does not. What kubectl refuses may be read, and what it reads may be
 * refused, which is said, but what both read is the same.
 */
export function difference({ text, documents, error }: KubectlRead): unknown {
  const own = readByCheck(text);
  // JSON that is no object is nobody's manifest.
  const isRefused = error !== undefined && documents.some((document) => typeof document !== 'object');
  if (own.problems.length > 0 || isRefused) {
    return undefined;
  }
  const common = error === undefined ? own.documents : own.documents.slice(0, documents.length);
  return canonical(common) === canonical(documents)
    ? undefined
    : { kubectl: documents, check: own.documents };
}

/** The same text for the same value, in whatever order its keys are. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
