import { at, fields } from '../read/fields.js';
import { title, type ManifestObject, type Problem } from '../read/object.js';
import { matchesLabels, matchesSelector } from './selector.js';
import { scales, type State } from './state.js';

/** An object, and those that it refers to if namespaces do not count. */
interface Reference {
  readonly from: ManifestObject;
  readonly to: readonly ManifestObject[];
}

/**
 * Objects without a namespace beside others with one, where one of them refers to the other: a Service to pods, a
 * budget to pods, an autoscaler to its target, an Ingress or route to a Service. Which namespace is meant cannot be
 * told, so neither is checked with the other. Manifests without any namespace are fine, and so is an object without
 * one that refers to nothing.
 */
export function missingNamespaces(state: State): readonly Problem[] {
  const named = state.objects.some(({ namespace }) => namespace !== '');
  const unnamed = state.objects.some(({ namespace }) => namespace === '');
  if (!named || !unnamed) return [];
  const problems = new Map<ManifestObject, Problem>();
  for (const { from, to } of referencesOf(state)) {
    if (to.some(({ namespace }) => namespace === from.namespace)) continue;
    for (const object of to) {
      if (from.namespace === '') problems.set(from, missing(from, object));
      else if (object.namespace === '') problems.set(object, missing(object, from));
    }
  }
  return [...problems.values()];
}

function referencesOf(state: State): readonly Reference[] {
  const selected = (matches: (workload: State['workloads'][number]) => boolean) =>
    state.workloads.filter(matches).map(({ object }) => object);
  return [
    ...state.services.map((from) => ({
      from,
      to: selected(({ pod }) => matchesLabels(fields(at(from.body, 'spec', 'selector')), pod.labels)),
    })),
    ...state.budgets.map((from) => ({
      from,
      // An empty selector means all pods of one namespace.
      to: isEmpty(at(from.body, 'spec', 'selector'))
        ? []
        : selected(({ pod }) => matchesSelector(at(from.body, 'spec', 'selector'), pod.labels)),
    })),
    ...state.autoscalers.map((from) => ({ from, to: selected(({ object }) => scales(from, object)) })),
    ...state.backends
      .filter(({ object, namespace }) => namespace === object.namespace)
      .map(({ object, service }) => ({
        from: object,
        to: state.services.filter(({ name }) => name === service),
      })),
  ];
}

function isEmpty(selector: unknown): boolean {
  return Object.keys(fields(selector)).length === 0;
}

function missing({ kind, file, line }: ManifestObject, other: ManifestObject): Problem {
  const where = `${title(other)} in ${other.file}:${other.line}`;
  return {
    file,
    line,
    message: `this ${kind} has no namespace, and ${where} belongs to it; write metadata.namespace: ${other.namespace}`,
  };
}
