import { Size } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-27';
import { Cpu, Protocol } from 'cdk8s-plus-27';
import type { AcceptedRisks } from '../../accepted-risks';
import type { ApplicationProps } from '../../application-props';
import type { Sidecar } from '../../further-containers';
import type { HealthProps } from '../../health-props';
import type { PodTemplateProps } from '../../pod-template-props';
import type { TerminationProps } from '../../termination-props';
import { HTTP1_CLEARTEXT, HTTP2_CLEARTEXT, OVER_TLS } from '../kubernetes/app-protocols';
import { wholeNumber } from '../kubernetes/numbers';
import { wrongAmounts } from '../kubernetes/quantities';
import type { Part } from '../refusals/refusal';
import { checkAll, checkEach, part, Refusal, throwAll } from '../refusals/refusal';
import { annotationKey } from './annotations';
import type { ServiceExposure } from './exposure/exposure';
import type { Identity } from './identity';
import { checkImage } from './image';
import type { Port } from './ports';
import { asksGrpc } from './question';
import { withRequests } from './resources';
import type { ListeningSidecar } from './sidecars';

/** The proxy in front of the application, all defaults filled in. */
export interface DrainProxySettings {
  readonly image: string;
  /** Has the main port's name, by which the Service finds it. */
  readonly port: Port;
  /** For the kubelet: health checks, and the order to drain. */
  readonly controlPort: number;
  /** Where the application listens. */
  readonly applicationPort: number;
  readonly http2: boolean;
  readonly maxConnections: number;
  readonly resources: ContainerResources;
}

/** Name of the proxy's container and of its volume. */
export const DRAIN_PROXY = 'drain-proxy';
/** Names of the proxy's files, each of which is an annotation of the pods. */
export const CONFIG_FILE = 'haproxy.cfg';
export const SCRIPT_FILE = 'drain.lua';
/** Source: the newest release of HAProxy's long-term branch of 2025 on 2026-08-27. */
const IMAGE = 'haproxy:3.2.23';
/** Source: docs/adr/0013-drain-proxy.md. */
const PORT = 15_080;
const MAX_CONNECTIONS = 10_000;
const SMALL_REQUESTS = { cpu: Cpu.millis(50), memory: Size.mebibytes(64) };

/** Other settings that the proxy depends on. */
interface Needed {
  readonly identity: Part<Identity>;
  readonly ports: Part<Port[]>;
  readonly sidecars: Part<ListeningSidecar[]>;
  readonly exposures: Part<ServiceExposure[]>;
}

/**
 * The proxy's settings, if the user asked for a proxy.
 */
export function resolveDrainProxy(
  props: TerminationProps & ApplicationProps & PodTemplateProps & HealthProps & AcceptedRisks,
  { identity, ports, sidecars, exposures }: Needed,
): DrainProxySettings | undefined {
  if (!props.drainProxy) {
    return undefined;
  }
  const options = props.drainProxy._options;
  const { http2 = false } = options;
  const image = part(() => options.image ?? IMAGE);
  const port = part(() =>
    wholeNumber('drainProxy.port', options.port ?? PORT, { min: 1024, max: 65_534, example: PORT }),
  );
  const maxConnections = part(() =>
    wholeNumber('drainProxy.maxConnections', options.maxConnections ?? MAX_CONNECTIONS),
  );
  checkAll(
    maxConnections,
    () => checkImage('drainProxy.image', image(), props.acceptNoRollback),
    port,
    () => throwAll(wrongAmounts('drainProxy.resources', options.resources ?? {})),
    () =>
      checkPorts(
        port(),
        ports(),
        sidecars().flatMap((sidecar) => sidecar.ports),
      ),
    () => checkSidecars(port(), props.sidecars),
    () => checkProtocol(props, { ports, exposures }, http2),
    () => checkNames(props, identity()),
  );
  const [main] = ports();
  return {
    image: image(),
    port: { ...main, number: port() },
    controlPort: port() + 1,
    applicationPort: main.number,
    http2,
    maxConnections: maxConnections(),
    resources: withRequests(options.resources, SMALL_REQUESTS),
  };
}

/** Refuses an application that speaks another protocol than the proxy. */
function checkProtocol(
  props: ApplicationProps & HealthProps,
  { ports, exposures }: Pick<Needed, 'ports' | 'exposures'>,
  http2: boolean,
): void {
  if (props.tls) {
    throw new Refusal(
      'drainProxy',
      'HAProxy',
      'with tls the application speaks TLS, which the proxy does not',
      'Write only one of the two',
    );
  }
  checkAll(
    () => checkEach(exposures(), (exposure) => checkExposure(exposure, http2)),
    () => !http2 && checkGrpc(props, ports()),
  );
}

function checkPorts(port: number, ports: Port[], sidecarPorts: Port[]): void {
  const all = [...ports, ...sidecarPorts];
  const taken = all.find(
    ({ number, protocol }) => protocol === Protocol.TCP && [port, port + 1].includes(number),
  );
  if (taken) {
    throw new Refusal(
      'drainProxy.port',
      port,
      `${ports.includes(taken) ? 'the application' : 'a sidecar'} listens on ${taken.number}, and the proxy needs this number and the next one`,
      `Write a port whose next one is free, too, for example DrainProxy.haproxy({ port: ${freePort(all)} })`,
    );
  }
  if (ports[0].name === undefined) {
    throw new Refusal(
      'drainProxy',
      'HAProxy',
      'the Service finds the main port by its number, so pods without the proxy and pods with it could not serve side by side',
      'Give the port a name with portName and roll that out first',
    );
  }
}

/** Refuses sidecars that wait for the proxy, which starts after them. */
function checkSidecars(port: number, sidecars: Sidecar[] = []): void {
  for (const [i, { readiness }] of sidecars.entries()) {
    const asked = readiness?._options.port;
    if (asked === port || asked === port + 1) {
      throw new Refusal(
        `sidecars[${i}].readiness.port`,
        asked,
        'the proxy of drainProxy listens there, which starts only when this sidecar is ready, so no pod would ever start',
        'Ask a port of the sidecar itself',
      );
    }
  }
}

function checkExposure({ path, options: { appProtocol }, profile }: ServiceExposure, http2: boolean): void {
  checkAppProtocol(`${path}.appProtocol`, appProtocol, http2);
  // A Gateway would speak HTTP/1.1 to a proxy that speaks only HTTP/2.
  if (http2 && profile.httpRoute && appProtocol === undefined) {
    throw new Refusal(
      `${path}.appProtocol`,
      undefined,
      'a Gateway speaks HTTP/1.1 to the pods unless it is told otherwise, and the proxy of drainProxy speaks HTTP/2 alone',
      `Write appProtocol: '${HTTP2_CLEARTEXT[0]}'`,
    );
  }
}

/** Refuses to put a proxy for HTTP/1.1 in front of an application that speaks gRPC. */
function checkGrpc({ readiness, liveness }: HealthProps, ports: Port[]): void {
  const [{ number }] = ports;
  for (const [prop, check] of Object.entries({ readiness, liveness })) {
    if (asksGrpc(check, number)) {
      throw new Refusal(
        prop,
        'HealthCheck.grpc',
        'it tells that the application speaks HTTP/2 on the main port, and the proxy of drainProxy speaks HTTP/1.1',
        'Write DrainProxy.haproxy({ http2: true }), or ask another port',
      );
    }
  }
}

/** Refuses to announce to ingress controllers and gateways a protocol that the proxy does not speak. */
function checkAppProtocol(prop: string, appProtocol: string | undefined, http2: boolean): void {
  const spoken = http2 ? HTTP2_CLEARTEXT : HTTP1_CLEARTEXT;
  if (
    appProtocol !== undefined &&
    [...HTTP1_CLEARTEXT, ...HTTP2_CLEARTEXT, ...OVER_TLS].includes(appProtocol) &&
    !spoken.includes(appProtocol)
  ) {
    throw new Refusal(
      prop,
      JSON.stringify(appProtocol),
      `the proxy of drainProxy speaks ${http2 ? 'HTTP/2' : 'HTTP/1.1'} without TLS, so an ingress controller or gateway that follows it gets no answer`,
      `Write appProtocol: '${spoken[0]}' if that is what the application speaks, else ${http2 ? 'DrainProxy.haproxy() for HTTP/1.1' : 'DrainProxy.haproxy({ http2: true }) for HTTP/2'} or no drainProxy`,
    );
  }
}

function checkNames({ pod = {} }: PodTemplateProps, { containerName }: Identity): void {
  const { annotations = {} } = pod;
  if (containerName === DRAIN_PROXY) {
    throw new Refusal(
      'container.name',
      JSON.stringify(DRAIN_PROXY),
      "it is the name of the proxy's container",
      'Write another name',
    );
  }
  for (const key of [CONFIG_FILE, SCRIPT_FILE].map(annotationKey)) {
    if (key in annotations) {
      throw new Refusal(
        `pod.annotations['${key}']`,
        JSON.stringify(annotations[key]),
        'the proxy reads its configuration from it',
        'Leave it out',
      );
    }
  }
}

/**
 * The ports of the application's container: behind a proxy, the name of the main port belongs to the proxy.
 */
export function applicationPorts(ports: Port[], drainProxy?: DrainProxySettings): Port[] {
  const [main, ...others] = ports;
  return drainProxy ? [{ ...main, name: undefined }, ...others] : ports;
}

function freePort(ports: Port[]): number {
  const taken = ports.flatMap(({ number }) => [number - 1, number]);
  let port = PORT;
  while (taken.includes(port)) {
    port += 2;
  }
  return port;
}
