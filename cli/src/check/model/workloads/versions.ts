import { isDeepStrictEqual } from 'node:util';
import { at, text, type Fields } from '../../read/fields.js';
import type { State } from '../state.js';
import type { Workload } from './workload.js';

/** Labels that distinguish versions of one application, as meshes and canary releases set them. */
const VERSION_LABELS: ReadonlySet<string> = new Set(['version', 'app.kubernetes.io/version', 'track']);

/** Labels that distinguish the parts of an application, whose names images often have. */
const PART_LABELS = /(?:^|[./-])(?:app|component|name|role|service|tier)$/;

/** The most versions of one application that are released beside each other: more are different applications. */
const MAX_VERSIONS = 3;

/**
 * Whether the pods of workloads are versions of one application: their labels differ in the version only, or in one label of any
 * name, and they run the same program.
 */
export function areVersionsOfOne(state: State, [first, ...others]: readonly Workload[]): boolean {
  return others.every((other) => {
    const names = differing(first.pod.labels, other.pod.labels);
    if (names.every((name) => VERSION_LABELS.has(name))) {
      return true;
    }
    const isSame = (label?: string) =>
      isDeepStrictEqual(programOf(state, first, label), programOf(state, other, label));
    return (
      others.length < MAX_VERSIONS &&
      names.length === 1 &&
      (isSame() || (!PART_LABELS.test(names[0]) && isSame(names[0])))
    );
  });
}

/** The labels that are not the same. */
function differing(one: Fields, other: Fields): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => !isDeepStrictEqual(at(one, name), at(other, name)));
}

/** What answers requests in a pod: the images without their versions, which a label may name, with their commands and ports. */
function programOf(state: State, workload: Workload, label?: string): unknown {
  const version = label === undefined ? undefined : text(at(workload.pod.labels, label));
  return {
    ports: new Map([...workload.pod.ports].map(([port, { number }]) => [port, number])),
    containers: state
      .answering(workload)
      .map(({ spec: { image, command, args } }) => ({ image: repositoryOf(image, version), command, args })),
  };
}

/** The repository of an image, without the version where that is a word of its name, and not all of it. */
function repositoryOf(image: unknown, version: string | undefined): string | undefined {
  const [path] = text(image)?.split('@') ?? [];
  const repository = path?.slice(0, endOfName(path));
  return repository?.split('/').pop() === version
    ? repository
    : repository
        ?.split(/([-./_])/)
        .filter((word) => word !== version)
        .join('');
}

function endOfName(path: string): number {
  const colon = path.lastIndexOf(':');
  return colon > path.lastIndexOf('/') ? colon : path.length;
}
