import { at, text } from '../read/fields.js';

/** Whether Argo CD, Helm or Flux deletes an object before it makes the new one. */
export function isReplaced(body: unknown): boolean {
  const annotations = at(body, 'metadata', 'annotations');
  return (
    ['argocd.argoproj.io/hook', 'helm.sh/hook'].some((name) => at(annotations, name) !== undefined) ||
    at(annotations, 'kustomize.toolkit.fluxcd.io/force') === 'enabled' ||
    /Force=true|Replace=true/.test(text(at(annotations, 'argocd.argoproj.io/sync-options')) ?? '')
  );
}
