import { EVENT_ID, getScalarValue, type Event } from 'js-yaml';
import type { Path } from './fields.js';
import { startOf, yamlEvents } from './yaml.js';

/**
 * The lines of the fields of a YAML document. They are found when one is asked for: few documents have findings, and to
 * find the lines takes as long as to read the document.
 */
export class Lines {
  private readonly starts: number[] = [];
  private root: Place | undefined;

  /** @param before how many lines of the file are before this text */
  constructor(
    private readonly text: string,
    private readonly before: number,
  ) {}

  /** The line of an offset in the text. */
  at(offset: number): number {
    if (this.starts.length === 0) {
      for (let start = 0; start >= 0; start = this.text.indexOf('\n', start) + 1 || -1)
        this.starts.push(start);
    }
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return this.before + low + 1;
  }

  /** The line of a field, or of the nearest one around it that is written. */
  of(path: Path): number {
    if (path.length === 0) return this.at(startOf(this.text));
    this.root ??= placesIn(this.text);
    let place = this.root;
    for (const part of path) {
      const inner = place.inner?.get(part);
      if (inner === undefined) break;
      place = inner;
    }
    return this.at(place.offset);
  }
}

/** Where a value is, or the name of its field, and what is in it if it is a collection. */
interface Place {
  readonly offset: number;
  readonly inner?: Map<string | number, Place>;
}

/** A collection that is not at its end yet. */
interface Open {
  readonly offset: number;
  readonly inner: Map<string | number, Place>;
  readonly isList: boolean;
  /** The field whose value comes next. */
  key?: { readonly name: string; readonly offset: number };
}

function placesIn(text: string): Place {
  const anchors = new Map<string, Place>();
  const document: Open = { offset: startOf(text), inner: new Map(), isList: true };
  const open = [document];
  for (const event of yamlEvents(text)) {
    if (event.type === EVENT_ID.DOCUMENT) continue;
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const around = open[open.length - 1] ?? document;
    const offset = offsetOf(event) ?? around.key?.offset ?? around.offset;
    if (!around.isList && around.key === undefined) {
      around.key = { name: event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '', offset };
      continue;
    }
    const inner =
      event.type === EVENT_ID.ALIAS
        ? anchors.get(text.slice(event.anchorStart, event.anchorEnd))?.inner
        : event.type === EVENT_ID.SCALAR
          ? undefined
          : new Map<string | number, Place>();
    const place = { offset: around.key?.offset ?? offset, inner };
    around.inner.set(around.key?.name ?? around.inner.size, place);
    around.key = undefined;
    if (event.type === EVENT_ID.ALIAS) continue;
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), place);
    if (inner !== undefined) open.push({ offset, inner, isList: event.type === EVENT_ID.SEQUENCE });
  }
  return document.inner.get(0) ?? document;
}

/** Where a value starts; none if it is empty. */
function offsetOf(event: Exclude<Event, { type: 1 | 6 }>): number | undefined {
  const offset =
    'valueStart' in event ? event.valueStart : 'start' in event ? event.start : event.anchorStart - 1;
  return offset < 0 ? undefined : offset;
}
