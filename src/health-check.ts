import type { Duration } from 'cdk8s';
import type { ConnectionScheme } from 'cdk8s-plus-27';

/**
 * When and how patiently a health check is made.
 */
export interface HealthCheckOptions {
  /**
   * Port to ask, 1 to 65535.
   *
   * @default - the main port
   */
  readonly port?: number;

  /**
   * Time between two checks, whole seconds from 1 s to 5 min. The start-up probe does not use it: it asks every second.
   *
   * @default - 5 s for readiness, 10 s (Kubernetes' own default) for liveness
   */
  readonly period?: Duration;

  /**
   * Time after which an unanswered check counts as failed, whole seconds from 1 s to 5 min. The start-up probe
   * has the time-out of readiness.
   *
   * @default - 5 s, so that a slow answer under load does not take the pod out of service; for liveness at least that of readiness
   */
  readonly timeout?: Duration;

  /**
   * Failed checks in a row until the pod counts as unhealthy, at least 1. The start-up probe does not use
   * it: its number follows from `startupBudget`.
   *
   * @default - 3 for readiness (Kubernetes' own default), 6 for liveness
   */
  readonly failureThreshold?: number;

  /**
   * Time from the start of the container during which it is not checked, whole seconds from 1 s to 6 h. With
   * readiness, it gets no traffic during this time either.
   *
   * It is for versions that crash soon after their start. It counts anew from each restart, so a version that
   * crashes within the delay of `readiness` never serves a request. Choose it longer than the start-up time of
   * the application plus the time in which bad versions crash, by at least a second: Kubernetes rounds the
   * start down to a whole second. It costs time: every new or restarted pod takes at least this long until it
   * serves.
   * The start-up probe does not use it.
   *
   * @default - none: the start-up probe finds the earliest moment
   */
  readonly initialDelay?: Duration;
}

/**
 * Options of an HTTP health check.
 */
export interface HttpHealthCheckOptions extends HealthCheckOptions {
  /**
   * HTTP, or HTTPS without verifying the certificate.
   *
   * @default ConnectionScheme.HTTP
   */
  readonly scheme?: ConnectionScheme;

  /**
   * Request headers, by name.
   *
   * @default - none beyond the kubelet's own
   */
  readonly httpHeaders?: { [name: string]: string };
}

/**
 * Options of a gRPC health check.
 */
export interface GrpcHealthCheckOptions extends HealthCheckOptions {
  /**
   * Service name to put into the `HealthCheckRequest`.
   *
   * @default - none, which asks for the health of the whole server
   */
  readonly service?: string;
}

/**
 * A question to the application that tells whether it can serve.
 */
export class HealthCheck {
  /**
   * HTTP GET. A status from 200 to 399 is healthy.
   *
   * @param path path of the request, starts with `/`
   * @param options port, patience, scheme and headers
   * @returns the health check
   */
  public static http(path: string, options: HttpHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('http', options, path);
  }

  /**
   * Opens a TCP connection. An accepted one is healthy.
   *
   * @param options port and patience
   * @returns the health check
   */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('tcp', options);
  }

  /**
   * Calls the standard gRPC health service (`grpc.health.v1.Health/Check`); `SERVING` is healthy.
   *
   * @param options port, patience and service name
   * @returns the health check
   */
  public static grpc(options: GrpcHealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('grpc', options);
  }

  /**
   * Runs a command in the container. Exit status 0 is healthy.
   *
   * @param command program and arguments, without a shell
   * @param options patience, without a port
   * @returns the health check
   */
  public static command(command: string[], options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('command', options, undefined, command);
  }

  private constructor(
    /** @internal */
    public readonly _factory: 'http' | 'tcp' | 'grpc' | 'command',
    /** @internal */
    public readonly _options: HttpHealthCheckOptions & GrpcHealthCheckOptions,
    /** @internal */
    public readonly _path?: string,
    /** @internal */
    public readonly _command?: string[],
  ) {}
}
