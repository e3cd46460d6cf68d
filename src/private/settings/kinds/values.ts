import type { EnvValue } from 'cdk8s-plus-27';
import { TO_KUBE } from '../../kubernetes/cdk8s-plus';
import { quoted, withArticle } from '../../refusals/words';
import { Refusal } from '../../refusals/refusal';
import { shown } from '../../refusals/shown';
import type { Kind } from './kind';
import { isObject } from './kind';

const isText = (value: unknown) => typeof value === 'string';
/** By a member, not by its class: a second copy of cdk8s-plus in node_modules has classes of its own. */
const has = (member: string) => (value: unknown) => isObject(value) && member in value;
const can = (method: string) => (value: unknown) => isObject(value) && typeof value[method] === 'function';
const canBeText = (value: unknown) => isNumber(value) || typeof value === 'boolean';
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);

export const TEXT: Kind = {
  what: 'a text',
  many: 'texts',
  is: isText,
  example: (value) => (canBeText(value) ? quoted(value) : "'web'"),
};

/** A value as the user wrote it; empty for values that are neither a text nor a number. */
const written = (value: unknown) => (isText(value) || isNumber(value) ? String(value) : '');

/** A text with an example of its own, where 'web' would mislead. */
export function text(example: string): Kind {
  return { ...TEXT, example: (value) => (canBeText(value) ? quoted(value) : quoted(example)) };
}

/** The name of a port. A number in its place is no good example of a name. */
export function portName(example: string): Kind {
  return { ...TEXT, example: () => quoted(example) };
}

/** Which numbers are right is checked where their range is known. */
export function number(example: number): Kind {
  return {
    what: 'a number',
    many: 'numbers',
    is: (value) => typeof value === 'number',
    example: (value) => /^\d+$/.exec(written(value))?.[0] ?? String(example),
  };
}

/** A whole number with a lower limit alone. */
export function whole(min: number, example: number): Kind {
  return {
    what: `a whole number of at least ${min}`,
    many: 'whole numbers',
    is: (value) => Number.isInteger(value) && (value as number) >= min,
    example: () => String(example),
  };
}

export const FLAG: Kind = {
  what: 'true or false, without quotes',
  many: 'true or false, without quotes',
  is: (value) => typeof value === 'boolean',
  example: (value) => (value === 'false' ? 'false' : 'true'),
};

export const DURATION: Kind = {
  what: 'a Duration',
  many: 'Durations',
  is: can('toSeconds'),
  example: (value) => durationOf(value) ?? 'Duration.seconds(30)',
};

/** A Duration with an example of its own, where 30 s would be too short. */
export function duration(example: string): Kind {
  return { ...DURATION, example: (value) => durationOf(value) ?? example };
}

const UNITS: Record<string, string> = {
  ms: 'millis',
  '': 'seconds',
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
};

/** The Duration that a text such as `30s` means, as Kubernetes writes it. */
function durationOf(value: unknown): string | undefined {
  const [, amount, unit] = /^(\d+) ?(ms|s|m|h|d|)$/.exec(written(value)) ?? [];
  return amount && `Duration.${UNITS[unit]}(${amount})`;
}

export const SIZE: Kind = {
  what: 'a Size',
  many: 'Sizes',
  is: can('toKibibytes'),
  example: (value) => sizeOf(value) ?? 'Size.mebibytes(128)',
};

const BINARY: Record<string, string> = { Ki: 'kibibytes', Mi: 'mebibytes', Gi: 'gibibytes', Ti: 'tebibytes' };

function sizeOf(value: unknown): string | undefined {
  const [, amount, unit] = /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(written(value)) ?? [];
  return amount && `Size.${BINARY[unit]}(${amount})`;
}

export const CPU: Kind = {
  what: 'a Cpu',
  many: 'Cpus',
  is: (value) => has('amount')(value) && isText((value as { amount: unknown }).amount),
  example: (value) => cpuOf(value) ?? 'Cpu.millis(100)',
};

function cpuOf(value: unknown): string | undefined {
  const [, amount, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(written(value)) ?? [];
  return amount && `Cpu.${milli ? 'millis' : 'units'}(${amount})`;
}

export const POD_COUNT: Kind = {
  what: 'a PercentOrAbsolute',
  many: 'PercentOrAbsolutes',
  is: can('isZero'),
  example: (value) => {
    const [, amount = '1', percent] = /^(\d+)(%?)$/.exec(written(value)) ?? [];
    return `PercentOrAbsolute.${percent ? 'percent' : 'absolute'}(${amount})`;
  },
};

/** An object that is found by its name, such as a Secret; a text in its place is most likely that name. */
function byName(type: string, factory: string): Kind {
  return {
    what: `a ${type}`,
    many: `${type}s`,
    is: has('name'),
    example: (value) => `${factory}(this, '${type}', ${isText(value) ? quoted(value) : "'web'"})`,
    within: (path, value: { name: unknown }) => {
      if (!isText(value.name) || value.name === '') {
        throw new Refusal(
          `${path}.name`,
          shown(value.name),
          `it has to be the name of a ${type}`,
          `Write for example ${factory}(this, '${type}', 'web')`,
        );
      }
      return value;
    },
  };
}

export const SECRET = byName('Secret', 'Secret.fromSecretName');
const CONFIG_MAP = byName('ConfigMap', 'ConfigMap.fromConfigMapName');
export const SERVICE_ACCOUNT = byName('ServiceAccount', 'ServiceAccount.fromServiceAccountName');

/** A value of cdk8s-plus with private members, so that a method tells what it is. */
function madeBy(type: string, method: string, example: string): Kind {
  return { what: withArticle(type), many: `${type}s`, is: can(method), example: () => example };
}

export const ENV_VALUE: Kind = {
  what: 'an EnvValue',
  many: 'EnvValues',
  is: has('valueFrom'),
  example: (value) => `EnvValue.fromValue(${isText(value) || isNumber(value) ? quoted(value) : "'info'"})`,
  within: (path, value: EnvValue) => {
    if (!isText(value.value) && !value.valueFrom) {
      throw new Refusal(
        path,
        `EnvValue.fromValue(${shown(value.value)})`,
        'the value has to be a text',
        `Write for example ${ENV_VALUE.example(value.value)}, or leave the variable out`,
      );
    }
    return value;
  },
};
export const ENV_FROM: Kind = {
  ...madeBy('EnvFrom', TO_KUBE, ''),
  example: (value) => `Env.fromConfigMap(${CONFIG_MAP.example(value)})`,
};
export const VOLUME = madeBy('Volume', TO_KUBE, "Volume.fromEmptyDir(this, 'Volume', 'cache')");
export const HANDLER = madeBy('Handler', TO_KUBE, "Handler.fromCommand(['/app/warm-up'])");
export const TAINT = madeBy('NodeTaintQuery', TO_KUBE, "NodeTaintQuery.exists('example.com/dedicated')");
export const STRATEGY: Kind = {
  ...madeBy('DeploymentStrategy', TO_KUBE, ''),
  example: (value) =>
    value === 'Recreate'
      ? 'DeploymentStrategy.recreate()'
      : 'DeploymentStrategy.rollingUpdate({ maxUnavailable: PercentOrAbsolute.absolute(0) })',
};
export const METRIC = madeBy('Metric', TO_KUBE, 'Metric.resourceCpu(MetricTarget.averageUtilization(70))');
export const REPLICAS = madeBy('Replicas', TO_KUBE, 'Replicas.absolute(4)');
export const PEER = madeBy(
  'NetworkPolicyPeer',
  'toNetworkPolicyPeerConfig',
  "Namespaces.select(this, 'Namespaces', { names: ['shop'] })",
);

/**
 * One of an enum's values.
 *
 * @param name of the enum, where it is one of ours
 */
export function oneOf(values: Record<string, string>, name?: string): Kind {
  const all = Object.values(values);
  const entries = Object.entries(values);
  const code = ([key, value]: [string, string]) => (name ? `${name}.${key}` : quoted(value));
  const meant = (value: unknown) =>
    entries.find(([, each]) => each.toLowerCase() === written(value).toLowerCase()) ?? entries[0];
  return {
    what: `one of ${all.join(', ')}`,
    many: `any of ${all.join(', ')}`,
    is: (value) => all.includes(value as string),
    example: (value) => code(meant(value)),
  };
}
