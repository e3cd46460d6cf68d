import type { Fields } from '../read/fields.js';
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
  /** The shape at each place on the way there. */
  private readonly shapes: Shape[] = [];

  visit(value: object, shape: Shape): void {
    this.shapes.push(shape);
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        this.enter(index, value[index], shape);
      }
    } else {
      this.visitFields(value as Fields, shape);
    }
    this.shapes.pop();
  }

  private visitFields(value: Fields, shape: Shape): void {
    for (const name of Object.keys(value)) {
      const inner = shape.field(name);
      if (inner === undefined) {
        this.report(name, shape);
      } else if (inner !== ANYTHING) {
        this.enter(name, value[name], inner);
      }
    }
  }

  private enter(part: string | number, value: unknown, shape: Shape): void {
    if (typeof value !== 'object' || value === null) {
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
    const knows = this.shapes.map(({ names, field }) => names !== undefined && field(name) !== undefined);
    const length = knows.lastIndexOf(true);
    const isOfObject = length === 0 && OF_OBJECTS.includes(name);
    const belongsIn = length < 0 || isOfObject ? undefined : around.slice(0, length);
    this.found.push({ around, shape, name, belongsIn });
  }
}

/** Whether a field is for a tool that takes it away before it applies the object: Kustomize or SOPS. */
function isOfTool(name: string, depth: number): boolean {
  return name.startsWith('$') || (name === 'sops' && depth === 0);
}
