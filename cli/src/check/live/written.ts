import { quantity } from '../model/values/quantity.js';
import { isFields, type Fields } from '../read/fields.js';

/**
 * The part of a live object that at least one of some manifests sets. The rest was added by the API server, by controllers or
 * by hand, and an apply leaves it as it is. Values are those of the live object.
 *
 * @param next the manifest that is to be applied: values that the API server stores in another form, such as a quantity, or not
 * at all, such as an empty list, are taken from it
 */
export function written(live: unknown, manifests: readonly unknown[], next: unknown, field = ''): unknown {
  if (Array.isArray(live)) {
    return writtenItems(live, manifests, next, field);
  }
  if (!isFields(live)) {
    return isSame(live, next) ? next : live;
  }
  const maps = manifests.filter(isFields);
  // Written as something else, such as null.
  if (maps.length === 0) {
    return live;
  }
  const kept = Object.entries(live).filter(([name]) => maps.some((map) => Object.hasOwn(map, name)));
  return {
    ...(isFields(next) ? notStored(live, next) : {}),
    ...Object.fromEntries(
      kept.map(([name, value]) => {
        const inner = maps.filter((map) => Object.hasOwn(map, name)).map((map) => map[name]);
        return [name, written(value, inner, isFields(next) ? next[name] : undefined, name)];
      }),
    ),
  };
}

function writtenItems(
  live: readonly unknown[],
  manifests: readonly unknown[],
  next: unknown,
  field: string,
): unknown {
  const lists = manifests.filter((list) => Array.isArray(list)).map((list) => new Elements(list, field));
  if (lists.length === 0 || !live.every(isFields)) {
    return live;
  }
  const nextElements = new Elements(Array.isArray(next) ? next : [], field);
  return live.flatMap((item, index) => {
    const partners = lists.map((list) => list.partnerOf(item, index)).filter((one) => one !== undefined);
    // An apply removes no element with a key that it did not set itself, but it replaces a list without keys as a whole.
    if (partners.length === 0) {
      return keyOf(item, field) === undefined ? [item] : [];
    }
    return [written(item, partners, nextElements.partnerOf(item, index))];
  });
}

/** Lists whose elements have another key than their name. */
const LIST_KEYS: ReadonlyMap<string, string> = new Map([
  ['volumeMounts', 'mountPath'],
  ['volumeDevices', 'devicePath'],
]);

/** The elements of a list by their keys; of two with one key, the first. */
class Elements {
  private readonly byKey = new Map<string, unknown>();

  constructor(
    private readonly list: readonly unknown[],
    private readonly field: string,
  ) {
    for (const element of list.filter(isFields)) {
      const key = keyOf(element, field);
      if (key !== undefined && !this.byKey.has(key)) {
        this.byKey.set(key, element);
      }
    }
  }

  /** The element that corresponds to one of another list: the one with its key, or else at its index. */
  partnerOf(item: Fields, index: number): unknown {
    const key = keyOf(item, this.field);
    return key === undefined ? this.list[index] : this.byKey.get(key);
  }
}

/** The key of a list element in an apply; undefined if the list is replaced as a whole. */
function keyOf(item: Fields, field: string): string | undefined {
  if (field === 'ports') {
    const port = item.containerPort ?? item.port;
    return port === undefined ? undefined : JSON.stringify([port, item.protocol ?? 'TCP']);
  }
  const key = item[LIST_KEYS.get(field) ?? 'name'] ?? item.name;
  return typeof key === 'string' ? key : undefined;
}

/** Empty values in a manifest that the API server does not store. */
function notStored(live: Fields, next: Fields): Fields {
  return Object.fromEntries(
    Object.entries(next).filter(([name, value]) => !Object.hasOwn(live, name) && isNothing(value)),
  );
}

function isNothing(value: unknown): boolean {
  if (value === null || value === '' || value === false || value === 0) {
    return true;
  }
  return typeof value === 'object' && Object.values(value).every(isNothing);
}

/** Whether the API server stores the one as the other, such as 1000m as 1. */
function isSame(live: unknown, next: unknown): boolean {
  if (typeof live !== 'string' || live === next) {
    return false;
  }
  const [one, other] = [live, next].map(quantity);
  return one !== undefined && one === other;
}
