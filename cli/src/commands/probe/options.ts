import { BODY_MIB } from '../../probe/body.js';
import { parseLocalAddresses } from '../../probe/local-address.js';
import { LIMITS, type Limits, type ProbeOptions } from '../../probe/options.js';
import { checkProgram } from '../../probe/program.js';
import { isKubectl } from '../../probe/rollout.js';
import { readUrl } from '../../probe/url.js';
import { parseVersionSource } from '../../probe/versions.js';
import {
  readDuration,
  readNumber,
  writeDuration,
  type OptionGroups,
  type Parsed,
} from '../../shared/command-line.js';
import { inOption, UsageError } from '../../shared/errors.js';
import { readOutputs, type Output } from '../../shared/outputs.js';

/** What the command line of `zero-downtime probe` asks for. */
export interface ProbeCommand {
  readonly options: ProbeOptions;
  readonly outputs: readonly Output[];
  readonly followStdin: boolean;
  readonly change?: {
    readonly command: readonly string[];
    readonly baselineMs: number;
    readonly settleMs: number;
    readonly rollouts: readonly string[];
  };
}

const DURATION_WITH_COMMAND = 900_000;
const BASELINE_LIMITS: Limits = { default: 5_000, min: 100, max: 600_000 };
const SETTLE_LIMITS: Limits = { default: 10_000, min: 100, max: 600_000 };

const time = (ms: number) => `[${writeDuration(ms)}]`;
const number = (value: number) => `[${value}]`;

/** The options of `zero-downtime probe`. */
export const PROBE_OPTIONS: OptionGroups = {
  Load: {
    rate: {
      value: 'NUMBER',
      help: `requests a second, each on a new connection ${number(LIMITS.rate.default)}`,
    },
    connections: {
      value: 'NUMBER',
      help: `persistent connections ${number(LIMITS.connections.default)}`,
    },
    'keep-alive-interval': {
      value: 'DURATION',
      help: `time between two requests of one of them ${time(LIMITS.keepAliveIntervalMs.default)}`,
    },
    'slow-rate': {
      value: 'NUMBER',
      help: `requests a second for the slow path ${number(LIMITS.slowRate.default)}`,
    },
    'slow-path': {
      value: 'PATH',
      help: 'a path that takes seconds to answer, so that requests are always in flight',
    },
    duration: {
      value: 'DURATION',
      help: `how long at most ${time(LIMITS.durationMs.default)}, with a COMMAND ${time(DURATION_WITH_COMMAND)}; never longer than ${writeDuration(LIMITS.durationMs.max)}`,
    },
    'local-address': {
      value: 'ADDRESS',
      multiple: true,
      help: 'send from this address, from each of a range (FIRST-LAST) or of a block (10.0.0.0/26), in turn; can be given again',
    },
  },
  Request: {
    method: { value: 'METHOD', choices: ['GET', 'POST'], help: '[GET]' },
    body: { value: 'TEXT', help: 'the body of every POST request' },
    header: {
      value: '"NAME: VALUE"',
      multiple: true,
      help: 'a header of every request; can be given again',
    },
    insecure: { help: 'accept every TLS certificate' },
    http2: {
      help: 'speak HTTP/2, without TLS with prior knowledge; slow requests share the persistent connections',
    },
  },
  'What counts as a right answer (besides a complete response with a 2xx status)': {
    'expect-body': {
      value: 'REGEX',
      help: `its body matches this (RE2 syntax), within the first ${BODY_MIB} MiB`,
    },
    'connect-timeout': {
      value: 'DURATION',
      help: `it is connected within this time ${time(LIMITS.connectTimeoutMs.default)}`,
    },
    timeout: {
      value: 'DURATION',
      help: `it is complete within this time after that ${time(LIMITS.timeoutMs.default)}`,
    },
  },
  'Versions and change': {
    'version-from': {
      value: 'WHERE',
      help: `where a response names the version of the service: header:NAME, json:POINTER or regex:REGEX (the first group, or all), in the first ${BODY_MIB} MiB of the body`,
    },
    baseline: {
      value: 'DURATION',
      help: `probe for this time before the COMMAND; none may fail ${time(BASELINE_LIMITS.default)}`,
    },
    settle: {
      value: 'DURATION',
      help: `how long it must stay quiet after the change ${time(SETTLE_LIMITS.default)}`,
    },
    rollout: {
      value: 'KIND/NAME',
      multiple: true,
      help: "wait for this rollout after the COMMAND, with kubectl; can be given again [what kubectl's own output names, if the COMMAND is kubectl]",
    },
  },
  Output: {
    json: { value: 'FILE', help: 'write everything that was measured; - is standard output' },
    svg: { value: 'FILE', help: 'write a picture of it' },
    'max-slip': {
      value: 'DURATION',
      help: `give no verdict if 1 % of the requests were sent later than this after their scheduled time ${time(LIMITS.maxSlipMs.default)}`,
    },
    'follow-stdin': {
      help: 'mark the moment of every line of standard input on the timeline, and stop at its end',
    },
  },
};

/** Reads the command line. Every refusal names the option, the value got and what to write. */
export function readProbeCommand({ values, positionals, rest }: Parsed): ProbeCommand {
  const text = (name: string) => values[name] as string | undefined;
  const texts = (name: string) => (values[name] ?? []) as string[];
  const read = <Value>(name: string, reader: (text: string) => Value) => {
    const given = text(name);
    return given === undefined ? undefined : inOption(name, () => reader(given));
  };
  const duration = (name: string, bounds: Limits) =>
    read(name, (given) => within(readDuration(given), given, bounds, writeDuration));
  const amount = (name: string, bounds: Limits) =>
    read(name, (given) => within(readNumber(given), given, bounds, String));

  if (positionals.length !== 1) {
    throw new UsageError(
      positionals.length === 0
        ? 'write one URL, got none; see zero-downtime probe --help'
        : `write one URL, got ${positionals.length}; put quotes around what has spaces, and -- before the COMMAND`,
    );
  }
  const hasCommand = rest !== undefined;
  if (rest?.length === 0) {
    throw new UsageError('--: write the COMMAND after it, or leave it out');
  }
  for (const name of ['baseline', 'settle', 'rollout']) {
    if (values[name] !== undefined && !hasCommand) {
      throw new UsageError(`--${name}: it needs a COMMAND; write it after --`);
    }
  }
  if (hasCommand && values['follow-stdin']) {
    throw new UsageError('--follow-stdin: cannot be combined with a COMMAND, which gets standard input');
  }

  const change = hasCommand
    ? {
        command: rest,
        baselineMs: duration('baseline', BASELINE_LIMITS) ?? BASELINE_LIMITS.default,
        settleMs: duration('settle', SETTLE_LIMITS) ?? SETTLE_LIMITS.default,
        rollouts: texts('rollout').map((given) => inOption('rollout', () => readRollout(given))),
      }
    : undefined;
  if (change) {
    checkPrograms(change);
  }

  return {
    options: {
      url: readUrl(positionals[0]).href,
      rate: amount('rate', LIMITS.rate),
      connections: amount('connections', LIMITS.connections),
      keepAliveIntervalMs: duration('keep-alive-interval', LIMITS.keepAliveIntervalMs),
      slowRate: amount('slow-rate', LIMITS.slowRate),
      slowPath: text('slow-path'),
      durationMs: duration('duration', LIMITS.durationMs) ?? (hasCommand ? DURATION_WITH_COMMAND : undefined),
      method: read('method', readMethod),
      body: text('body'),
      headers: readHeaders(texts('header')),
      expectBody: text('expect-body'),
      versionFrom: read('version-from', parseVersionSource),
      connectTimeoutMs: duration('connect-timeout', LIMITS.connectTimeoutMs),
      timeoutMs: duration('timeout', LIMITS.timeoutMs),
      maxSlipMs: duration('max-slip', LIMITS.maxSlipMs),
      localAddresses: texts('local-address').flatMap((given) =>
        inOption('local-address', () => parseLocalAddresses(given)),
      ),
      insecure: values.insecure === true,
      http2: values.http2 === true,
    },
    outputs: readOutputs(values, ['json', 'svg'], () => ({ files: values['follow-stdin'] ? ['-'] : [] })),
    followStdin: values['follow-stdin'] === true,
    change,
  };
}

/** Refuses programs that cannot be started now, not only after the baseline. */
function checkPrograms({ command, rollouts }: NonNullable<ProbeCommand['change']>): void {
  const named = isKubectl(command) || rollouts.length > 0;
  for (const program of [command[0], 'sh', 'cat', ...(named ? ['kubectl'] : [])]) {
    inOption('', () => checkProgram(program));
  }
}

/** Headers by name. Two of one name are refused, as only one would be sent. */
function readHeaders(texts: readonly string[]): Record<string, string> {
  const headers = texts.map((text) => inOption('header', () => readHeader(text)));
  const names = headers.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UsageError(`--header: "${twice}" is there twice; write it once`);
  }
  return Object.fromEntries(headers);
}

function within(
  value: number,
  given: string,
  { min, max }: Limits,
  write: (value: number) => string,
): number {
  if (value >= min && value <= max) {
    return value;
  }
  throw new UsageError(`got "${given}"; write a value from ${write(min)} to ${write(max)}`);
}

function readMethod(text: string): 'GET' | 'POST' {
  if (text === 'GET' || text === 'POST') {
    return text;
  }
  throw new UsageError(`got "${text}"; write GET or POST`);
}

function readHeader(text: string): [string, string] {
  const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined) {
    throw new UsageError('got a text without a name; write "NAME: VALUE"');
  }
  return [name.toLowerCase(), value];
}

function readRollout(text: string): string {
  if (/^(deployment|statefulset|daemonset)\/[\w.-]+$/.test(text)) {
    return text;
  }
  throw new UsageError(`got "${text}"; write deployment/NAME, statefulset/NAME or daemonset/NAME`);
}
