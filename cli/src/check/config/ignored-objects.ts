import { addTo } from '../model/values/grouped.js';
import type { ObjectName } from '../read/object.js';
import type { IgnoredObjects } from './config.js';

/** Finds the entry of the configuration that ignores an object. Only entries with patterns are tried one by one. */
export class IgnoredByConfig {
  private readonly rules: ReadonlySet<string>;
  private readonly places = new Map<string, number>();
  private readonly patterns = new Map<string, number[]>();

  constructor(private readonly entries: readonly IgnoredObjects[]) {
    this.rules = new Set(entries.map(({ rule }) => rule));
    entries.forEach((entry, place) => {
      const key = JSON.stringify([entry.rule, ...patternsOf(entry)]);
      if (patternsOf(entry).some(isPattern)) {
        addTo(this.patterns, entry.rule, place);
      } else if (!this.places.has(key)) {
        this.places.set(key, place);
      }
    });
  }

  /** The index of the first entry that ignores a rule on an object. */
  find(rule: string, { kind, namespace, name }: ObjectName): number | undefined {
    if (!this.rules.has(rule)) {
      return undefined;
    }
    const places = [kind, '*'].flatMap((ofKind) =>
      [namespace, '*'].flatMap((ofNamespace) =>
        [name, '*'].flatMap(
          (ofName) => this.places.get(JSON.stringify([rule, ofKind, ofNamespace, ofName])) ?? [],
        ),
      ),
    );
    const pattern = this.patterns
      .get(rule)
      ?.find((place) => matchEach(patternsOf(this.entries[place]), [kind, namespace, name]));
    return [...places, ...(pattern === undefined ? [] : [pattern])].sort((one, other) => one - other)[0];
  }
}

/** Whether a text matches several names, but not all. */
export function isPattern(text: string): boolean {
  return text !== '*' && text.includes('*');
}

function patternsOf({ kind = '*', namespace = '*', name = '*' }: IgnoredObjects): readonly string[] {
  return [kind, namespace, name];
}

function matchEach(patterns: readonly string[], names: readonly string[]): boolean {
  return patterns.every((pattern, index) => matches(pattern, names[index]));
}

/** Whether a name matches a pattern, in which * stands for any characters. */
function matches(pattern: string, name: string): boolean {
  const [start, ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) {
    return name === pattern;
  }
  if (!name.startsWith(start) || !name.endsWith(end)) {
    return false;
  }
  let from = start.length;
  for (const part of parts) {
    const found = name.indexOf(part, from);
    if (found < 0) {
      return false;
    }
    from = found + part.length;
  }
  return from + end.length <= name.length;
}
