import { ApiObject, JsonPatch } from 'cdk8s';

/** An object as Kubernetes reads it. */
export type Manifest = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The patches of objects that get typed fields. */
const patched = new WeakMap<ApiObject, JsonPatch[]>();

/**
 * The JSON patches of an object. cdk8s keeps those of others to itself.
 */
export function patchesOf(object: ApiObject): readonly JsonPatch[] {
  return patched.get(object) ?? (object as unknown as { patches: JsonPatch[] }).patches;
}

/**
 * Lets `complete` add to an object of cdk8s-plus-27 the fields that its types do not know.
 *
 * `complete` gets the manifest that cdk8s-plus-27 made and changes it. A user's JSON patches apply after it
 * and reach every field in Kubernetes' own spelling; without this, cdk8s-plus-27 drops from them what its
 * types do not know.
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

/** Keys in alphabetical order, as cdk8s writes them, without those that have no value. */
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
