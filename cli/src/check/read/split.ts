/** A part of a file between two lines that start with ---. */
export interface Part {
  readonly text: string;
  /** Its document's number in the file, from 1. */
  readonly document: number;
  /** How many lines of the file are before it. */
  readonly linesBefore: number;
}

/** Splits a file as kubectl does, so that a document that is not complete does not take the next one with it. */
export function split(content: string): readonly Part[] {
  let linesBefore = 0;
  const parts = content.split(/^(?=---(?:\s|$))/m).map((part) => {
    const before = linesBefore;
    linesBefore += part.split('\n').length - 1;
    return { text: part.replace(/^---/, '   '), linesBefore: before };
  });
  const withHead = parts[0].text.split('\n').every(saysNothing) ? parts.slice(1) : parts;
  return withHead.map((part, index) => ({ ...part, document: index + 1 }));
}

/** Whether a line is empty, a comment or a directive. */
export function saysNothing(line: string): boolean {
  return /^\s*(?:[#%].*)?$/.test(line);
}
