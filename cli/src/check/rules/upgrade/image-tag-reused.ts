import { at, shown, text } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const imageTagReused: UpgradeRule = {
  id: 'image-tag-reused',
  sameAs: 'mutable-image-tag',
  severity: 'info',
  reason: 'if other content was pushed under the tag, a rollback and a restarted old pod run the new one too',
  fix: 'give every version of the image a tag of its own, or refer to it by digest',
  check: (from, to) =>
    inTurn(to.changes(from, to.workloadObjects), ({ before, object }) => {
      const [old, is] = [from.workload(before), to.workload(object)];
      const [was, version] = [old, is].map((one) => text(one?.pod.labels['app.kubernetes.io/version']));
      if (is === undefined || was === undefined || version === undefined || was === version) {
        return [];
      }
      const images = new Set((old?.pod.containers ?? []).map(({ spec }) => spec.image));
      const reused = is.pod.containers.filter(
        ({ spec }) => images.has(spec.image) && !shown(spec.image).includes('@'),
      );
      // A sidecar may stay as it is, but one of the images has to be the new version.
      if (reused.length < is.pod.containers.length) {
        return [];
      }
      return reused.map(({ path, spec }) => ({
        object,
        path: ['spec', 'template', 'spec', ...path, 'image'],
        what: `the version was ${was} and is ${version}, and the image is ${text(at(spec, 'image')) ?? ''} as before`,
      }));
    }),
};
