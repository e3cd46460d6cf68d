import { isFields } from './fields.js';
import { maxDepth } from './yaml.js';

/**
 * About what 600 MB of memory hold: 6 million values, or 200,000 Services. Large clusters have up to 150,000 pods:
 * <https://kubernetes.io/docs/setup/best-practices/cluster-large/>.
 */
const maxValues = 6_000_000;
/** What is known of an object besides takes the room of so many values. */
const valuesOfObject = 10;

/** Why not everything is read. */
export const tooMuch = 'this and what comes after it is too much to be checked at once; check fewer files';

/** How much more is read. */
export class Room {
  private left = maxValues;

  /** Takes the room of an object; false if there is not so much. */
  takes(values: number): boolean {
    this.left -= values + valuesOfObject;
    return this.left >= 0;
  }
}

/** How many values are in a value, itself included; infinitely many if it is too deep. */
export function countValues(value: unknown, depth = 0): number {
  if (depth > maxDepth) return Infinity;
  if (!isFields(value) && !Array.isArray(value)) return 1;
  let values = 1;
  for (const inner of Object.values(value)) values += countValues(inner, depth + 1);
  return values;
}
