import { POD_PATH } from '../../model/workloads/workload.js';
import { text } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const mutableImageTag: StateRule = {
  id: 'mutable-image-tag',
  severity: 'warning',
  reason:
    'a restarted pod may run another version than the others, and a rollback does not bring the old one back',
  fix: 'write a tag that is never used again, or a digest',
  check: (state) =>
    inTurn(state.workloads, ({ object, pod }) =>
      pod.containers.flatMap(({ name, path, spec }) => {
        const image = text(spec.image);
        // Knative runs the content that the tag had when it was applied.
        if (object.group === 'serving.knative.dev' || image === undefined || !isMutable(image)) {
          return [];
        }
        return [
          {
            object,
            path: [...POD_PATH, ...path, 'image'],
            what: `container ${name} runs the image ${image}`,
          },
        ];
      }),
    ),
};

function isMutable(image: string): boolean {
  // A tool such as ko writes the image's digest in place of what looks like a URL.
  if (image === '' || image.includes('@') || image.includes('://')) {
    return false;
  }
  const [, tag] = image.slice(image.lastIndexOf('/') + 1).split(':');
  return tag === undefined || tag === 'latest';
}
