import { unknownFields } from '../../kubernetes/unknown-fields.js';
import { describe } from '../../kubernetes/unknown-field.js';
import type { Shape } from '../../kubernetes/shape.js';
import type { State } from '../../model/state.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const fieldUnknown: StateRule = {
  id: 'field-unknown',
  severity: 'error',
  reason:
    'kubectl apply is refused (strict decoding error: unknown field), and Helm 3 leaves the field out with a warning at most, so that the default counts instead of what it says',
  fix: 'correct the name of the field or its place, or leave it out; --kubernetes-version says which Kubernetes is meant',
  check: (state) =>
    inTurn(state.objects, function* (object) {
      const { shape, who } = shapeOf(state, object) ?? {};
      if (shape === undefined || who === undefined) {
        return;
      }
      for (const field of unknownFields(object.body, shape)) {
        yield { object, path: [...field.around, field.name], what: describe(who, field) };
      }
    }),
};

/** What may be in an object, and who says so. */
function shapeOf(
  state: State,
  object: ManifestObject,
): { readonly shape: Shape; readonly who: string } | undefined {
  const { api } = state;
  const shape = api.shapeOf(object.apiVersion, object.kind);
  if (shape !== undefined) {
    return { shape, who: api.title };
  }
  const definition = state.definitionOf(object);
  const version = object.apiVersion.slice(object.group.length + 1);
  const defined = definition?.versions.find(({ name, isServed }) => isServed && name === version);
  return defined && { shape: defined.shape, who: 'its CustomResourceDefinition' };
}
