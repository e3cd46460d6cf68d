import { configsOf } from '../../model/references/references.js';
import { fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { once } from '../../model/values/once.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const configKeyMissing: StateRule = {
  id: 'config-key-missing',
  severity: 'error',
  reason: 'a container whose variable or file has no value does not start, so the rollout waits for its pod',
  fix: 'add the key, correct its name, or write optional: true',
  check: (state) => {
    const keysOf = once(keysIn);
    if (['ConfigMap', 'Secret'].every((kind) => state.ofKind('', kind).length === 0)) {
      return [];
    }
    return inTurn(state.running(state.workloads), ({ object, pod }) =>
      configsOf(pod).flatMap(({ kind, name, named = new Set() }) => {
        const config = state.beside(object, '', kind, name);
        const known = config === undefined ? undefined : keysOf(config);
        // What has no key at all is filled by a controller, as bundles of certificates are.
        if (known === undefined || known.size === 0) {
          return [];
        }
        return [...named]
          .filter((key) => !known.has(key))
          .map((key) => ({
            object,
            path: ['spec', 'template', 'spec'],
            what: `its pods need the key ${key} of ${kind} ${name}, which does not have it`,
          }));
      }),
    );
  },
};

function keysIn({ body }: ManifestObject): ReadonlySet<string> {
  return new Set(['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(fields(body[field]))));
}
