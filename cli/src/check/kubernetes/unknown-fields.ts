import { isFields, type Fields } from '../read/fields.js';
import { ANYTHING, type Shape } from './shape.js';
import type { UnknownField } from './unknown-field.js';

/** Finds the fields of an object that are not known where they are written. */
export function unknownFields(object: Fields, shape: Shape): readonly UnknownField[] {
  const search = new Search();
  search.visit(object, shape);
  return search.found;
}

/** Fields at the top of every object, which mean something else further down. */
const OF_OBJECTS = ['apiVersion', 'kind', 'metadata', 'status'];

class Search {
  readonly found: UnknownField[] = [];
  /** Where the search is. */
  private readonly path: (string | number)[] = [];
  /** The shapes on the way there, each with the length of its path. */
  private readonly outer: { readonly shape: Shape; readonly length: number }[] = [];

  visit(value: unknown, shape: Shape): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        this.enter(index, value[index], shape);
      }
    } else if (isFields(value)) {
      this.visitFields(value, shape);
    }
  }

  private visitFields(value: Fields, shape: Shape): void {
    this.outer.push({ shape, length: this.path.length });
    for (const name of Object.keys(value)) {
      const inner = shape.field(name);
      if (inner === undefined) {
        this.report(name, shape);
      } else {
        this.enter(name, value[name], inner);
      }
    }
    this.outer.pop();
  }

  private enter(part: string | number, value: unknown, shape: Shape): void {
    if (shape === ANYTHING || typeof value !== 'object') {
      return;
    }
    this.path.push(part);
    this.visit(value, shape);
    this.path.pop();
  }

  private report(name: string, shape: Shape): void {
    if (isOfTool(name, this.path.length)) {
      return;
    }
    const around = [...this.path];
    const knows = ({ names, field }: Shape) => names !== undefined && field(name) !== undefined;
    const length = this.outer.filter(({ shape: one }) => knows(one)).at(-1)?.length;
    const isOfObject = length === 0 && OF_OBJECTS.includes(name);
    const belongsIn = length === undefined || isOfObject ? undefined : around.slice(0, length);
    this.found.push({ around, shape, name, belongsIn });
  }
}

/** Whether a field is for a tool that takes it away before it applies the object: Kustomize or SOPS. */
function isOfTool(name: string, depth: number): boolean {
  return name.startsWith('$') || (name === 'sops' && depth === 0);
}
