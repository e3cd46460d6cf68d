import { decode } from './encoding.js';

/** A part of a file that holds a document, or an object of a List. */
export interface Part {
  /** The whole file. */
  readonly bytes: Buffer;
  /** Where the part is in it. */
  readonly start: number;
  readonly end: number;
  /** How many bytes at its start belong to the list that it is in. */
  readonly mark: number;
  /** How many lines of the file are before it. */
  readonly linesBefore: number;
  /** Its document's number in the file, from 1. */
  readonly document: number;
  /** Whether it is an object of a List in JSON. */
  readonly isJson?: boolean;
}

/** A place in a file at which a document may start. */
export interface Position {
  readonly offset: number;
  /** How many lines of the file are before it. */
  readonly linesBefore: number;
  /** The number of the document in the file, from 1. */
  readonly document: number;
}

/** Where a file starts. */
export const FILE_START: Position = { offset: 0, linesBefore: 0, document: 1 };

/** The text of a part, with spaces in place of its mark; none if it is no text in UTF-8. */
export function textOf({ bytes, start, end, mark }: Part): string | undefined {
  const text = decode(bytes.subarray(start, end));
  return mark === 0 || text === undefined ? text : ' '.repeat(mark) + text.slice(mark);
}

const NEWLINE = 0x0a;

/** How many lines end in a range of bytes. */
export function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE, start); at >= 0 && at < end; at = bytes.indexOf(NEWLINE, at + 1)) {
    lines++;
  }
  return lines;
}
