import { isDeepStrictEqual } from 'node:util';
import { isReplaced } from '../../model/apply/recreated.js';
import { at, fields, number, type Fields } from '../../read/fields.js';
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
      if (isReplaced(object) || isGone(before)) {
        return [];
      }
      const [old, spec] = [before, object].map(({ body }) => fields(at(body, 'spec')));
      return ['template', 'selector', 'completionMode', 'podFailurePolicy', 'managedBy', 'completions']
        .filter((field) => !isDeepStrictEqual(old[field], spec[field]))
        .filter((field) => field !== 'completions' || !isElastic(old, spec))
        .map((field) => ({ object, path: ['spec', field], what: `spec.${field} changed` }));
    }),
};

/** Whether the API server may take another number of completions, or there was none or is none in the manifest. */
function isElastic(old: Fields, { completions, completionMode, parallelism }: Fields): boolean {
  const isWritten = old.completions !== undefined && completions !== undefined;
  return !isWritten || (completionMode === 'Indexed' && completions === parallelism);
}

/** Whether the old one is deleted when it has finished, unless a cluster shows that it is still there. */
function isGone({ body }: ManifestObject): boolean {
  const isLive = at(body, 'metadata', 'uid') !== undefined;
  return !isLive && number(at(body, 'spec', 'ttlSecondsAfterFinished')) !== undefined;
}
