import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from 'js-yaml';
import type { Path } from './fields.js';
import { textOf, type Part } from './part.js';
import { fieldName, plainValue } from './scalars.js';
import { startOf, yamlEvents } from './yaml.js';

/** The line of an offset in a text, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
  }
  return line;
}

let latest: { readonly part: Part; readonly lines: Lines } | undefined;

/**
 * The line in its file of a field of a part, or of the nearest one around it that is written. Lines are worked out only on
 * demand, since few objects have findings, and kept only for the latest part, since they take more memory than everything else.
 */
export function lineOf(part: Part, path: Path): number {
  if (latest?.part !== part) {
    latest = { part, lines: new Lines(textOf(part) ?? '') };
  }
  return part.linesBefore + latest.lines.of(path);
}

/** Where a value is. */
interface Place {
  /** The offset of the name of a field, or of a list element itself. */
  readonly offset: number;
  /** The index of its first event. */
  readonly index: number;
}

type Places = ReadonlyMap<string | number, Place>;

/** The lines of the fields of a document. Only maps and lists on the path to a requested field are looked at. */
export class Lines {
  private readonly text: string;
  private readonly events: readonly Event[];
  private readonly starts = [0];
  private readonly known = new Map<number, Places>();

  constructor(text: string) {
    const read = yamlEvents(text);
    this.text = read.text;
    // Some JSON is not YAML.
    this.events = read.why === undefined ? read.events : [];
    for (let end = this.text.indexOf('\n'); end >= 0; end = this.text.indexOf('\n', end + 1)) {
      this.starts.push(end + 1);
    }
  }

  of(path: Path): number {
    let place: Place = { offset: startOf(this.text), index: 1 };
    for (const part of path) {
      const inner = this.placesIn(place).get(part);
      if (inner === undefined) {
        break;
      }
      place = inner;
    }
    return this.at(place.offset);
  }

  private at(offset: number): number {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + 1;
  }

  /** What is in a map or a list. */
  private placesIn({ index, offset }: Place): Places {
    const before = this.known.get(index);
    if (before !== undefined) {
      return before;
    }
    const places = this.findPlaces(this.withoutAlias(index), offset);
    this.known.set(index, places);
    return places;
  }

  private findPlaces(index: number, around: number): Places {
    const places = new Map<string | number, Place>();
    const type = this.events[index]?.type;
    if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) {
      return places;
    }
    for (let at = index + 1; this.events[at].type !== EVENT_ID.POP; at = this.after(at)) {
      const offset = offsetOf(this.events[at]) ?? around;
      if (type === EVENT_ID.SEQUENCE) {
        places.set(places.size, { offset, index: at });
      } else {
        const name = this.nameOf(this.events[at]);
        at = this.after(at);
        if (name !== undefined) {
          places.set(name, { offset, index: at });
        }
      }
    }
    return places;
  }

  /** The index of the event after a value. */
  private after(index: number): number {
    let depth = 0;
    do {
      const { type } = this.events[index++];
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) {
        depth++;
      }
      if (type === EVENT_ID.POP) {
        depth--;
      }
    } while (depth > 0);
    return index;
  }

  private nameOf(key: Event): string | undefined {
    if (key.type !== EVENT_ID.SCALAR) {
      return undefined;
    }
    const written = getScalarValue(this.text, key);
    return key.style === SCALAR_STYLE.PLAIN ? fieldName(plainValue(written)) : written;
  }

  /** The index of what an alias stands for; every other index stays the same. */
  private withoutAlias(index: number): number {
    const alias = this.events[index];
    if (alias?.type !== EVENT_ID.ALIAS) {
      return index;
    }
    const name = this.text.slice(alias.anchorStart, alias.anchorEnd);
    for (let at = index - 1; at > 0; at--) {
      const event = this.events[at];
      const isAnchored = 'anchorStart' in event && event.type !== EVENT_ID.ALIAS && event.anchorStart >= 0;
      if (isAnchored && this.text.slice(event.anchorStart, event.anchorEnd) === name) {
        return at;
      }
    }
    return index;
  }
}

/** Where a value starts; none if it is empty. */
function offsetOf(event: Event): number | undefined {
  const offset =
    'valueStart' in event
      ? event.valueStart
      : 'start' in event
        ? event.start
        : 'anchorStart' in event
          ? event.anchorStart - 1
          : -1;
  return offset < 0 ? undefined : offset;
}
