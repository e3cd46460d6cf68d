import { Probe } from '../../imports/k8s';
import { HealthCheck } from '../health-check';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { wholeNumber, wholeSeconds } from './numbers';
import { Port, targetPort } from './ports';
import { Refusal } from './refusal';

/** The probes of the application's container. */
export interface Probes {
  readonly startup: Probe;
  readonly readiness: Probe;
  readonly liveness?: Probe;
  /** Longest time until a pod gets traffic. */
  readonly readySeconds: number;
  /** Ports that the user named for a check; a container has to have them. */
  readonly askedPorts: Record<string, number | undefined>;
}

/** What a probe does where the health check leaves it open. */
interface Patience {
  readonly period: number;
  readonly timeout: number;
  readonly failureThreshold: number;
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
  const startupSeconds = props.startupBudget
    ? wholeSeconds('startupBudget', props.startupBudget)
    : STARTUP_BUDGET;
  const readinessProbe = toProbe('readiness', readiness, READINESS, ports);
  const livenessProbe = props.liveness && toProbe('liveness', props.liveness, LIVENESS, ports);
  if (livenessProbe) {
    checkLiveness(livenessProbe, readinessProbe);
  }
  return {
    startup: toStartupProbe(readiness, startupSeconds, ports),
    readiness: readinessProbe,
    liveness: livenessProbe,
    readySeconds: Math.max(startupSeconds, readinessProbe.initialDelaySeconds ?? 0),
    askedPorts: { 'readiness port': readiness._options.port, 'liveness port': props.liveness?._options.port },
  };
}

function toProbe(prop: string, check: HealthCheck, patience: Patience, ports: Port[]): Probe {
  const { initialDelay, period, timeout, failureThreshold } = check._options;
  return {
    ...question(prop, check, ports),
    initialDelaySeconds: initialDelay && wholeSeconds(`${prop} initialDelay`, initialDelay),
    periodSeconds: period ? wholeSeconds(`${prop} period`, period) : patience.period,
    timeoutSeconds: timeout ? wholeSeconds(`${prop} timeout`, timeout) : patience.timeout,
    failureThreshold: wholeNumber(`${prop} failureThreshold`, failureThreshold ?? patience.failureThreshold),
  };
}

function toStartupProbe(check: HealthCheck, budget: number, ports: Port[]): Probe {
  const timeout = check._options.timeout?.toSeconds() ?? STARTUP_PERIOD;
  // An attempt lasts up to its time-out and the next one waits for it, so the period must not be shorter.
  const period = Math.max(STARTUP_PERIOD, timeout);
  return {
    ...question('readiness', check, ports),
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold: Math.ceil(budget / period),
  };
}

function question(prop: string, check: HealthCheck, ports: Port[]): Probe {
  const port = check._options.port ?? ports[0].number;
  const probe = check._toProbe(targetPort(wholeNumber(`${prop} port`, port, { max: 65_535 }), ports));
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
  return probe;
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
