import { isDeepStrictEqual } from 'node:util';
import { quantity } from '../../model/values/quantity.js';
import { at, fields, items } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const statefulSetImmutable: UpgradeRule = {
  id: 'stateful-set-immutable',
  severity: 'error',
  reason: 'the API server refuses a change of this field of a StatefulSet, so its apply fails',
  fix: 'delete the StatefulSet with --cascade=orphan and apply the new one, or make another under a new name',
  check: (from, to) =>
    to.changes(from, to.ofKind('apps', 'StatefulSet')).flatMap(({ before, object }) => {
      const [old, spec] = [before, object].map(({ body }) => fields(body.spec));
      return Object.entries(IMMUTABLE)
        .filter(([field, read]) => !isDeepStrictEqual(read(old[field]), read(spec[field])))
        .map(([field]) => ({ object, path: ['spec', field], what: `spec.${field} changed` }));
    }),
};

/** The fields, each with what it means to the API server, defaults included. */
const IMMUTABLE: Readonly<Record<string, (value: unknown) => unknown>> = {
  serviceName: (name) => name ?? '',
  podManagementPolicy: (policy) => policy ?? 'OrderedReady',
  volumeClaimTemplates: (templates) =>
    items(templates).map(({ item: { metadata, spec } }) => ({
      name: at(metadata, 'name'),
      labels: fields(at(metadata, 'labels')),
      annotations: fields(at(metadata, 'annotations')),
      spec: {
        volumeMode: 'Filesystem',
        ...fields(spec),
        resources: undefined,
      },
      storage: quantity(at(spec, 'resources', 'requests', 'storage')),
    })),
};
