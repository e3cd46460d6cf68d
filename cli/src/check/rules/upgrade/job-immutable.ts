import { isDeepStrictEqual } from 'node:util';
import { at, number, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const jobImmutable: UpgradeRule = {
  id: 'job-immutable',
  severity: 'error',
  reason:
    'the API server refuses a change of what a Job runs, so the apply fails, and what waits for the Job with it',
  fix: 'give the Job a new name in every version, or delete it before the apply, as hooks of Helm and Argo CD do',
  check: (from, to) =>
    to.changes(from, to.ofKind('batch', 'Job')).flatMap(({ before, object }) => {
      if (isReplaced(object.body) || isGone(before)) {
        return [];
      }
      return ['template', 'selector', 'completionMode']
        .filter((field) => !isDeepStrictEqual(at(before.body, 'spec', field), at(object.body, 'spec', field)))
        .map((field) => ({ object, path: ['spec', field], what: `spec.${field} changed` }));
    }),
};

/** Whether the old one is deleted when it has finished, unless a cluster shows that it is still there. */
function isGone({ body }: ManifestObject): boolean {
  const isLive = at(body, 'metadata', 'uid') !== undefined;
  return !isLive && number(at(body, 'spec', 'ttlSecondsAfterFinished')) !== undefined;
}

/** Whether Argo CD, Helm or Flux deletes the old one first. */
function isReplaced(body: unknown): boolean {
  const annotations = at(body, 'metadata', 'annotations');
  return (
    ['argocd.argoproj.io/hook', 'helm.sh/hook'].some((name) => at(annotations, name) !== undefined) ||
    at(annotations, 'kustomize.toolkit.fluxcd.io/force') === 'enabled' ||
    /Force=true|Replace=true/.test(text(at(annotations, 'argocd.argoproj.io/sync-options')) ?? '')
  );
}
