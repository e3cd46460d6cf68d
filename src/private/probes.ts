import { ConnectionScheme } from 'cdk8s-plus-27';
import { Probe } from '../../imports/k8s';
import { HealthCheck } from '../health-check';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { wholeNumber, wholeSeconds } from './numbers';
import { Port, targetPort } from './ports';
import { Refusal } from './refusal';

/** The probes of a container that tell whether it has started and whether it can serve. */
export interface ReadyProbes {
  readonly startup: Probe;
  readonly readiness: Probe;
  /** Longest time until it is ready. */
  readonly readySeconds: number;
}

/** The probes of the application's container. */
export interface Probes extends ReadyProbes {
  readonly liveness?: Probe;
  /** Ports that the user named for a check; a container has to have them. */
  readonly askedPorts: Record<string, number | undefined>;
}

/** What a probe does where the health check leaves it open. */
interface Patience {
  readonly period: number;
  readonly timeout: number;
  readonly failureThreshold: number;
}

/** Where a container listens. */
export interface Listening {
  /** Its ports; a check that names none asks the first. */
  readonly ports: Port[];
  /** The port that speaks TLS. */
  readonly tlsPort?: number;
}

/** Source: 3 failures are Kubernetes' default; period and time-out see docs/adr/0004-probes.md. */
const READINESS: Patience = { period: 5, timeout: 5, failureThreshold: 3 };
/** Source: the period is Kubernetes' default; it restarts the container only after a minute of silence. */
const LIVENESS: Patience = { period: 10, timeout: 5, failureThreshold: 6 };
const STARTUP_PERIOD = 1;
const STARTUP_BUDGET = 300;
/** Source: the API server's rule for `httpHeaders` of a probe. */
const HEADER_NAME = /^[-A-Za-z0-9]+$/;

/**
 * The probes: one question asked every second until the application has started, and less often from then on.
 */
export function resolveProbes(props: ZeroDowntimeDeploymentProps, ports: Port[]): Probes {
  const readiness = props.readiness ?? HealthCheck.http('/');
  const listening = { ports, tlsPort: props.tlsSecret && ports[0].number };
  const probes = resolveReadyProbes('readiness', readiness, props, listening);
  const livenessProbe = props.liveness && toProbe('liveness', props.liveness, LIVENESS, listening);
  if (livenessProbe) {
    checkLiveness(livenessProbe, probes.readiness);
  }
  return {
    ...probes,
    liveness: livenessProbe,
    askedPorts: { 'readiness port': readiness._options.port, 'liveness port': props.liveness?._options.port },
  };
}

/**
 * The probes that follow from a readiness check.
 */
export function resolveReadyProbes(
  prop: string,
  readiness: HealthCheck,
  { startupBudget }: ZeroDowntimeDeploymentProps,
  listening: Listening,
): ReadyProbes {
  const startupSeconds = startupBudget ? wholeSeconds('startupBudget', startupBudget) : STARTUP_BUDGET;
  const probe = toProbe(prop, readiness, READINESS, listening);
  return {
    startup: toStartupProbe(prop, readiness, startupSeconds, listening),
    readiness: probe,
    readySeconds: Math.max(startupSeconds, probe.initialDelaySeconds ?? 0),
  };
}

function toProbe(prop: string, check: HealthCheck, patience: Patience, listening: Listening): Probe {
  const { initialDelay, period, timeout, failureThreshold } = check._options;
  return {
    ...question(prop, check, listening),
    initialDelaySeconds: initialDelay && wholeSeconds(`${prop} initialDelay`, initialDelay),
    periodSeconds: period ? wholeSeconds(`${prop} period`, period) : patience.period,
    timeoutSeconds: timeout ? wholeSeconds(`${prop} timeout`, timeout) : patience.timeout,
    failureThreshold: wholeNumber(`${prop} failureThreshold`, failureThreshold ?? patience.failureThreshold),
  };
}

function toStartupProbe(prop: string, check: HealthCheck, budget: number, listening: Listening): Probe {
  const timeout = check._options.timeout?.toSeconds() ?? STARTUP_PERIOD;
  // An attempt lasts up to its time-out and the next one waits for it, so the period must not be shorter.
  const period = Math.max(STARTUP_PERIOD, timeout);
  return {
    ...question(prop, check, listening),
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold: Math.ceil(budget / period),
  };
}

function question(prop: string, check: HealthCheck, { ports, tlsPort }: Listening): Probe {
  // A sidecar may have no port; a command asks none.
  const port = check._options.port ?? ports[0]?.number;
  const number = port === undefined ? 0 : wholeNumber(`${prop} port`, port, { max: 65_535 });
  const probe = check._toProbe(targetPort(number, ports));
  if (port === undefined && !probe.exec) {
    throw new Refusal(
      `${prop} port`,
      port,
      'the sidecar has no port that could be asked',
      'Give it ports, or write HealthCheck.command([...])',
    );
  }
  const { path, httpHeaders = [] } = probe.httpGet ?? {};
  if (path !== undefined && !path.startsWith('/')) {
    throw new Refusal(
      `${prop} path`,
      JSON.stringify(path),
      'a path starts with /',
      `Write HealthCheck.http('/${path}')`,
    );
  }
  for (const { name } of httpHeaders) {
    if (!HEADER_NAME.test(name)) {
      throw new Refusal(
        `${prop} header`,
        JSON.stringify(name),
        'the API server refuses it as the name of a header',
        "Write letters, digits and '-', for example 'X-Probe'",
      );
    }
  }
  if (probe.exec?.command?.length === 0) {
    throw new Refusal(
      `${prop} command`,
      '[]',
      'there is nothing to run, so the API server refuses the probe',
      "Write for example HealthCheck.command(['/app/ready'])",
    );
  }
  return tlsPort !== undefined && port === tlsPort ? overTls(prop, probe) : probe;
}

/** The same question to a port on which a certificate is used. */
function overTls(prop: string, probe: Probe): Probe {
  const never = 'with tlsSecret the main port speaks TLS, so no pod would ever get ready';
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
      `${prop} scheme`,
      ConnectionScheme.HTTP,
      never,
      'Write ConnectionScheme.HTTPS, leave the scheme out, or ask another port',
    );
  }
  return probe.httpGet ? { ...probe, httpGet: { ...probe.httpGet, scheme: ConnectionScheme.HTTPS } } : probe;
}

function checkLiveness(liveness: Probe, readiness: Probe): void {
  const seconds = silence(liveness);
  if (seconds <= silence(readiness)) {
    throw new Refusal(
      'liveness',
      `${seconds} s of failures`,
      `readiness takes ${silence(readiness)} s to take a slow pod out of service, so under load every pod would be restarted instead`,
      'Write a longer period or a higher failureThreshold for liveness, or leave liveness out',
    );
  }
}

/** Seconds of failing checks until the probe acts. */
function silence({ periodSeconds, failureThreshold }: Probe): number {
  return periodSeconds! * failureThreshold!;
}
