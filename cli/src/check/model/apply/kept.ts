import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';

/** The annotations that make Argo CD, Flux, Helm, kapp and Config Sync keep an object that is no longer in the manifests. */
const KEEP_ANNOTATIONS: Readonly<Record<string, RegExp>> = {
  'argocd.argoproj.io/sync-options': /(?:^|,)\s*Prune=(?:false|confirm)\s*(?:,|$)/,
  'kustomize.toolkit.fluxcd.io/prune': /^disabled$/,
  'helm.sh/resource-policy': /^keep$/,
  'kapp.k14s.io/delete-strategy': /^orphan$/,
  'client.lifecycle.config.k8s.io/deletion': /^detach$/,
  'cli-utils.sigs.k8s.io/on-remove': /^keep$/,
};

/** Whether an object says that it is not deleted with its manifest. */
export function isKept({ body }: ManifestObject): boolean {
  return Object.entries(KEEP_ANNOTATIONS).some(([name, value]) =>
    value.test(text(at(body, 'metadata', 'annotations', name)) ?? ''),
  );
}
