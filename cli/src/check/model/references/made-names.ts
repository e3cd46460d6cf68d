import { at, fields, isFields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { groupBy } from '../values/grouped.js';
import { once } from '../values/once.js';
import type { State } from '../state.js';
import { isCustomWorkload } from '../workloads/workload.js';

/** API groups whose objects make no other ones. */
const OF_KUBERNETES = /^(?:|apps|batch|policy|autoscaling|.*\.k8s\.io)$/;

/**
 * Finds out whether others may make an object of a name in a namespace when they are applied: all texts in custom resources
 * count, such as the Secret of a Certificate, and in annotations of Services, and all words in the commands of Jobs. Custom
 * resources of the whole cluster may make objects in each namespace. What a custom workload asks for its pods it does not make.
 */
export function madeByOthers(state: State): (namespace: string, name: string) => boolean {
  const objects = groupBy(state.objects, ({ namespace }) => namespace);
  const commands = groupBy(state.otherPods, ({ object }) => object.namespace);
  const namesIn = once((namespace: string): ReadonlySet<string> => {
    const names = new Set<string>();
    for (const object of objects.get(namespace) ?? []) {
      addNamesOf(object, names);
    }
    for (const { pod } of commands.get(namespace) ?? []) {
      for (const { spec } of pod.containers) {
        addWords([spec.command, spec.args], names);
      }
    }
    return names;
  });
  return (namespace, name) => [namespace, ''].some((place) => namesIn(place).has(name));
}

function addNamesOf(object: ManifestObject, names: Set<string>): void {
  const { group, kind, name, body } = object;
  if (!OF_KUBERNETES.test(group)) {
    names.add(name);
    const { template, ...others } = fields(body.spec);
    addTexts(isCustomWorkload(object) ? others : { template, ...others }, names);
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
