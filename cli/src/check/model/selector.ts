import { fields, items, text, type Fields } from '../read/fields.js';

/** Labels that controllers add to each pod, and no pod template has. */
const addedLabels: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
]);

/** What a plain selector asks of a pod template: everything but the labels that controllers add to the pods. */
export function templateLabels(selector: Fields): readonly (readonly [string, unknown])[] {
  return Object.entries(selector).filter(([name]) => !addedLabels.has(name));
}

/** Whether the labels of a template match the plain selector of a Service. An empty one selects nothing. */
export function matchesLabels(selector: Fields, labels: Fields): boolean {
  const wanted = templateLabels(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

/** Whether labels match a LabelSelector. One that is not there matches nothing, an empty one everything. */
export function matchesSelector(selector: unknown, labels: Fields): boolean {
  if (typeof selector !== 'object' || selector === null) return false;
  const { matchLabels, matchExpressions } = selector as Fields;
  return (
    Object.entries(fields(matchLabels)).every(([name, value]) => labels[name] === value) &&
    items(matchExpressions).every(({ item }) => matchesExpression(item, labels))
  );
}

function matchesExpression({ key, operator, values }: Fields, labels: Fields): boolean {
  const name = text(key) ?? '';
  const has = Object.hasOwn(labels, name);
  const isOneOf = has && Array.isArray(values) && values.includes(labels[name]);
  switch (operator) {
    case 'In':
      return isOneOf;
    case 'NotIn':
      return !isOneOf;
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return !has;
    default:
      return false;
  }
}
