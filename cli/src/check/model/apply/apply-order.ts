import type { ManifestObject } from '../../read/object.js';
import { annotation } from '../services/service.js';
import type { Workload } from '../workloads/workload.js';

/**
 * Whether a tool applies an object after others: as a hook that Helm or Argo CD runs at the end, or in a later wave of Argo CD,
 * which waits until those of the waves before are ready.
 */
export function isAppliedAfter(object: ManifestObject, others: readonly Workload[]): boolean {
  const hooks = ['helm.sh/hook', 'argocd.argoproj.io/hook'].map((name) => annotation(object, name) ?? '');
  return (
    hooks.some((hook) => LAST_HOOKS.test(hook)) ||
    others.every((other) => waveOf(other.object) < waveOf(object))
  );
}

const LAST_HOOKS = /^\s*(?:post-install|post-upgrade|PostSync)\b(?!.*\b(?:pre-|PreSync|Sync\b))/;

function waveOf(object: ManifestObject): number {
  return Number(annotation(object, 'argocd.argoproj.io/sync-wave') ?? 0) || 0;
}
