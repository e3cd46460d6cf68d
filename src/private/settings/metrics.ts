import { Protocol } from 'cdk8s-plus-27';
import type { ApplicationProps } from '../../application-props';
import type { Metrics } from '../../metrics';
import type { TlsOptions } from '../../tls-options';
import { checkLabels } from '../kubernetes/names';
import { wholeSeconds } from '../kubernetes/numbers';
import type { Part } from '../refusals/refusal';
import { checkAll, part, Refusal } from '../refusals/refusal';
import type { Port } from './ports';
import { MAIN_PORT } from './ports';
import type { ServiceSettings } from './services';
import type { ListeningSidecar } from './sidecars';

/** Where the metrics are, and who reads them. */
export interface MetricsSettings {
  readonly factory: Metrics['_factory'];
  readonly port: Port;
  readonly path: string;
  /** As Prometheus writes it. */
  readonly interval?: string;
  /** Labels of the monitor alone. */
  readonly labels: Record<string, string>;
}

/** Other settings that the metrics depend on. */
interface Needed {
  readonly ports: Part<Port[]>;
  readonly sidecars: Part<ListeningSidecar[]>;
  readonly services: Part<ServiceSettings[]>;
}

/** Source: Prometheus treats older values as stale, `--query.lookback-delta`. */
const MAX_INTERVAL_SECONDS = 300;
const PATH = /^\/[^\s?#]*$/;

/**
 * The metrics, if the user says where they are.
 */
export function resolveMetrics(
  { metrics, tls }: { readonly metrics?: Metrics } & Pick<ApplicationProps, 'tls'>,
  needed: Needed,
): MetricsSettings | undefined {
  if (!metrics) {
    return undefined;
  }
  const { _factory: factory, _options: options } = metrics;
  const { path = '/metrics', labels = {}, interval } = options;
  const port = part(() => resolvePort(options.portName ?? 'metrics', needed));
  const seconds = part(
    () => interval && wholeSeconds('metrics.interval', interval, { max: MAX_INTERVAL_SECONDS }),
  );
  checkAll(
    port,
    seconds,
    () => checkPath(path),
    () => checkLabels('metrics.labels', labels),
    () => factory === 'serviceMonitor' && checkOffered(port(), needed.services()),
    () => checkTls(port(), needed.ports(), tls),
  );
  const asked = seconds();
  return { factory, port: port(), path, labels, interval: asked === undefined ? undefined : `${asked}s` };
}

function resolvePort(name: string, { ports, sidecars }: Needed): Port {
  const all = [...ports(), ...sidecars().flatMap((sidecar) => sidecar.ports)];
  const tcp = all.filter(({ protocol }) => protocol === Protocol.TCP);
  const port = tcp.find((each) => (each.name ?? MAIN_PORT) === name);
  if (!port) {
    throw new Refusal(
      'metrics.portName',
      JSON.stringify(name),
      'no TCP port of the pods has this name',
      `Write one of ${tcp.map((each) => each.name ?? MAIN_PORT).join(', ')}, or add it to extraPorts`,
    );
  }
  return port;
}

function checkPath(path: string): void {
  if (!PATH.test(path)) {
    throw new Refusal(
      'metrics.path',
      JSON.stringify(path),
      'it is not the path of a request',
      "Write for example '/metrics'",
    );
  }
}

/** Refuses metrics on a main port with TLS, whose certificate only its clients know. */
function checkTls(port: Port, [main]: Port[], tls: TlsOptions | undefined): void {
  if (tls && port.number === main.number) {
    throw new Refusal(
      'metrics.portName',
      JSON.stringify(port.name ?? MAIN_PORT),
      'with tls the main port speaks TLS, with a certificate that Prometheus cannot check against the address of a pod',
      'Serve the metrics without TLS on a port of extraPorts',
    );
  }
}

/**
 * Refuses a port unless exactly one Service offers it: a ServiceMonitor finds all Services by their labels.
 */
function checkOffered(port: Port, services: readonly ServiceSettings[]): void {
  const name = port.name ?? MAIN_PORT;
  const offering = services.filter(({ ports }) => ports.some((each) => each.number === port.number));
  if (offering.length === 0) {
    throw new Refusal(
      'metrics.portName',
      JSON.stringify(name),
      'no Service offers this port, so a ServiceMonitor would find nothing',
      'Write Metrics.podMonitor(), or give the port a servicePort',
    );
  }
  if (offering.length > 1) {
    throw new Refusal(
      'metrics.portName',
      JSON.stringify(name),
      `the Services ${offering.map((service) => service.name).join(' and ')} offer this port, so each pod would be counted ${offering.length} times`,
      'Write Metrics.podMonitor(), or portNames for all exposures but one',
    );
  }
}

/**
 * Annotations of the pods by which Prometheus finds the metrics.
 */
export function scrapeAnnotations(metrics: MetricsSettings | undefined): Record<string, string> {
  return metrics?.factory === 'scrapeAnnotations'
    ? {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': String(metrics.port.number),
        'prometheus.io/path': metrics.path,
      }
    : {};
}
