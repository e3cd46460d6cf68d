import { at, isFields, number, shown, type Fields } from '../../read/fields.js';
import type { Container, Pod } from './pod.js';
import { readScript, type Script } from './shell.js';

/** What a preStop hook does. */
export interface PreStop {
  /** How long it certainly takes, in seconds; none if that is unknown. */
  readonly seconds: number | undefined;
  /** How long it waits before it ends the program, or until it is over; none if that is unknown. */
  readonly waits: number | undefined;
  /** What it runs after the wait to end the program, or else the first that it runs. */
  readonly program: string | undefined;
}

/** Reads the preStop hook of a container; none if it has none. */
export function preStopOf(container: Fields): PreStop | undefined {
  const hook = at(container, 'lifecycle', 'preStop');
  if (!isFields(hook)) {
    return undefined;
  }
  const sleep = number(at(hook, 'sleep', 'seconds'));
  if (sleep !== undefined) {
    return { seconds: sleep, waits: sleep, program: undefined };
  }
  const command = at(hook, 'exec', 'command');
  if (!Array.isArray(command)) {
    // What a program does with a request nobody knows.
    return { seconds: undefined, waits: undefined, program: undefined };
  }
  const { seconds, end, program } = ofWords(command.map(shown));
  return { seconds, waits: end === undefined ? seconds : end.after, program: end?.program ?? program };
}

/** How long a preStop hook certainly takes, in seconds: its sleep, or those in its command; undefined if that is unknown. */
export function preStopSeconds(container: Fields): number | undefined {
  return preStopOf(container)?.seconds;
}

/**
 * How long a container waits when its pod ends; none if that is unknown. A native sidecar ends after all other containers, so
 * the longest of their waits is its own.
 */
export function waitOf(container: Container, { containers }: Pod): number | undefined {
  const waits = (container.isSidecar ? containers : [container]).map(({ spec }) => {
    const hook = preStopOf(spec);
    return hook === undefined ? 0 : hook.waits;
  });
  return waits.reduce(
    (most, one) => (most === undefined || one === undefined ? undefined : Math.max(most, one)),
    0,
  );
}

/** What a command does. */
interface Effect {
  readonly seconds: number | undefined;
  /** When and how it ends the program of the container, if it does. */
  readonly end?: { readonly after: number | undefined; readonly program: string };
  readonly program?: string;
}

/** Programs that run the command in their arguments. */
const WRAPPERS: ReadonlySet<string> = new Set(['busybox', 'command', 'env', 'exec', 'nice', 'nohup', 'sudo']);

const SHELL = /^(?:ba|da|a|k|z)?sh$/;

function ofWords(words: readonly string[]): Effect {
  const [first = '', ...args] = words;
  const program = first.slice(first.lastIndexOf('/') + 1);
  // An assignment before a command belongs to it.
  if (words.length > 1 && (WRAPPERS.has(program) || /^\w+=/.test(first))) {
    return ofWords(args);
  }
  const option = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  if (SHELL.test(program) && option >= 0) {
    return ofScript(readScript(args[option + 1] ?? ''));
  }
  if (program === 'timeout') {
    const [limit, ...command] = args.filter((arg) => !arg.startsWith('-'));
    const inner = ofWords(command);
    const [seconds, most] = [inner.seconds, durationOf(limit)];
    return {
      ...inner,
      seconds: seconds === undefined || most === undefined ? undefined : Math.min(seconds, most),
    };
  }
  if (program === 'sleep') {
    return { seconds: args.map(durationOf).reduce(sum, 0), program };
  }
  if (isEnd(program, args)) {
    return { seconds: 0, end: { after: 0, program }, program };
  }
  return { seconds: isQuick(program, args) ? 0 : undefined, program };
}

/** What commands do, one after the other. */
function ofScript({ commands, isAll }: Script): Effect {
  let done: Effect = { seconds: 0 };
  for (const { words, isInBackground } of commands) {
    const { seconds, end, program } = ofWords(words);
    const before = done.seconds;
    done = {
      seconds: isInBackground ? before : sum(before, seconds),
      end: done.end ?? (end && { ...end, after: sum(before, end.after) }),
      program: done.program ?? program,
    };
  }
  return isAll ? done : { ...done, seconds: undefined };
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

/** Units of sleep and timeout, in seconds. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** A duration as sleep takes it, in seconds, such as 15, 0.5 or 1m; none for a variable. */
function durationOf(text: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d*)?|\.\d+|inf|infinity)([smhd]?)$/.exec(text ?? '') ?? [];
  if (amount === undefined) {
    return undefined;
  }
  return (amount.startsWith('inf') ? Infinity : Number(amount)) * (UNITS.get(unit) ?? 1);
}

/** Commands that do something small and return. */
const QUICK: ReadonlySet<string> = new Set([
  ...[':', '[', 'cd', 'chmod', 'cp', 'date', 'echo', 'exit', 'export', 'false', 'kill', 'killall', 'logger'],
  ...['ls', 'mkdir', 'mv', 'pkill', 'printf', 'rm', 'set', 'test', 'touch', 'true'],
]);

/** What in a URL says that the answer may come late. */
const SLOW = /wait|drain|pre-?stop|grace|sleep|block/i;

function isQuick(program: string, args: readonly string[]): boolean {
  if (program === 'curl' || program === 'wget') {
    return !args.some((arg) => SLOW.test(arg) || arg.includes('$'));
  }
  return QUICK.has(program);
}

/** Signals that programs take for something else than to end. */
const OTHER_SIGNALS: ReadonlySet<string> = new Set([
  ...['0', '1', '10', '12', '18', 'HUP', 'USR1', 'USR2', 'CONT'],
]);

/** The words with which servers are told to stop by a command of theirs. */
const STOPS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:nginx|openresty|angie)$/, /^(?:quit|stop)$/],
  [/^(?:httpd|apache2|apachectl|apache2ctl)$/, /^(?:graceful-)?stop$/],
  [/^(?:caddy|service|supervisorctl|systemctl|rc-service)$/, /^stop$/],
];

/** Whether a command ends the program of the container, or makes it refuse connections. */
function isEnd(program: string, args: readonly string[]): boolean {
  if (['kill', 'killall', 'pkill'].includes(program)) {
    const named = args[args.indexOf('-s') + 1];
    const signal = args.includes('-s') ? named : args.find((arg) => arg.startsWith('-'))?.slice(1);
    return !OTHER_SIGNALS.has(signal?.replace(/^SIG/, '') ?? '');
  }
  return STOPS.some(([server, word]) => server.test(program) && args.some((arg) => word.test(arg)));
}
