import { isFields, text } from './fields.js';
import type { Part } from './part.js';
import { readYaml } from './yaml.js';

/** The most bytes around the objects of a List, which has only its name and version there. */
const MAX_AROUND_BYTES = 64 * 1024;
const [NEWLINE, SPACE, TAB, CARRIAGE_RETURN, HASH, DASH] = Buffer.from('\n \t\r#-');
const SPACES: ReadonlySet<number> = new Set([NEWLINE, SPACE, TAB, CARRIAGE_RETURN]);

/**
 * The parts of the objects of a List in block style, as `kubectl get -o yaml` prints it, so that a large one is read one object
 * at a time; undefined for everything else.
 */
export function listParts(document: Part): readonly Part[] | undefined {
  const { bytes } = document;
  const objects: Line[] = [];
  const around: string[] = [];
  let aroundBytes = 0;
  let isInItems = false;
  let end = document.end;
  for (const line of linesOf(document)) {
    const isField = line.starts === 'field' && line.indent === 0;
    if (isField || !isInItems) {
      aroundBytes += line.end - line.start;
      if (aroundBytes > MAX_AROUND_BYTES) {
        return undefined;
      }
      const written = bytes.toString('utf8', line.start, line.end);
      around.push(written);
      if (isField && isInItems) {
        end = line.start;
      }
      if (isField) {
        isInItems = /^items:\s*(?:#.*)?$/.test(written);
      }
      // There are two lists.
      if (isInItems && objects.length > 0) {
        return undefined;
      }
    } else {
      const { indent } = objects[0] ?? line;
      if (line.starts === 'element' && line.indent === indent) {
        objects.push(line);
      } else if (line.starts !== 'nothing' && line.indent <= indent) {
        return undefined;
      }
    }
  }
  const list = readYaml(around.join(''));
  if (list.why !== undefined || !isFields(list.value) || !text(list.value.kind)?.endsWith('List')) {
    return undefined;
  }
  return objects.map(({ start, indent, linesBefore }, index) => ({
    ...document,
    start,
    end: objects[index + 1]?.start ?? end,
    mark: indent + 1,
    linesBefore,
  }));
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly linesBefore: number;
  /** How many spaces are at its start. */
  readonly indent: number;
  readonly starts: 'element' | 'field' | 'nothing';
}

function* linesOf({ bytes, start: first, end: last, mark, linesBefore }: Part): Generator<Line> {
  for (let [start, before] = [first + mark, linesBefore]; start < last; before++) {
    let text = start;
    while (bytes[text] === SPACE) {
      text++;
    }
    const next = bytes.indexOf(NEWLINE, text);
    const end = next < 0 || next >= last ? last : next + 1;
    const isNothing = text >= end || bytes[text] === HASH || SPACES.has(bytes[text]);
    const isElement = bytes[text] === DASH && SPACES.has(bytes[text + 1]);
    yield {
      start,
      end,
      linesBefore: before,
      indent: text - start,
      starts: isNothing ? 'nothing' : isElement ? 'element' : 'field',
    };
    start = end;
  }
}
