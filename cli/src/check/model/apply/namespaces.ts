import { fields } from '../../read/fields.js';
import { title, type ManifestObject, type Problem } from '../../read/object.js';
import { targetKey } from '../workloads/autoscaler.js';
import { groupBy } from '../values/grouped.js';
import { Selectable } from '../selectors/selectable.js';
import { selectorOf } from '../selectors/selector.js';
import type { State } from '../state.js';

/** Objects, and those that each of them refers to when namespaces are ignored. */
interface References {
  readonly from: readonly ManifestObject[];
  readonly to: readonly ManifestObject[];
}

/**
 * Objects without a namespace beside others with one, where one of them refers to the other: a Service to pods, a budget to
 * pods, an autoscaler to its target, an Ingress or route to a Service. It is unknown which namespace is meant, so neither is
 * checked with the other. Manifests without any namespace are fine, and so is an object without one that refers to nothing.
 */
export function missingNamespaces(state: State): readonly Problem[] {
  const named = state.objects.some(({ namespace }) => namespace !== '');
  const unnamed = state.objects.some(({ namespace }) => namespace === '');
  if (!named || !unnamed) {
    return [];
  }
  const problems = new Map<ManifestObject, Problem>();
  for (const { from, to } of referencesOf(state)) {
    const namespaces = new Set(to.map(({ namespace }) => namespace));
    const elsewhere = from.filter(({ namespace }) => !namespaces.has(namespace));
    for (const object of elsewhere.filter(({ namespace }) => namespace === '')) {
      if (to.length > 0) {
        problems.set(object, missing(object, to[to.length - 1]));
      }
    }
    const other = elsewhere.filter(({ namespace }) => namespace !== '').pop();
    if (other === undefined) {
      continue;
    }
    for (const object of to.filter(({ namespace }) => namespace === '')) {
      problems.set(object, missing(object, other));
    }
  }
  return [...problems.values()];
}

/** The references of all objects. Those with the same targets are together. */
function referencesOf(state: State): readonly References[] {
  const pods = new Selectable(
    state.workloads.map(({ object, pod: { labels } }) => ({ namespace: '', labels, object })),
  );
  const bySelector = (objects: readonly ManifestObject[]) =>
    [...groupBy(objects, (object) => JSON.stringify(selectorOf(object))).values()].map((from) => ({
      from,
      to: pods.select(from[0], '').map(({ object }) => object),
    }));
  // An empty selector means all pods of one namespace.
  const budgets = state.budgets.filter((budget) => Object.keys(fields(selectorOf(budget))).length > 0);
  const workloads = groupBy(state.workloadObjects, ({ kind, name }) => targetKey('', kind, name));
  const autoscalers = groupBy(state.autoscalers, ({ target: { kind, name } }) => targetKey('', kind, name));
  const services = groupBy(state.services, ({ name }) => name);
  const backends = groupBy(
    state.backends.filter(({ object, namespace }) => namespace === object.namespace),
    ({ service }) => service,
  );
  return [
    ...bySelector(state.services),
    ...bySelector(budgets),
    ...[...autoscalers].map(([target, from]) => ({
      from: from.map(({ object }) => object),
      to: workloads.get(target) ?? [],
    })),
    ...[...backends].map(([service, from]) => ({
      from: from.map(({ object }) => object),
      to: services.get(service) ?? [],
    })),
  ];
}

function missing({ kind, file, line }: ManifestObject, other: ManifestObject): Problem {
  const where = `${title(other)} in ${other.file}:${other.line}`;
  return {
    file,
    line,
    message: `this ${kind} has no namespace, and ${where} belongs to it; write metadata.namespace: ${other.namespace}`,
  };
}
