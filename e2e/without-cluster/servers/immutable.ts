import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../../../test/helpers';

/** A field that cannot be changed on a live object. */
export interface Immutable {
  /** The prop that sets it. */
  prop: string;
  kind: string;
  field: string;
  /** Whether the rule holds for this object; it has to hold for the old and the new one. */
  holds?: (object: Manifest) => boolean;
}

/** All such fields that our props set. Each is in docs/guide/settings.md, "On a live object". */
export const IMMUTABLE: Immutable[] = [
  { prop: 'selectorLabels', kind: 'Deployment', field: 'spec.selector' },
  {
    prop: 'loadBalancerClass',
    kind: 'Service',
    field: 'spec.loadBalancerClass',
    holds: ({ spec }) => spec.type === 'LoadBalancer',
  },
];

/** Fields for which the API server has to refuse an object where these are live. */
export function immutableFields(live: Manifest[], changed: Manifest): string[] {
  const old = live.find(
    ({ kind, metadata }) => kind === changed.kind && metadata.name === changed.metadata.name,
  );
  if (!old) {
    return [];
  }
  return IMMUTABLE.filter(
    ({ kind, field, holds = () => true }) =>
      kind === changed.kind &&
      [old, changed].every(holds) &&
      !isDeepStrictEqual(valueOf(old, field), valueOf(changed, field)),
  ).map(({ field }) => field);
}

function valueOf(object: Manifest, field: string): unknown {
  return field.split('.').reduce((value, key) => value?.[key], object);
}
