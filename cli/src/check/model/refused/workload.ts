import { at, fields, items, shown, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { meets, requirementsOf, selectorOf } from '../selectors/selector.js';
import { noNumbers } from './numbers.js';
import { wrongPod } from './pod.js';
import { refusedIf, type Refusal } from './refusal.js';
import { noTexts } from './texts.js';

const NUMBERS = ['replicas', 'minReadySeconds', 'progressDeadlineSeconds', 'revisionHistoryLimit'];

/** What the API server does not take of a Deployment, StatefulSet, DaemonSet or ReplicaSet, its strategy apart. */
export function wrongWorkload(object: ManifestObject): readonly Refusal[] {
  const { body } = object;
  const template = at(body, 'spec', 'template');
  const claims = items(at(body, 'spec', 'volumeClaimTemplates'));
  const restarts = at(template, 'spec', 'restartPolicy');
  return [
    ...wrongSelector(object),
    ...noNumbers(body, ['spec'], NUMBERS),
    ...refusedIf(
      restarts !== undefined && restarts !== null && restarts !== 'Always',
      ['spec', 'template', 'spec', 'restartPolicy'],
      () => `restartPolicy is ${shown(restarts)}, and a pod that answers requests needs Always`,
    ),
    ...wrongPod(
      template,
      ['spec', 'template'],
      claims.flatMap(({ item }) => text(at(item, 'metadata', 'name')) ?? []),
    ),
  ];
}

/** What the API server does not take of the selector of a workload. */
export function wrongSelector(object: ManifestObject): readonly Refusal[] {
  const { body } = object;
  const path = ['spec', 'selector'];
  const selector = selectorOf(object);
  const labels = at(body, 'spec', 'template', 'metadata', 'labels');
  // A patch of a workload has no selector, or no labels.
  if (selector === undefined || labels === undefined) {
    return [];
  }
  const noLabels = noTexts(selector, ['matchLabels']);
  if (noLabels.length > 0) {
    return noLabels.map((one) => ({ ...one, path: [...path, ...one.path] }));
  }
  const requirements = requirementsOf(selector) ?? [];
  if (requirements.length === 0) {
    return [{ path, what: 'its selector asks for no label; write the labels of the template' }];
  }
  return requirements
    .filter((requirement) => !meets(fields(labels), requirement))
    .map(({ label, operator, values }) => ({
      path,
      what:
        operator === 'In' && values.size === 1
          ? `its selector asks for ${label}: ${shown([...values][0])}, and its template has ${has(labels, label)}`
          : `its template does not have the label ${label} as its selector asks for it`,
    }));
}

function has(labels: unknown, label: string): string {
  const value = at(labels, label);
  return value === undefined ? 'no such label' : `${label}: ${shown(value)}`;
}
