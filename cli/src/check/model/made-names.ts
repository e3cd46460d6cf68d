import { at, fields, isFields } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';
import { groupBy } from './grouped.js';
import { once } from './once.js';
import type { State } from './state.js';

/** API groups whose objects make no other ones. */
const OF_KUBERNETES = /^(?:|apps|batch|policy|autoscaling|.*\.k8s\.io)$/;

/**
 * Finds the names of objects that others may make in a namespace when they are applied: all texts in custom resources, such as
 * the Secret of a Certificate, and in annotations of Services, and all words in the commands of Jobs. Custom resources of the
 * whole cluster may make objects in each namespace.
 */
export function namesMade(state: State): (namespace: string) => ReadonlySet<string> {
  const objects = groupBy(state.objects, ({ namespace }) => namespace);
  const commands = groupBy(state.otherPods, ({ object }) => object.namespace);
  return once((namespace: string) => {
    const names = new Set<string>();
    for (const place of new Set([namespace, ''])) {
      for (const object of objects.get(place) ?? []) {
        addNamesOf(object, names);
      }
    }
    for (const { pod } of commands.get(namespace) ?? []) {
      for (const { spec } of pod.containers) {
        addWords([spec.command, spec.args], names);
      }
    }
    return names;
  });
}

function addNamesOf({ group, kind, name, body }: ManifestObject, names: Set<string>): void {
  if (!OF_KUBERNETES.test(group)) {
    names.add(name);
    addTexts(body.spec, names);
  } else if (kind === 'Service') {
    addTexts(fields(at(body, 'metadata', 'annotations')), names);
  }
}

function addTexts(value: unknown, names: Set<string>): void {
  eachText(value, (one) => names.add(one));
}

/** Adds what may be names in texts, such as those of options. */
function addWords(value: unknown, names: Set<string>): void {
  eachText(value, (one) => one.match(/[a-z\d][a-z\d.-]*/g)?.forEach((word) => names.add(word)));
}

function eachText(value: unknown, use: (text: string) => void): void {
  if (typeof value === 'string') {
    use(value);
  } else if (Array.isArray(value)) {
    value.forEach((item) => eachText(item, use));
  } else if (isFields(value)) {
    Object.values(value).forEach((item) => eachText(item, use));
  }
}
