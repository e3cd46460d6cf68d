import { renameSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Writes a file at once or not at all, formatted as the repository's other files where Prettier knows it. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const known = /\.(md|json)$/.test(path);
  const text = known ? await format(content, { ...(await resolveConfig(path)), filepath: path }) : content;
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}

/**
 * The document with the lines between its two markers replaced.
 *
 * @throws if the document lacks a marker
 */
export function replaceBetween(document: string, begin: string, end: string, lines: string): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`The page has no lines '${begin}' and '${end}' to write between.`);
  }
  return `${document.slice(0, from + begin.length)}\n\n${lines}\n\n${document.slice(to)}`;
}
