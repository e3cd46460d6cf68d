import { isServedKind, versionsOfGroup } from '../kubernetes/api.js';
import { groupOf } from './object.js';
import { retiredKind } from './retired-kinds.js';

/** Why an object cannot be checked: a typing error in its kind or version, or an API group that is no longer served. */
export function unknownKind(apiVersion: string, kind: string): string | undefined {
  if (isServedKind(apiVersion, kind) || unknownVersion(apiVersion, kind) !== undefined) {
    return undefined;
  }
  const retired = retiredKind(apiVersion, kind);
  if (retired !== undefined) {
    return retired.why;
  }
  if (versionsLike(apiVersion).length > 0) {
    return `${apiVersion} has no kind ${kind}; correct apiVersion or kind`;
  }
  if (apiVersion.startsWith('extensions/')) {
    return `${apiVersion} is not served by Kubernetes 1.22 or newer`;
  }
  return apiVersion.includes('/') ? undefined : `${apiVersion} is not known here; write v1`;
}

/** What to write instead of a version that is not known or not served. The object is checked as if it had a known version. */
export function unknownVersion(apiVersion: string, kind: string): string | undefined {
  if (isServedKind(apiVersion, kind)) {
    return undefined;
  }
  const retired = retiredKind(apiVersion, kind);
  if (retired !== undefined) {
    return retired.isReadable ? retired.why : undefined;
  }
  const versions = versionsLike(apiVersion, kind);
  return versions.length === 0
    ? undefined
    : `${apiVersion} is not known here; write ${versions.join(' or ')}`;
}

/** The versions of the API group of a version; with a kind, those that have it. */
function versionsLike(apiVersion: string, kind?: string): readonly string[] {
  return apiVersion.includes('/') || apiVersion === 'v1' ? versionsOfGroup(groupOf(apiVersion), kind) : [];
}
