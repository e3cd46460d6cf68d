import { fields, items, text, type Fields } from '../read/fields.js';

/** Whether labels match the plain selector of a Service. An empty one selects nothing. */
export function matchesLabels(selector: Fields, labels: Fields): boolean {
  const wanted = Object.entries(selector);
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
