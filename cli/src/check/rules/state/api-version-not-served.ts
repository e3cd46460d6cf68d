import { shorten } from '../../../shared/untrusted-text.js';
import type { State } from '../../model/state.js';
import { MAX_NAME_LENGTH, type ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const apiVersionNotServed: StateRule = {
  id: 'api-version-not-served',
  severity: 'error',
  reason: 'the API server refuses the object, so what is applied together is applied in part',
  fix: 'write a version that is served, with the fields of that version; --kubernetes-version says which Kubernetes is meant',
  check: (state) =>
    inTurn(state.objects, (object) => {
      const what = notServed(state, object) ?? notDefined(state, object);
      return what === undefined ? [] : [{ object, path: ['apiVersion'], what }];
    }),
};

/** Of a kind of Kubernetes: that the version that is checked for does not serve it, but another one does. */
function notServed({ api }: State, { apiVersion, group, kind }: ManifestObject): string | undefined {
  const when = api.serves(apiVersion, kind) ? undefined : api.whenServed(apiVersion, kind);
  if (when === undefined) {
    return undefined;
  }
  const others = api.versionsWith(group, kind);
  const instead = others.length > 0 ? `write ${others.join(' or ')}` : 'this kind has no other version';
  return `${api.title} serves ${kind} of ${apiVersion} ${when}; ${instead}`;
}

/** Of a custom resource: that its definition among the manifests does not serve its version. */
function notDefined(state: State, object: ManifestObject): string | undefined {
  const definition = state.definitionOf(object);
  if (definition === undefined) {
    return undefined;
  }
  const served = definition.versions.filter(({ isServed }) => isServed).map(({ name }) => name);
  const version = object.apiVersion.slice(object.group.length + 1);
  if (served.length === 0 || served.includes(version)) {
    return undefined;
  }
  const [wrong, ...right] = [version, ...served].map((one) => shorten(one, MAX_NAME_LENGTH));
  return `its CustomResourceDefinition does not serve ${wrong}; write ${right.map((one) => `${object.group}/${one}`).join(' or ')}`;
}
