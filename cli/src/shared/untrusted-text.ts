/**
 * Text from outside, made safe for each kind of output: names from manifests, answers of servers, file names, arguments.
 * Whoever writes them must not control the terminal, the log or the page in which they are read.
 */

/**
 * Characters that cannot be seen but change what is shown: control characters, those that turn the direction of text or take no
 * room, line separators, and code points that are no characters. Those that make an emoji colourful stay.
 */
const UNSEEN =
  '(?![\\uFE0E\\uFE0F])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}\\p{Default_Ignorable_Code_Point}]';
const UNSEEN_IN_TEXT = new RegExp(UNSEEN, 'gu');
/** JSON has line feeds between its values; within them they are escaped already. */
const UNSEEN_IN_JSON = new RegExp(`(?!\\n)${UNSEEN}`, 'gu');

/** The most characters of a text that are shown. The longest name in Kubernetes has 253. */
const MAX_LENGTH = 1000;

/** A text, shortened to a number of characters. */
export function shorten(text: string, most: number): string {
  // Half of a surrogate pair is not a character.
  return text.length > most ? `${text.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…` : text;
}

/** A text as one line, with a space for each character that cannot be seen. */
export function visible(text: string): string {
  return shorten(text, MAX_LENGTH).replace(UNSEEN_IN_TEXT, ' ');
}

/**
 * A text as one line for a terminal or a log. A backslash breaks what build servers would take for commands: ::add-mask:: at
 * the start of a line (GitHub), and ##vso[...], ##[...] and ##teamcity[...] anywhere.
 */
export function printable(text: string): string {
  return visible(text)
    .replace(/^\s*:(?=:)/, '$&\\')
    .replace(/#(?=#\w*\[)/g, '$&\\');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or an attribute of XML 1.0. */
export function toXmlText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * Text for a message of SARIF 2.1.0, in which nothing is a link or a placeholder (sections 3.11.5 and 3.11.6). Some viewers
 * read it as Markdown, and some ignore backslashes, so the brackets of links are separated and addresses are broken up as well.
 */
export function toSarifText(text: string): string {
  return visible(text)
    .replace(/[\\[\]<]|(?<=\])\(|:(?=\/\/)|(?<=\bwww)\.|@(?=[\w-]+\.)/gi, '\\$&')
    .replace(/\{(\d+)\}/g, '{{$1}}');
}

/** Text for a cell of a table in Markdown, in which nothing is markup, a mention or a link. */
export function toMarkdownText(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#|~!]/g, '\\$&')
    .replace(/[&<>]/g, (character) => ENTITIES[character])
    .replace(/:(?=\/\/)|(?<=\bwww)\.|@(?=\w)/gi, '$&\u2060');
}

/** A value as JSON. Characters that cannot be seen are escaped: programs read the same value, and people see them. */
export function toJsonText(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  return `${withoutUnseen(JSON.stringify(value, replacer, 2))}\n`;
}

/**
 * The same in pieces, for what may be longer than any string.
 *
 * @param levels how many levels of maps and lists are split into pieces; lists on these levels may be any iterable
 */
export function* jsonPieces(value: object, levels: number): Generator<string> {
  yield* piecesOf(value, levels, '\n');
  yield '\n';
}

function* piecesOf(value: unknown, levels: number, newLine: string): Generator<string> {
  if (levels === 0 || typeof value !== 'object' || value === null) {
    yield withoutUnseen(JSON.stringify(value, undefined, 2)).replaceAll('\n', newLine);
    return;
  }
  const isList = Symbol.iterator in value;
  const [open, close] = isList ? '[]' : '{}';
  let isEmpty = true;
  for (const [name, inner] of isList ? unnamed(value as Iterable<unknown>) : Object.entries(value)) {
    if (inner === undefined) {
      continue;
    }
    yield `${isEmpty ? open : ','}${newLine}  ${isList ? '' : `${JSON.stringify(name)}: `}`;
    yield* piecesOf(inner, levels - 1, `${newLine}  `);
    isEmpty = false;
  }
  yield isEmpty ? `${open}${close}` : `${newLine}${close}`;
}

function* unnamed(list: Iterable<unknown>): Generator<readonly ['', unknown]> {
  for (const value of list) {
    yield ['', value];
  }
}

function withoutUnseen(json: string): string {
  return json.replace(UNSEEN_IN_JSON, (characters) =>
    characters
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
