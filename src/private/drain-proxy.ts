import { Size } from 'cdk8s';
import { ContainerProps, ContainerResources, Cpu, ImagePullPolicy, Protocol } from 'cdk8s-plus-27';
import { Container, IntOrString, Probe, toJson_Container, toJson_Volume } from '../../imports/k8s';
import { Sidecar } from '../further-containers';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { annotationKey } from './annotations';
import { HTTP1_CLEARTEXT, HTTP2_CLEARTEXT, OVER_TLS } from './app-protocols';
import { ServiceExposure } from './exposure/exposure';
import { SidecarSettings } from './further-containers';
import { DRAIN_PATH, http1Config, http2Config, http2DrainScript, READY_PATH } from './haproxy-config';
import { Identity } from './identity';
import { checkImage } from './image';
import { wholeNumber } from './numbers';
import { Port } from './ports';
import { asksGrpc } from './question';
import { checkAll, checkEach, Part, part, Refusal, throwAll } from './refusal';
import { withRequests, wrongAmounts } from './resources';
import { Termination } from './termination';
import { Manifest } from './typed-fields';

/** The proxy in front of the application, all defaults filled in. */
export interface DrainProxySettings {
  readonly image: string;
  /** Has the main port's name, by which the Service finds it. */
  readonly port: Port;
  readonly controlPort: number;
  readonly resources: ContainerResources;
  /** Content of its files, by name. */
  readonly files: Record<string, string>;
}

/** Name of the proxy's container and of its volume. */
export const DRAIN_PROXY = 'drain-proxy';
const FOLDER = '/etc/drain-proxy';
const CONFIG_FILE = 'haproxy.cfg';
const SCRIPT_FILE = 'drain.lua';
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
  readonly sidecars: Part<SidecarSettings[]>;
  readonly exposures: Part<ServiceExposure[]>;
  readonly termination: Part<Termination>;
}

/**
 * The proxy's settings, or nothing where none is asked for.
 */
export function resolveDrainProxy(
  props: ZeroDowntimeDeploymentProps,
  { identity, ports, sidecars, exposures, termination }: Needed,
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
  const haproxyPorts = { port: port(), controlPort: port() + 1, applicationPort: main.number };
  return {
    image: image(),
    port: { ...main, number: port() },
    controlPort: haproxyPorts.controlPort,
    resources: withRequests(options.resources, SMALL_REQUESTS),
    files: http2
      ? {
          [CONFIG_FILE]: http2Config(haproxyPorts, maxConnections(), `${FOLDER}/${SCRIPT_FILE}`),
          [SCRIPT_FILE]: http2DrainScript(termination().drainSeconds),
        }
      : { [CONFIG_FILE]: http1Config(haproxyPorts, maxConnections()) },
  };
}

/** Refuses an application that speaks to its clients in another way than the proxy does. */
function checkProtocol(
  props: ZeroDowntimeDeploymentProps,
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

/** Sidecars start before the proxy does. */
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
  // A Gateway that speaks HTTP/1.1 to a proxy that does not.
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
function checkGrpc({ readiness, liveness }: ZeroDowntimeDeploymentProps, ports: Port[]): void {
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

/** Refuses to tell ingress controllers and gateways of a protocol that the proxy does not speak. */
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

function checkNames({ pod = {} }: ZeroDowntimeDeploymentProps, { containerName }: Identity): void {
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
 * The ports of the application's container: behind a proxy, the name of the main one is the proxy's.
 */
export function applicationPorts(ports: Port[], drainProxy?: DrainProxySettings): Port[] {
  const [main, ...others] = ports;
  return drainProxy ? [{ ...main, name: undefined }, ...others] : ports;
}

/**
 * The proxy's files, as annotations of the pod: so they belong to the revision and come back with a rollback.
 */
export function drainProxyAnnotations({ files }: DrainProxySettings): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [annotationKey(file), content]));
}

/**
 * The sidecar, as far as cdk8s-plus-27 can say it.
 */
export function drainProxyContainer({
  image,
  port,
  controlPort,
  resources,
}: DrainProxySettings): ContainerProps {
  return {
    name: DRAIN_PROXY,
    image,
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    command: ['haproxy', '-db', '-f', `${FOLDER}/${CONFIG_FILE}`],
    ports: [
      { name: port.name, number: port.number, protocol: port.protocol },
      { number: controlPort, protocol: port.protocol },
    ],
    resources,
  };
}

/**
 * What cdk8s-plus-27 cannot say of the sidecar, and the volume with its files.
 */
export function completeDrainProxy(
  podSpec: Manifest,
  { controlPort, files }: DrainProxySettings,
  user: number,
): void {
  const own = podSpec.initContainers.find((container: Manifest) => container.name === DRAIN_PROXY);
  Object.assign(own, toJson_Container(sidecar(controlPort, user)));
  podSpec.volumes = [
    ...(podSpec.volumes ?? []),
    toJson_Volume({
      name: DRAIN_PROXY,
      downwardApi: {
        items: Object.keys(files).map((path) => ({
          path,
          fieldRef: { fieldPath: `metadata.annotations['${annotationKey(path)}']` },
        })),
      },
    }),
  ];
}

function sidecar(controlPort: number, user: number): Container {
  const ask = (path: string) => ({ httpGet: { path, port: IntOrString.fromNumber(controlPort) } });
  const ready: Probe = ask(READY_PATH);
  return {
    name: DRAIN_PROXY,
    // A sidecar: it runs before the application starts and until it has ended.
    restartPolicy: 'Always',
    // The application starts only when the proxy listens.
    startupProbe: { ...ready, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 30 },
    readinessProbe: { ...ready, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
    // The kubelet sends it at the same time at which the application's drain begins.
    lifecycle: { preStop: ask(DRAIN_PATH) },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: user,
    },
    volumeMounts: [{ name: DRAIN_PROXY, mountPath: FOLDER, readOnly: true }],
  };
}

function freePort(ports: Port[]): number {
  const taken = ports.flatMap(({ number }) => [number - 1, number]);
  let port = PORT;
  while (taken.includes(port)) {
    port += 2;
  }
  return port;
}
