import { ConnectionScheme } from 'cdk8s-plus-27';
import type { Probe } from '../../../imports/k8s';
import type { ApplicationProps } from '../../application-props';
import { HealthCheck } from '../../health-check';
import type { HealthProps } from '../../health-props';
import type { Range } from '../kubernetes/numbers';
import { wholeNumber, wholeSeconds } from '../kubernetes/numbers';
import { CHECK, DELAY, START } from '../kubernetes/times';
import type { Part } from '../refusals/refusal';
import { checkAll, part, Refusal } from '../refusals/refusal';
import type { Port } from './ports';
import { askedPort, checkQuestion, questionOf } from './question';

/** The probes of a container that tell whether it has started and whether it can serve. */
export interface ReadyProbes {
  readonly startup: Probe;
  readonly readiness: Probe;
  /** Longest time until it is ready. */
  readonly readySeconds: number;
  /** Ports that the user gave for a check, by prop; a container has to have them. */
  readonly askedPorts: { readonly [prop: string]: number | undefined };
}

/** The probes of the application's container. */
export interface Probes extends ReadyProbes {
  readonly liveness?: Probe;
}

/** Defaults of a probe, for what the health check leaves out. */
interface Patience {
  readonly period: number;
  readonly timeout: number;
  readonly failureThreshold: number;
}

/** Where a container listens. */
export interface Listening {
  /** Its ports; a check without a port asks the first. */
  readonly ports: Port[];
  /** The port that speaks TLS. */
  readonly tlsPort?: number;
}

/** Source: 3 failures are Kubernetes' default; period and time-out see docs/adr/0004-probes.md. */
const READINESS: Patience = { period: 5, timeout: 5, failureThreshold: 3 };
/** Source: the period is Kubernetes' default; 6 failures restart the container only after a minute of silence. */
const LIVENESS: Patience = { period: 10, timeout: 5, failureThreshold: 6 };
const STARTUP_PERIOD = 1;
const STARTUP_BUDGET = 300;

/**
 * The probes: one question asked every second until the application has started, and less often from then on.
 */
export function resolveProbes(props: HealthProps & ApplicationProps, ports: Part<Port[]>): Probes {
  const readiness = part(() => props.readiness ?? HealthCheck.http('/'));
  const listening = part(() => ({ ports: ports(), tlsPort: props.tls && ports()[0].number }));
  const ready = part(() => resolveReadyProbes('readiness', readiness(), props, listening));
  const alive = part(() => resolveLiveness(props, ready, listening));
  checkAll(ready, alive);
  return {
    ...ready(),
    liveness: alive(),
    askedPorts: { ...ready().askedPorts, 'liveness.port': props.liveness?._options.port },
  };
}

/**
 * The probes that follow from a readiness check.
 */
export function resolveReadyProbes(
  prop: string,
  readiness: HealthCheck,
  props: HealthProps,
  listening: Part<Listening>,
): ReadyProbes {
  const budget = part(() => resolveStartupBudget(props));
  const asked = part(() => toProbe(prop, readiness, READINESS, listening));
  checkAll(budget, asked);
  const startupSeconds = budget();
  const probe = asked();
  return {
    // The same question with the same time-out, so that a container that can serve has also started.
    startup: {
      ...probe,
      initialDelaySeconds: undefined,
      periodSeconds: STARTUP_PERIOD,
      failureThreshold: startupSeconds / STARTUP_PERIOD,
    },
    readiness: probe,
    readySeconds: Math.max(startupSeconds, probe.initialDelaySeconds ?? 0),
    askedPorts: { [`${prop}.port`]: readiness._options.port },
  };
}

function resolveStartupBudget({ startupBudget }: HealthProps): number {
  return startupBudget ? wholeSeconds('startupBudget', startupBudget, START) : STARTUP_BUDGET;
}

function toProbe(
  prop: string,
  check: HealthCheck,
  patience: Patience,
  listening: Part<Listening>,
  timeouts: Part<Range> = () => CHECK,
): Probe {
  const options = check._options;
  const seconds = (option: 'initialDelay' | 'period', range: Range) =>
    part(() => {
      const duration = options[option];
      return duration && wholeSeconds(`${prop}.${option}`, duration, range);
    });
  const asked = part(() => question(prop, check, listening()));
  const initialDelay = seconds('initialDelay', DELAY);
  const period = seconds('period', CHECK);
  const timeout = part(() => {
    const range = timeouts();
    return options.timeout
      ? wholeSeconds(`${prop}.timeout`, options.timeout, range)
      : Math.max(patience.timeout, range.min ?? 0);
  });
  const failureThreshold = part(() =>
    wholeNumber(`${prop}.failureThreshold`, options.failureThreshold ?? patience.failureThreshold),
  );
  checkAll(() => checkQuestion(prop, check), asked, initialDelay, period, timeout, failureThreshold);
  return {
    ...asked(),
    initialDelaySeconds: initialDelay(),
    periodSeconds: period() ?? patience.period,
    timeoutSeconds: timeout(),
    failureThreshold: failureThreshold(),
  };
}

function question(prop: string, check: HealthCheck, { ports, tlsPort }: Listening): Probe {
  const probe = questionOf(prop, check, ports);
  return tlsPort !== undefined && askedPort(check, ports) === tlsPort ? overTls(prop, probe) : probe;
}

/** The same question to a port that speaks TLS. */
function overTls(prop: string, probe: Probe): Probe {
  const never = 'with tls the main port speaks TLS, so no pod would ever get ready';
  if (probe.grpc) {
    throw new Refusal(
      prop,
      'HealthCheck.grpc',
      `Kubernetes' gRPC check knows no TLS; ${never}`,
      'Write HealthCheck.tcp(), or ask another port that speaks gRPC without TLS',
    );
  }
  if (probe.httpGet?.scheme === ConnectionScheme.HTTP) {
    throw new Refusal(
      `${prop}.scheme`,
      ConnectionScheme.HTTP,
      never,
      'Write ConnectionScheme.HTTPS, leave the scheme out, or ask another port',
    );
  }
  return probe.httpGet ? { ...probe, httpGet: { ...probe.httpGet, scheme: ConnectionScheme.HTTPS } } : probe;
}

function resolveLiveness(
  { liveness }: HealthProps,
  ready: Part<ReadyProbes>,
  listening: Part<Listening>,
): Probe | undefined {
  if (!liveness) {
    return undefined;
  }
  const timeouts = () => {
    const waited = ready().readiness.timeoutSeconds!;
    const whyMin = `readiness waits ${waited} s for an answer, so under load pods that serve would be restarted`;
    return { ...CHECK, min: waited, whyMin };
  };
  const probe = toProbe('liveness', liveness, LIVENESS, listening, timeouts);
  checkPatience(probe, ready().readiness);
  return probe;
}

function checkPatience(liveness: Probe, readiness: Probe): void {
  for (const secondsOf of [secondsIfRefused, secondsIfUnanswered]) {
    const seconds = secondsOf(liveness);
    if (seconds <= secondsOf(readiness)) {
      throw new Refusal(
        'liveness',
        `${seconds} s of failures`,
        `readiness takes ${secondsOf(readiness)} s to take a slow pod out of service, so under load every pod would be restarted instead`,
        'Write a longer period or a higher failureThreshold for liveness, or leave liveness out',
      );
    }
  }
}

/** Seconds until the probe acts if checks fail at once. */
function secondsIfRefused({ periodSeconds, failureThreshold }: Probe): number {
  return periodSeconds! * failureThreshold!;
}

/**
 * Seconds until the probe acts if checks get no answer: the kubelet asks again when the last one has timed out.
 * Source:
 * docs/adr/0004-probes.md.
 */
function secondsIfUnanswered({ periodSeconds, timeoutSeconds, failureThreshold }: Probe): number {
  return Math.max(periodSeconds!, timeoutSeconds!) * failureThreshold!;
}
