import { at, fields, items, shown, text, type Fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { quantity } from '../values/quantity.js';

/** What all LimitRanges of a namespace ask of a container together, by resource, as they write it. */
export class ContainerLimits {
  private readonly largest = new Map<string, unknown>();
  private readonly least = new Map<string, unknown>();
  private readonly limits = new Map<string, unknown>();
  private readonly requests = new Map<string, unknown>();

  constructor(ranges: readonly ManifestObject[]) {
    const ofContainers = ranges
      .flatMap(({ body }) => items(at(body, 'spec', 'limits')))
      .filter(({ item }) => item.type === 'Container');
    for (const { item } of ofContainers) {
      keep(this.largest, item.max, (one, other) => one < other);
      keep(this.least, item.min, (one, other) => one > other);
      // Without a default, the maximum is one for limits, and these are for requests.
      keep(this.limits, { ...fields(item.max), ...fields(item.default) });
      keep(this.requests, {
        ...fields(item.min),
        ...fields(item.max),
        ...fields(item.default),
        ...fields(item.defaultRequest),
      });
    }
  }

  /** Whether a container gets a request or limit of a resource if it names none. */
  hasDefault(list: 'requests' | 'limits', resource: string): boolean {
    return this[list].has(resource);
  }

  /** What is refused of a container; paths are from its resources on. */
  refused(container: Fields): readonly { readonly path: Path; readonly what: string }[] {
    const { requests, limits } = fields(container.resources);
    const name = text(container.name) ?? 'without a name';
    return [...new Set([...this.limits.keys(), ...this.requests.keys()])].flatMap((resource) => {
      const ownLimit = at(limits, resource);
      const limit = ownLimit ?? this.limits.get(resource);
      const request = at(requests, resource) ?? ownLimit ?? this.requests.get(resource);
      const [most, least] = [this.largest.get(resource), this.least.get(resource)];
      if (isLess(most, limit)) {
        return [
          {
            path: ['limits', resource],
            what: `container ${name} has a limit of ${shown(limit)} ${resource}, and at most ${shown(most)} is allowed`,
          },
        ];
      }
      if (isLess(request, least)) {
        return [
          {
            path: ['requests', resource],
            what: `container ${name} requests ${shown(request)} ${resource}, and at least ${shown(least)} is asked for`,
          },
        ];
      }
      return ownLimit === undefined && isLess(limit, request)
        ? [
            {
              path: ['requests', resource],
              what: `container ${name} requests ${shown(request)} ${resource}, and without a limit gets one of ${shown(limit)}`,
            },
          ]
        : [];
    });
  }
}

function isLess(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map(quantity);
  return first !== undefined && second !== undefined && first < second;
}

function keep(
  kept: Map<string, unknown>,
  amounts: unknown,
  isStricter: (one: number, other: number) => boolean = () => false,
): void {
  for (const [resource, amount] of Object.entries(fields(amounts))) {
    const [new_, old] = [amount, kept.get(resource)].map(quantity);
    if (new_ !== undefined && (old === undefined || isStricter(new_, old))) {
      kept.set(resource, amount);
    }
  }
}
