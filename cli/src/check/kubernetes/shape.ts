/** What may be in a map, or in each map of a list. */
export interface Shape {
  /** What may be in a field; none if the field is not known. */
  field(name: string): Shape | undefined;
  /** The names that are known; none if all names are free. */
  readonly names?: readonly string[];
  /** When another version of Kubernetes knows a field, as in `not yet (1.34 is the first that does)`. */
  whenKnown?(name: string): string | undefined;
}

export const ANYTHING: Shape = { field: () => ANYTHING };

/** The shape of a map with free keys. */
export function mapOf(values: Shape): Shape {
  return values === ANYTHING ? ANYTHING : { field: () => values };
}
