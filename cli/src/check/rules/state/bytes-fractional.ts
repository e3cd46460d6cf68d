import { quantity } from '../../model/values/quantity.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { at, fields, items, shown, type Path } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const bytesFractional: StateRule = {
  id: 'bytes-fractional',
  severity: 'warning',
  reason: 'm is a thousandth, so this is next to no memory or disk: with such a limit no container starts',
  fix: 'write the unit of what is meant: Mi or M for megabytes, Gi or G for gigabytes',
  check: (state) =>
    inTurn(state.workloads, ({ object, pod: { spec } }) =>
      [...containers(spec, 'containers'), ...containers(spec, 'initContainers'), ...volumes(spec)].flatMap(
        ({ path, value }) => {
          const bytes = quantity(value);
          // 1.1Gi is no whole number of bytes either, which does no harm.
          if (bytes === undefined || Number.isInteger(bytes) || !/[\dmun]$/.test(shown(value))) {
            return [];
          }
          const [name] = path.slice(-1);
          return [
            {
              object,
              path: [...POD_PATH, ...path],
              what: `${name} is ${shown(value)}, which is ${bytes} bytes`,
            },
          ];
        },
      ),
    ),
};

interface Bytes {
  readonly path: Path;
  readonly value: unknown;
}

function containers(spec: unknown, list: string): readonly Bytes[] {
  return items(at(spec, list)).flatMap(({ index, item }) =>
    ['requests', 'limits'].flatMap((kind) =>
      Object.entries(fields(at(item.resources, kind)))
        .filter(([resource]) => /^(?:memory|ephemeral-storage|hugepages-.*)$/.test(resource))
        .map(([resource, value]) => ({ path: [list, index, 'resources', kind, resource], value })),
    ),
  );
}

function volumes(spec: unknown): readonly Bytes[] {
  return items(at(spec, 'volumes')).map(({ index, item }) => ({
    path: ['volumes', index, 'emptyDir', 'sizeLimit'],
    value: at(item, 'emptyDir', 'sizeLimit'),
  }));
}
