import { at, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { addTo } from '../values/grouped.js';
import { selectorOf } from '../selectors/selector.js';
import { typeOf } from './service.js';
import type { State } from '../state.js';

/** The Endpoints and EndpointSlices in which somebody has written the addresses of a Service, by namespace and Service. */
export class WrittenAddresses {
  private readonly byService = new Map<string, ManifestObject[]>();

  constructor(objects: readonly ManifestObject[]) {
    for (const object of objects) {
      const service = serviceOf(object);
      if (service !== undefined && hasAddress(object)) {
        addTo(this.byService, JSON.stringify([object.namespace, service]), object);
      }
    }
  }

  /** What has addresses of a Service. */
  of({ namespace, name }: ManifestObject): readonly ManifestObject[] {
    return this.byService.get(JSON.stringify([namespace, name])) ?? [];
  }
}

/** What may have the addresses of Services. */
export function endpointsOf(state: State): readonly ManifestObject[] {
  return [...state.ofKind('', 'Endpoints'), ...state.ofKind('discovery.k8s.io', 'EndpointSlice')];
}

/** Whether the addresses of a Service are written, as it selects no pods. */
export function hasWrittenAddresses(service: ManifestObject): boolean {
  return selectorOf(service) === undefined && typeOf(service) !== 'ExternalName';
}

function serviceOf({ kind, name, body }: ManifestObject): string | undefined {
  return kind === 'Endpoints' ? name : text(at(body, 'metadata', 'labels', 'kubernetes.io/service-name'));
}

function hasAddress({ kind, body }: ManifestObject): boolean {
  return kind === 'Endpoints'
    ? items(body.subsets).some(({ item }) => items(item.addresses).length > 0)
    : items(body.endpoints).some(({ item }) => at(item, 'conditions', 'ready') !== false);
}
