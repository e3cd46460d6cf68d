import { isDeepStrictEqual } from 'node:util';
import { at, fields, isFields, items, text, type Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';

/** Labels that controllers add to each pod, and no pod template has. */
const ADDED_LABELS: ReadonlySet<string> = new Set([
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

/** What a selector asks of one label. */
export interface Requirement {
  readonly label: string;
  readonly operator: unknown;
  readonly values: ReadonlySet<unknown>;
}

/** The LabelSelector of the pods that a Service, a NetworkPolicy, or anything else with spec.selector, selects. */
export function selectorOf({ group, kind, body }: ManifestObject): unknown {
  if (kind === 'NetworkPolicy') {
    return at(body, 'spec', 'podSelector');
  }
  const selector = at(body, 'spec', 'selector');
  return kind === 'Service' || (group.includes('.') && isPlain(selector))
    ? fromPlain(fields(selector))
    : selector;
}

/** Whether a selector of a custom workload names labels as that of a Service does, as in a DeploymentConfig. */
function isPlain(selector: unknown): boolean {
  return isFields(selector) && Object.values(selector).some((value) => typeof value === 'string');
}

/**
 * The LabelSelector that asks the same of a pod template as the plain selector of a Service: everything but the labels that
 * controllers add to the pods. Undefined if nothing is left, which selects nothing.
 */
export function fromPlain(selector: Fields): unknown {
  const wanted = Object.entries(selector).filter(([name]) => !ADDED_LABELS.has(name));
  return wanted.length > 0 ? { matchLabels: Object.fromEntries(wanted) } : undefined;
}

/** Whether labels match a LabelSelector. A missing selector matches nothing, an empty one everything. */
export function matchesSelector(selector: unknown, labels: Fields): boolean {
  return requirementsOf(selector)?.every((requirement) => meets(labels, requirement)) ?? false;
}

/** Whether two LabelSelectors are written alike; an empty part means the same as a missing one. */
export function isSameSelector(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((selector) => ({
    labels: fields(at(selector, 'matchLabels')),
    expressions: items(at(selector, 'matchExpressions')).map(({ item }) => item),
  }));
  return isDeepStrictEqual(first, second);
}

/** What a LabelSelector asks of labels; undefined if it is missing, so that it matches nothing. */
export function requirementsOf(selector: unknown): readonly Requirement[] | undefined {
  if (typeof selector !== 'object' || selector === null) {
    return undefined;
  }
  const { matchLabels, matchExpressions } = selector as Fields;
  return [
    ...Object.entries(fields(matchLabels)).map(([label, value]) => ({
      label,
      operator: 'In',
      values: new Set([value]),
    })),
    ...items(matchExpressions).map(({ item: { key, operator, values } }) => ({
      label: text(key) ?? '',
      operator,
      values: new Set<unknown>(Array.isArray(values) ? values : []),
    })),
  ];
}

/** Whether labels are what a requirement asks for. */
export function meets(labels: Fields, { label, operator, values }: Requirement): boolean {
  const has = Object.hasOwn(labels, label);
  const isOneOf = has && values.has(labels[label]);
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
