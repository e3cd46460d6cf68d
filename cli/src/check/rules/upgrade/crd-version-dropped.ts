import { groupBy } from '../../model/values/grouped.js';
import type { State } from '../../model/state.js';
import { at, items, shown } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const crdVersionDropped: UpgradeRule = {
  id: 'crd-version-dropped',
  severity: 'error',
  reason: 'the API server refuses a definition without a version that it has stored, so the apply fails',
  fix: 'keep the old version beside the new one until every object is stored in the new one and status.storedVersions says so',
  check: (from, to) => {
    const changes = to.changes(from, to.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition'));
    const usedVersions = changes.length > 0 ? versionsIn(from) : new Set();
    return inTurn(changes, ({ before, object }) => {
      const after = groupBy(versionsOf(object), ({ name }) => name);
      const stored = storedVersions(before);
      return versionsOf(before).flatMap(({ name, served }): readonly Breach[] => {
        const [still] = after.get(name) ?? [];
        const path = ['spec', 'versions'];
        if (still === undefined && stored.has(name)) {
          return [{ object, path, what: `version ${name} is stored, and it is gone` }];
        }
        if (!served || still?.served) {
          return [];
        }
        const isUsed = usedVersions.has(`${groupOf(before)}/${name} ${kindOf(before)}`);
        return [
          {
            object,
            path,
            what: `version ${name} is not served any more`,
            severity: isUsed ? 'error' : 'warning',
            reason: 'requests of every client that asks for this version fail at once',
            fix: 'keep the version served until nobody asks for it',
          },
        ];
      });
    });
  },
};

interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly isStored: boolean;
}

function versionsOf({ body }: ManifestObject): readonly Version[] {
  return items(at(body, 'spec', 'versions')).map(({ item: { name, served, storage } }) => ({
    name: shown(name),
    served: served === true,
    isStored: storage === true,
  }));
}

/** The versions in which objects may be stored: in a cluster the status says so, else those that are stored today. */
function storedVersions(definition: ManifestObject): ReadonlySet<string> {
  const said = at(definition.body, 'status', 'storedVersions');
  return new Set(
    Array.isArray(said) && said.length > 0
      ? said.map(shown)
      : versionsOf(definition)
          .filter(({ isStored }) => isStored)
          .map(({ name }) => name),
  );
}

/** The versions and kinds of the objects in manifests. */
function versionsIn(state: State): ReadonlySet<string> {
  return new Set(state.objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
}

function groupOf({ body }: ManifestObject): string {
  return shown(at(body, 'spec', 'group'));
}

function kindOf({ body }: ManifestObject): string {
  return shown(at(body, 'spec', 'names', 'kind'));
}
