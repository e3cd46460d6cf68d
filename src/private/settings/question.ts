import type { Probe } from '../../../imports/k8s';
import type { HealthCheck } from '../../health-check';
import { checkCommand } from './command';
import { PORT, wholeNumber } from '../kubernetes/numbers';
import type { Port } from './ports';
import { targetPort } from './ports';
import { checkAll, checkEach, Refusal } from '../refusals/refusal';

/** Source: the API server's rule for `httpHeaders` of a probe. */
const HEADER_NAME = /^[-A-Za-z0-9]+$/;

/**
 * Checks what a health check asks, whatever port it asks.
 */
export function checkQuestion(prop: string, check: HealthCheck): void {
  const { _factory: factory, _options: options, _path: path = '', _command: command = [] } = check;
  if (options.port !== undefined) {
    wholeNumber(`${prop}.port`, options.port, PORT);
  }
  if (factory === 'http') {
    checkAll(
      () => checkPath(`${prop}.path`, path),
      () =>
        checkEach(Object.keys(options.httpHeaders ?? {}), (name) =>
          checkHeader(`${prop}.httpHeaders name`, name),
        ),
    );
  }
  if (factory === 'command') {
    checkProbeCommand(`${prop}.command`, command);
  }
}

/**
 * What a health check asks, on a port without TLS.
 */
export function questionOf(prop: string, check: HealthCheck, ports: Port[]): Probe {
  const { _factory: factory, _options: options } = check;
  if (factory === 'command') {
    return { exec: { command: check._command } };
  }
  const port = askedPort(check, ports);
  if (port === undefined) {
    throw new Refusal(
      `${prop}.port`,
      port,
      'the sidecar has no port that could be asked',
      'Give it ports, or write HealthCheck.command([...])',
    );
  }
  const { reference } = targetPort(port, ports);
  switch (factory) {
    case 'tcp':
      return { tcpSocket: { port: reference } };
    case 'grpc':
      return { grpc: { port, service: options.service } };
    case 'http':
      return { httpGet: { ...httpQuestion(check), port: reference } };
  }
}

function httpQuestion({ _path: path, _options: options }: HealthCheck) {
  const headers = Object.entries(options.httpHeaders ?? {}).map(([name, value]) => ({ name, value }));
  return { path, scheme: options.scheme, httpHeaders: headers.length > 0 ? headers : undefined };
}

/**
 * The port that a health check asks; none for a sidecar without ports.
 */
export function askedPort({ _options: { port } }: HealthCheck, ports: Port[]): number | undefined {
  return port ?? ports[0]?.number;
}

/**
 * Whether a health check tells that the application speaks gRPC on its main port.
 */
export function asksGrpc(check: HealthCheck | undefined, mainPort: number): boolean {
  return check?._factory === 'grpc' && (check._options.port ?? mainPort) === mainPort;
}

function checkPath(prop: string, path: string): void {
  if (!path.startsWith('/')) {
    throw new Refusal(prop, JSON.stringify(path), 'a path starts with /', `Write ${pathOnly(path)}`);
  }
}

/** The check that was most likely meant, where the path is a URL or does not start with `/`. */
function pathOnly(path: string): string {
  const [, scheme, port, rest = ''] = /^(?:([a-z]+):\/\/[^/:]+|[\w.-]+(?=:\d))(?::(\d+))?(\/.*)?$/i.exec(
    path,
  ) ?? [path, undefined, undefined, `/${path}`];
  const options = [
    ...(port ? [`port: ${port}`] : []),
    ...(scheme?.toLowerCase() === 'https' ? ['scheme: ConnectionScheme.HTTPS'] : []),
  ];
  return `HealthCheck.http('${rest || '/'}'${options.length > 0 ? `, { ${options.join(', ')} }` : ''})`;
}

function checkHeader(prop: string, name: string): void {
  if (!HEADER_NAME.test(name)) {
    throw new Refusal(
      prop,
      JSON.stringify(name),
      'the API server refuses it as the name of a header',
      "Write letters, digits and '-', for example 'X-Probe'",
    );
  }
}

function checkProbeCommand(prop: string, command: string[]): void {
  if (command.length === 0) {
    throw new Refusal(
      prop,
      '[]',
      'there is nothing to run, so the API server refuses the probe',
      "Write for example HealthCheck.command(['/app/ready'])",
    );
  }
  checkCommand(prop, command);
}
