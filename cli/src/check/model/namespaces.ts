import { at, fields } from '../read/fields.js';
import { title, type ManifestObject, type Problem } from '../read/object.js';
import { targetOf } from './autoscaler.js';
import { Selectable } from './selectable.js';
import { matchesLabels, matchesSelector, templateLabels } from './selector.js';
import type { State } from './state.js';
import type { Workload } from './workload.js';

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
  const workloads = new Anywhere(state.workloads);
  const services = groupBy(state.services, ({ name }) => name);
  return [
    ...state.services.map((from) => {
      const selector = fields(at(from.body, 'spec', 'selector'));
      const wanted = Object.fromEntries(templateLabels(selector));
      return { from, to: workloads.select(wanted, ({ pod }) => matchesLabels(selector, pod.labels)) };
    }),
    ...state.budgets.map((from) => {
      const selector = at(from.body, 'spec', 'selector');
      // An empty selector means all pods of one namespace.
      if (Object.keys(fields(selector)).length === 0) return { from, to: [] };
      const wanted = fields(at(selector, 'matchLabels'));
      return { from, to: workloads.select(wanted, ({ pod }) => matchesSelector(selector, pod.labels)) };
    }),
    ...state.autoscalers.map((from) => {
      const { kind, name } = targetOf(from);
      return { from, to: workloads.named(kind, name) };
    }),
    ...state.backends
      .filter(({ object, namespace }) => namespace === object.namespace)
      .map(({ object, service }) => ({ from: object, to: services.get(service) ?? [] })),
  ];
}

/** Workloads as if all were in one namespace. */
class Anywhere {
  private readonly originals: ReadonlyMap<Workload, ManifestObject>;
  private readonly selectable: Selectable;
  private readonly byName: ReadonlyMap<string, readonly ManifestObject[]>;

  constructor(workloads: readonly Workload[]) {
    this.originals = new Map(
      workloads.map((workload) => [
        { ...workload, object: { ...workload.object, namespace: '' } },
        workload.object,
      ]),
    );
    this.selectable = new Selectable([...this.originals.keys()]);
    this.byName = groupBy(
      workloads.map(({ object }) => object),
      ({ kind, name }) => JSON.stringify([kind, name]),
    );
  }

  select(wanted: Record<string, unknown>, matches: (workload: Workload) => boolean) {
    const found = this.selectable.candidates('', wanted).filter(matches);
    return found.flatMap((workload) => this.originals.get(workload) ?? []);
  }

  named(kind: unknown, name: unknown): readonly ManifestObject[] {
    return this.byName.get(JSON.stringify([kind, name])) ?? [];
  }
}

function groupBy(
  objects: readonly ManifestObject[],
  keyOf: (object: ManifestObject) => string,
): ReadonlyMap<string, readonly ManifestObject[]> {
  const groups = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    const group = groups.get(keyOf(object));
    if (group === undefined) groups.set(keyOf(object), [object]);
    else group.push(object);
  }
  return groups;
}

function missing({ kind, file, line }: ManifestObject, other: ManifestObject): Problem {
  const where = `${title(other)} in ${other.file}:${other.line}`;
  return {
    file,
    line,
    message: `this ${kind} has no namespace, and ${where} belongs to it; write metadata.namespace: ${other.namespace}`,
  };
}
