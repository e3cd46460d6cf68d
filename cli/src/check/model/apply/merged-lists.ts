import { isDeepStrictEqual } from 'node:util';
import { at, items, shown, text, type Fields, type Path } from '../../read/fields.js';
import { groupBy } from '../values/grouped.js';

/** A list whose entries kubectl apply and Helm 3 take for the same if they have the same value of one field. */
interface MergedList {
  readonly path: Path;
  readonly key: string;
  /** What an entry is called in messages. */
  readonly entry: string;
  readonly isPort?: true;
}

const OF_SERVICE: readonly MergedList[] = [
  { path: ['spec', 'ports'], key: 'port', entry: 'port', isPort: true },
];
const OF_POD: readonly MergedList[] = [
  { path: ['hostAliases'], key: 'ip', entry: 'host alias' },
  { path: ['topologySpreadConstraints'], key: 'topologyKey', entry: 'spread over' },
];
const OF_CONTAINER: readonly MergedList[] = [
  { path: ['env'], key: 'name', entry: 'variable' },
  { path: ['ports'], key: 'containerPort', entry: 'containerPort', isPort: true },
];

/** What is not as it is written after a merge, and where. */
export interface Lost {
  readonly path: Path;
  readonly what: string;
}

/** What a merge of a new Service into an old one loses. */
export function lostOfService(before: unknown, after: unknown): readonly Lost[] {
  return OF_SERVICE.flatMap((list) => lostOf(list, before, after));
}

/** What a merge of the spec of pods into an old one loses; paths are from the spec on. */
export function lostOfPod(before: Fields, after: Fields): readonly Lost[] {
  return [
    ...OF_POD.flatMap((list) => lostOf(list, before, after)),
    ...['containers', 'initContainers'].flatMap((name) => {
      const old = new Map(items(before[name]).map(({ item }) => [item.name, item]));
      return items(after[name]).flatMap(({ index, item }) =>
        OF_CONTAINER.flatMap((list) => lostOf(list, old.get(item.name), item)).map(({ path, what }) => ({
          path: [name, index, ...path],
          what: `in container ${text(item.name) ?? index}, ${what}`,
        })),
      );
    }),
  ];
}

/**
 * What a merge loses of entries with equal keys: to remove one of several removes all, one more is never added, and a change
 * of the second is made to the first.
 */
function lostOf({ path, key, entry, isPort }: MergedList, before: unknown, after: unknown): readonly Lost[] {
  const [old, now] = [before, after].map((owner) =>
    groupBy(items(at(owner, ...path)), ({ item }) => item[key]),
  );
  // A list that was not there is taken as a whole.
  if (old.size === 0) {
    return [];
  }
  return [...now].flatMap(([value, found]) => {
    const [known, entries] = [old.get(value) ?? [], found].map((all) => all.map(({ item }) => item));
    const name = `${entry} ${shown(value)}`;
    const second = [...path, ...found.slice(1, 2).map(({ index }) => index)];
    if (known.length > entries.length) {
      // Where no protocol is written, the merge writes one, and the entry stays.
      const stays = isPort && entries.every(({ protocol }) => protocol === undefined);
      return stays ? [] : [{ path, what: `${name} was there ${times(known)}, and with one of them all go` }];
    }
    if (entries.length > known.length) {
      const isOne = entries.length === 1 || entries.every((one) => isDeepStrictEqual(one, entries[0]));
      return isOne
        ? []
        : [{ path: second, what: `${name} is there ${times(entries)}, and only one of them arrives` }];
    }
    const isKept = entries.every((one, index) => index === 0 || isDeepStrictEqual(one, known[index]));
    return isKept
      ? []
      : [
          {
            path: second,
            what: `${name} is there ${times(entries)}, and the first one gets the change of another`,
          },
        ];
  });
}

function times({ length }: readonly unknown[]): string {
  return length === 2 ? 'twice' : `${length} times`;
}
