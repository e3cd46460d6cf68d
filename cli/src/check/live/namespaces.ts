import { at, text } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import type { Parsed } from '../read/parse.js';
import { joinParsed } from '../read/read.js';
import type { ServedKinds } from './kinds.js';

/**
 * Manifests as an apply reads them: an object without a namespace is in the given one, and an object of a cluster-wide kind is
 * in none. If two objects become the same one by that, it is a problem.
 */
export function inNamespace(
  { objects, problems, isPart }: Parsed,
  namespace: string,
  kinds: ServedKinds,
): Parsed {
  const clusterWide = clusterWideDefinitions(objects);
  const placed = objects.map((object) => {
    const isNamespaced =
      kinds.find(object)?.isNamespaced ?? !clusterWide.has(`${object.group}/${object.kind}`);
    const place = isNamespaced ? object.namespace || namespace : '';
    return place === object.namespace ? object : { ...object, namespace: place };
  });
  return joinParsed([
    { objects: [], problems, isPart },
    { objects: placed, problems: [] },
  ]);
}

/** The kinds that the manifests define themselves and that have no namespaces; the cluster may not know them yet. */
function clusterWideDefinitions(objects: readonly ManifestObject[]): ReadonlySet<string> {
  const definitions = objects.filter(
    ({ kind, body }) => kind === 'CustomResourceDefinition' && at(body, 'spec', 'scope') === 'Cluster',
  );
  return new Set(
    definitions.map(
      ({ body }) =>
        `${text(at(body, 'spec', 'group')) ?? ''}/${text(at(body, 'spec', 'names', 'kind')) ?? ''}`,
    ),
  );
}
