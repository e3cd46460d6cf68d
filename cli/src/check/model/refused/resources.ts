import { at, fields, shown, type Path } from '../../read/fields.js';
import { quantity } from '../values/quantity.js';
import { refusedIf, type Refusal } from './refusal.js';

const LISTS = ['requests', 'limits'] as const;

/** What the API server does not take of the resources of a container, or of a pod as a whole. */
export function wrongResources(owner: unknown, path: Path, name: string): readonly Refusal[] {
  const resources = fields(at(owner, 'resources'));
  const where = (list: string, resource: string) => [...path, 'resources', list, resource];
  const ofLists = LISTS.flatMap((list) =>
    Object.entries(fields(resources[list])).flatMap(([resource, value]) =>
      value === null ? [] : wrongAmount(resource, value, where(list, resource), `${list} of ${name}`),
    ),
  );
  const ofBoth = Object.entries(fields(resources.requests)).flatMap(([resource, value]) => {
    const [request, limit] = [value, at(resources.limits, resource)].map(quantity);
    if (request === undefined) {
      return [];
    }
    if (isWhole(resource)) {
      return refusedIf(request !== limit, where('requests', resource), () =>
        limit === undefined
          ? `${name} requests ${resource}, which needs a limit of the same`
          : `${name} requests ${shown(value)} ${resource} and has another limit; write the same`,
      );
    }
    return refusedIf(limit !== undefined && request > limit, where('requests', resource), () =>
      // In the words of the manifest, so that both numbers are found there.
      [
        `${name} requests ${shown(value)} of ${resource}`,
        `which is more than its limit ${shown(at(resources.limits, resource))}`,
      ].join(', '),
    );
  });
  return [...ofLists, ...ofBoth];
}

function wrongAmount(resource: string, value: unknown, path: Path, where: string): readonly Refusal[] {
  const amount = quantity(value);
  if (amount === undefined) {
    return [
      { path, what: `${resource} in ${where} is ${shown(value)}; write a quantity such as 250m or 512Mi` },
    ];
  }
  return [
    ...refusedIf(amount < 0, path, () => `${resource} in ${where} is less than 0`),
    ...refusedIf(
      isExtended(resource) && !Number.isInteger(amount),
      path,
      () => `${resource} in ${where} is ${shown(value)}, and has to be a whole number`,
    ),
    ...refusedIf(
      !resource.includes('/') && !STANDARD.test(resource),
      path,
      () =>
        `${resource} in ${where} is no resource of containers; write cpu, memory or a name such as example.com/gpu`,
    ),
  ];
}

const STANDARD = /^(?:cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** Whether a resource is given to one container at a time, so that request and limit are the same. */
function isWhole(resource: string): boolean {
  return isExtended(resource) || resource.startsWith('hugepages-');
}

/** Whether a resource is of a device plugin, such as nvidia.com/gpu. */
function isExtended(resource: string): boolean {
  return resource.includes('/') && !resource.includes('kubernetes.io/');
}
