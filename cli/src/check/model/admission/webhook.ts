import { at, fields, items, text, type Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { matchesSelector, requirementsOf } from '../selectors/selector.js';

/** Whether a webhook is asked when a pod is created. With conditions in an expression that is unknown, and counts as no. */
export function guardsPods(webhook: Fields): boolean {
  const isAsked = items(webhook.rules).some(
    ({ item }) =>
      includes(item.apiGroups, '') &&
      includes(item.operations, 'CREATE') &&
      item.scope !== 'Cluster' &&
      (includes(item.resources, 'pods') || includes(item.resources, '*/*')),
  );
  return isAsked && items(webhook.matchConditions).length === 0;
}

/**
 * Whether the namespaceSelector of a webhook selects a namespace; undefined if that is unknown.
 * @param object the namespace, if it is among the manifests
 */
export function selectsNamespace(
  webhook: Fields,
  name: string,
  object?: ManifestObject,
): boolean | undefined {
  const selector = webhook.namespaceSelector ?? {};
  const isKnown = requirementsOf(selector)?.every(({ label }) => label === NAME_LABEL) ?? false;
  if (object === undefined && !isKnown) {
    return undefined;
  }
  const labels = { ...fields(at(object?.body, 'metadata', 'labels')), [NAME_LABEL]: name };
  return matchesSelector(selector, labels);
}

/** The name of a webhook in messages. */
export function webhookName({ name }: Fields): string {
  return `webhook ${text(name) ?? 'without a name'}`;
}

/** Every namespace has its name as this label. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

function includes(list: unknown, value: string): boolean {
  return Array.isArray(list) && (list.includes(value) || list.includes('*'));
}
