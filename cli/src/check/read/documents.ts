import { inBatches } from './batches.js';
import { inUtf8, NOT_TEXT } from './encoding.js';
import { findJson, readJson } from './json.js';
import { lineAt } from './lines.js';
import { FILE_START, textOf, type Part } from './part.js';
import { whyTooLarge } from './room.js';
import { hasWrongSeparator, split } from './split.js';
import { templateAt, TEMPLATED } from './template.js';
import { readYaml, startOf, type YamlValue } from './yaml.js';
import { listParts } from './yaml-list.js';

/** A document of a file, or an object of a List that is read object by object: its value, or why it cannot be read. */
export type Document = {
  readonly part: Part;
  /** Where it starts in the file, or what is wrong in it. */
  readonly line: number;
} & (
  { readonly value: unknown; readonly why?: undefined } | { readonly why: string; readonly value?: undefined }
);

const NOT_SEPARATED = 'kubectl takes nothing but a comment after ---; write it in the next line';

/**
 * Reads the documents of a file one after the other, as kubectl does: JSON as long as there is some, then YAML.
 *
 * @param bytes in UTF-8, or with a byte order mark
 */
export function* readDocuments(bytes: Buffer): Generator<Document> {
  for (const { part, value } of partsIn(inUtf8(bytes))) {
    yield readDocument(part, value);
  }
}

/** The parts of a file, each with its value if that is known already. */
function* partsIn(bytes: Buffer): Generator<{ readonly part: Part; readonly value?: unknown }> {
  let from = FILE_START;
  for (let json = findJson(bytes, from); json !== undefined; json = findJson(bytes, from)) {
    for (const part of json.parts) {
      yield { part, value: json.value };
    }
    from = json.next;
  }
  for (const read of inBatches(split(bytes, from))) {
    const objects = whyTooLarge(read.part) === undefined ? undefined : listParts(read.part);
    yield* objects?.map((part) => ({ part })) ?? [read];
  }
}

function readDocument(part: Part, known: unknown): Document {
  const line = part.linesBefore + 1;
  const tooLarge = whyTooLarge(part);
  if (tooLarge !== undefined) {
    return { part, line, why: tooLarge };
  }
  const text = textOf(part);
  if (text === undefined) {
    return { part, line, why: NOT_TEXT };
  }
  if (hasWrongSeparator(text)) {
    return { part, line, why: NOT_SEPARATED };
  }
  const read = known === undefined ? readPart(part, text) : { value: known };
  if (read.why === undefined) {
    return { part, line: part.linesBefore + lineAt(text, startOf(text)), value: read.value };
  }
  const template = templateAt(read.text, read.offset);
  return {
    part,
    line: part.linesBefore + lineAt(read.text, template ?? read.offset),
    why: template === undefined ? read.why : TEMPLATED,
  };
}

function readPart({ isJson }: Part, text: string): YamlValue {
  const json = isJson ? readJson(text) : undefined;
  return json === undefined ? readYaml(text) : { value: json };
}
