import { isDeepStrictEqual } from 'node:util';
import { at, fields, items, text, type Fields, type Path } from '../../read/fields.js';
import type { Pod } from './pod.js';

/** What a pod requires of one label of its node. */
export interface NodeRequirement {
  /** Where it is in the pod's spec. */
  readonly path: Path;
  readonly key: string;
  readonly operator: string;
  readonly values: readonly unknown[];
}

/** More than anybody writes: pods that require more of their nodes are not compared. */
const MAX_COMPARISONS = 10_000;

const AFFINITY: Path = [
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
];

/** What a pod requires of its node: all of one of these lists. */
export function nodeTermsOf({ spec }: Pod): readonly (readonly NodeRequirement[])[] {
  const selected = Object.entries(fields(spec.nodeSelector)).map(([label, value]) => ({
    path: ['nodeSelector', label],
    key: newName(label),
    operator: 'In',
    values: [value],
  }));
  const terms = items(at(spec, ...AFFINITY));
  if (terms.length === 0) {
    return [selected];
  }
  return terms.map(({ index, item }) => [
    ...selected,
    ...['matchExpressions', 'matchFields'].flatMap((list) =>
      items(item[list]).map((one) => toRequirement([...AFFINITY, index, list, one.index], one.item)),
    ),
  ]);
}

function toRequirement(path: Path, { key, operator, values }: Fields): NodeRequirement {
  return {
    path,
    key: newName(text(key) ?? ''),
    operator: text(operator) ?? '',
    values: Array.isArray(values) ? (values as readonly unknown[]) : [],
  };
}

/** What a pod requires of its node that it did not require before; of several ways to be required, the nearest. */
export function newRequirements(before: Pod, after: Pod): readonly NodeRequirement[] {
  const [was, terms] = [before, after].map(nodeTermsOf);
  if (was.flat().length * terms.flat().length > MAX_COMPARISONS) {
    return [];
  }
  for (const old of was) {
    const more = terms.map((term) =>
      term.filter((one) => !isOfEveryNode(one) && !old.some((was) => implies(was, one))),
    );
    const least = more.reduce<readonly NodeRequirement[] | undefined>(
      (least, one) => (least === undefined || one.length < least.length ? one : least),
      undefined,
    );
    if (least !== undefined && least.length > 0) {
      return least;
    }
  }
  return [];
}

/** Whether a node that meets one requirement meets another one too. */
function implies(one: NodeRequirement, other: NodeRequirement): boolean {
  if (one.key !== other.key) {
    return false;
  }
  const isIn = (values: readonly unknown[], value: unknown) =>
    values.some((each) => isDeepStrictEqual(each, value));
  switch (other.operator) {
    case 'In':
      return one.operator === 'In' && one.values.every((value) => isIn(other.values, value));
    case 'NotIn':
      return one.operator === 'In'
        ? one.values.every((value) => !isIn(other.values, value))
        : one.operator === 'DoesNotExist' ||
            (one.operator === 'NotIn' && other.values.every((value) => isIn(one.values, value)));
    case 'Exists':
      return ['Exists', 'In', 'Gt', 'Lt'].includes(one.operator);
    default:
      return one.operator === other.operator && isDeepStrictEqual(one.values, other.values);
  }
}

/** Labels that the kubelet puts on every node. */
const EVERY_NODE: ReadonlySet<string> = new Set([
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
]);

/** The values of them that nearly every node has. */
const EVERY_VALUE: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/arch', ['amd64', 'arm64']],
  ['kubernetes.io/os', ['linux']],
]);

/** What is only on nodes that run no pods of a DaemonSet, by the labels of the clouds. */
const WITHOUT_DAEMONS: ReadonlySet<unknown> = new Set(['auto', 'fargate', 'hybrid', 'virtual-kubelet']);

/** Whether every Linux node meets a requirement on which the pods of a DaemonSet could run. */
function isOfEveryNode({ key, operator, values }: NodeRequirement): boolean {
  switch (operator) {
    case 'In':
      return EVERY_VALUE.get(key)?.every((value) => values.includes(value)) ?? false;
    case 'NotIn':
      return values.every(
        (value) => WITHOUT_DAEMONS.has(value) || (key === 'kubernetes.io/os' && value === 'windows'),
      );
    case 'Exists':
      return EVERY_NODE.has(key);
    default:
      return false;
  }
}

/** Labels that have had another name. */
const NEW_NAMES: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane'],
]);

function newName(label: string): string {
  return NEW_NAMES.get(label) ?? label;
}

/** Taints that the pods of every DaemonSet tolerate, or that no node has any more. */
const HARMLESS_TAINTS =
  /^node\.kubernetes\.io\/(?:not-ready|unreachable|disk-pressure|memory-pressure|pid-pressure|unschedulable|network-unavailable)$|^node-role\.kubernetes\.io\/master$|^CriticalAddonsOnly$|^node\.alpha\.kubernetes\.io\//;

/** The tolerations that a pod had and that no other one covers. */
export function lostTolerations(before: Pod, after: Pod): readonly Fields[] {
  const [old, now] = [before, after].map(({ spec }) => items(spec.tolerations).map(({ item }) => item));
  if (old.length * now.length > MAX_COMPARISONS) {
    return [];
  }
  return old.filter(
    (one) =>
      !HARMLESS_TAINTS.test(text(one.key) ?? '') &&
      !now.some((other) => covers(other, one)) &&
      one.effect !== 'PreferNoSchedule',
  );
}

function covers(toleration: Fields, other: Fields): boolean {
  if (toleration.effect && toleration.effect !== other.effect) {
    return false;
  }
  const isAll = toleration.operator === 'Exists';
  if (keyOf(toleration) === '' && isAll) {
    return true;
  }
  return (
    keyOf(toleration) === keyOf(other) &&
    (isAll || (other.operator !== 'Exists' && toleration.value === other.value))
  );
}

function keyOf({ key }: Fields): string {
  return newName(text(key) ?? '');
}
