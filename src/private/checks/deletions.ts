import { ApiObject } from 'cdk8s';
import { deletingAnnotations } from '../deleting-annotations';
import { Refusal } from '../refusal';
import { rendered } from '../rendered';
import { patchesOf } from '../typed-fields';
import type { Checked } from './checked';

/**
 * Objects that a tool deletes, or puts others in their place, each time it applies them.
 */
export function* deletions({ objects, settings }: Checked): Iterable<Refusal> {
  if (settings.props.acceptDowntimeOnRollout) {
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
