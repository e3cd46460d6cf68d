import type { ApiObject } from 'cdk8s';
import { deletingAnnotations } from '../kubernetes/deleting-annotations';
import { patchesOf } from '../kubernetes/typed-fields';
import type { Refusal } from '../refusals/refusal';
import { rendered } from './app/rendered';
import type { Checked } from './checked';

/**
 * Objects that a tool deletes or replaces each time it applies them.
 */
export function* deletions({ objects, settings }: Checked): Iterable<Refusal> {
  if (settings.accepted.acceptDowntimeOnRollout) {
    return;
  }
  for (const object of objects) {
    yield* deletingAnnotations(`${object.kind} annotations`, `the ${object.kind}`, annotationsOf(object));
  }
}

function annotationsOf(object: ApiObject): Record<string, string> {
  const { annotations = {} } =
    patchesOf(object).length > 0 ? rendered(object).metadata : (object.metadata.toJson() ?? {});
  return annotations;
}
