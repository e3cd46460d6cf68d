import { at, text } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';

/** The annotations that make Argo CD, Flux and Helm keep an object that is no longer in the manifests. */
const KEEP_ANNOTATIONS: Readonly<Record<string, RegExp>> = {
  'argocd.argoproj.io/sync-options': /(?:^|,)\s*Prune=false\s*(?:,|$)/,
  'kustomize.toolkit.fluxcd.io/prune': /^disabled$/,
  'helm.sh/resource-policy': /^keep$/,
};

/** Whether an object says that it is not deleted with its manifest. */
export function isKept({ body }: ManifestObject): boolean {
  return Object.entries(KEEP_ANNOTATIONS).some(([name, value]) =>
    value.test(text(at(body, 'metadata', 'annotations', name)) ?? ''),
  );
}
