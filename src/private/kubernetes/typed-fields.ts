import type { ApiObject } from 'cdk8s';
import { JsonPatch } from 'cdk8s';
import { jsonPatches } from './cdk8s-plus';
import type { Manifest } from './manifest';

/** The patches of objects that get typed fields. */
const patched = new WeakMap<ApiObject, JsonPatch[]>();

/**
 * The JSON patches of an object.
 */
export function patchesOf(object: ApiObject): readonly JsonPatch[] {
  return patched.get(object) ?? jsonPatches(object);
}

/**
 * Lets `complete` add to an object of cdk8s-plus-27 the fields that its types do not know.
 *
 * `complete` changes the manifest that cdk8s-plus-27 rendered. A user's JSON patches apply after that, to every
 * field in Kubernetes' own spelling. Otherwise cdk8s-plus-27 would drop patched fields that its types do not
 * know.
 */
export function addTypedFields(object: ApiObject, complete: (manifest: Manifest) => void = () => {}): void {
  const render = object.toJson.bind(object);
  const patches: JsonPatch[] = [];
  patched.set(object, patches);
  object.addJsonPatch = (...ops) => {
    patches.push(...ops);
  };
  object.toJson = () => {
    const manifest = render();
    complete(manifest);
    return sorted(JsonPatch.apply(manifest, ...patches));
  };
}

/** Keys in alphabetical order, as cdk8s writes them, without keys that have no value. */
function sorted(value: Manifest): Manifest {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const result: Manifest = {};
  for (const key of Object.keys(value).sort()) {
    if (value[key] !== undefined) {
      result[key] = sorted(value[key]);
    }
  }
  return result;
}
