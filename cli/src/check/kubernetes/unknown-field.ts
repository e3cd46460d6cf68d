import { closest, distance } from 'fastest-levenshtein';
import { shorten } from '../../shared/untrusted-text.js';
import { pathName, type Path } from '../read/fields.js';
import type { Shape } from './shape.js';

/** A field that is written where it is not known. */
export interface UnknownField {
  /** The map that it is in, and what may be there. */
  readonly around: Path;
  readonly shape: Shape;
  readonly name: string;
  /** The nearest map around that knows a field of this name. */
  readonly belongsIn: Path | undefined;
}

/** The longest name in a message; a field of Kubernetes has at most 45 characters. */
const MAX_LENGTH = 60;
/** So many names are compared at most. */
const MAX_KNOWN = 200;

/** Who does not know a field, and what to write instead. */
export function describe(who: string, field: UnknownField): string {
  const name = shorten(field.name, MAX_LENGTH);
  const when = field.shape.whenKnown?.(field.name);
  return when === undefined
    ? `${who} knows no field ${name} here${insteadOf(field)}`
    : `${who} knows the field ${name} ${when}`;
}

function insteadOf({ name, shape, belongsIn }: UnknownField): string {
  const { names: known = [] } = shape;
  if (name.length > MAX_LENGTH || known.length > MAX_KNOWN) {
    return '';
  }
  const same = known.find((one) => plain(one) === plain(name));
  if (same !== undefined) {
    return `; did you mean ${same}?`;
  }
  if (belongsIn !== undefined) {
    return `; it belongs ${belongsIn.length === 0 ? 'at the top of the object' : `in ${pathName(belongsIn)}`}`;
  }
  const near = known.length === 0 ? '' : closest(name, known);
  return distance(name, near) <= Math.min(name.length, near.length) / 3 ? `; did you mean ${near}?` : '';
}

/** A name without what people write differently: image_pull_policy is imagePullPolicy. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}
