import type { Duration } from 'cdk8s';

/**
 * Where the metrics of the pods are.
 */
export interface MetricsOptions {
  /**
   * Name of the port: of the main port, of one of `extraPorts` or of one of a sidecar's ports.
   *
   * @default 'metrics'
   */
  readonly portName?: string;

  /**
   * Path of the requests, starts with `/`.
   *
   * @default '/metrics'
   */
  readonly path?: string;
}

/**
 * Options of `Metrics.podMonitor` and `Metrics.serviceMonitor`.
 */
export interface MonitorOptions extends MetricsOptions {
  /**
   * Time between two scrapes, whole seconds.
   *
   * @default - that of Prometheus
   */
  readonly interval?: Duration;

  /**
   * Labels of the monitor, by which a Prometheus finds it, such as `{ release: 'prometheus' }`. They win over `labels`,
   * which all objects have.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * How Prometheus finds the metrics of the pods. A `networkPolicy` lets in those who read the metrics.
 */
export class Metrics {
  /**
   * A PodMonitor of the Prometheus Operator: each pod is scraped, also on a port that no Service offers.
   *
   * @param options where the metrics are, and how often they are read
   * @returns the metrics
   * @see https://prometheus-operator.dev/docs/developer/getting-started/#using-podmonitors
   */
  public static podMonitor(options: MonitorOptions = {}): Metrics {
    return new Metrics('podMonitor', options);
  }

  /**
   * A ServiceMonitor of the Prometheus Operator: each pod behind the Service is scraped while it is ready. The
   * port needs a `servicePort`, and only one Service may offer it.
   *
   * @param options where the metrics are, and how often they are read
   * @returns the metrics
   * @see https://prometheus-operator.dev/docs/developer/getting-started/#using-servicemonitors
   */
  public static serviceMonitor(options: MonitorOptions = {}): Metrics {
    return new Metrics('serviceMonitor', options);
  }

  /**
   * Annotations of the pods, `prometheus.io/scrape`, `port` and `path`, for a Prometheus that is set up to follow them.
   *
   * @param options where the metrics are
   * @returns the metrics
   * @see https://github.com/prometheus-community/helm-charts/blob/main/charts/prometheus/README.md#scraping-pod-metrics-via-annotations
   */
  public static scrapeAnnotations(options: MetricsOptions = {}): Metrics {
    return new Metrics('scrapeAnnotations', options);
  }

  private constructor(
    /** @internal */
    public readonly _factory: 'podMonitor' | 'serviceMonitor' | 'scrapeAnnotations',
    /** @internal */
    public readonly _options: MonitorOptions,
  ) {}
}
