import { Protocol } from 'cdk8s-plus-27';
import { IntOrString } from '../../imports/k8s';
import { Sidecar } from '../further-containers';
import { ExtraPort } from '../ports';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { HTTP1_CLEARTEXT, HTTP2_CLEARTEXT } from './app-protocols';
import { QUALIFIED_NAME } from './identity';
import { wholeNumber } from './numbers';
import { Refusal } from './refusal';

/** A port of a container, as props ask for it, all defaults filled in. */
export interface Port {
  readonly name?: string;
  readonly number: number;
  readonly servicePort?: number;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
}

/** How a probe or a Service refers to a port: by name where it has one. */
export interface TargetPort {
  readonly number: number;
  readonly reference: IntOrString;
}

/** Name of the main port in a Service that offers several ports, where it has none in the pods. */
export const MAIN_PORT = 'main';

/** Source: IANA service names (RFC 6335), which Kubernetes demands of a container's port. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * All ports of the application's container, the main one first.
 */
export function resolvePorts(props: ZeroDowntimeDeploymentProps): Port[] {
  const main: Port = {
    // Pods of an adopted Deployment may not know the name, and a Service that asks for it would lose them.
    name: props.portName ?? (props.selectorLabels ? undefined : props.tlsSecret ? 'https' : 'http'),
    number: portNumber('port', props.port),
    servicePort: portNumber('servicePort', props.servicePort ?? (props.tlsSecret ? 443 : 80)),
    protocol: Protocol.TCP,
    appProtocol: props.appProtocol,
  };
  checkAppProtocol('appProtocol', main);
  if (
    props.tlsSecret &&
    main.appProtocol !== undefined &&
    [...HTTP1_CLEARTEXT, ...HTTP2_CLEARTEXT].includes(main.appProtocol)
  ) {
    throw new Refusal(
      'appProtocol',
      JSON.stringify(main.appProtocol),
      'it means a protocol without TLS, and with tlsSecret the application speaks TLS on this port',
      "Write appProtocol: 'https', or leave it out",
    );
  }
  const extra = (props.extraPorts ?? []).map((port, i) => toPort(`extraPorts[${i}]`, port));
  const ports = [main, ...extra];
  ports.forEach((port, i) => checkPort(i === 0 ? 'port' : `extraPorts[${i - 1}]`, port, ports.slice(0, i)));
  return ports;
}

/**
 * The ports of each sidecar. None may be taken by the application or another sidecar.
 */
export function resolveSidecarPorts(sidecars: Sidecar[], appPorts: Port[]): Port[][] {
  const earlier = [...appPorts];
  return sidecars.map(({ ports = [] }, i) =>
    ports.map((asked, j) => {
      const prop = `sidecars[${i}].ports[${j}]`;
      const port = toPort(prop, asked);
      if (earlier.some(({ number, protocol }) => number === port.number && protocol === port.protocol)) {
        throw new Refusal(
          prop,
          port.number,
          `another ${port.protocol} port of the pod has this number, and all its containers share one network, so one of them would not start`,
          'Let the sidecar listen on a port of its own',
        );
      }
      checkPort(prop, port, earlier);
      earlier.push(port);
      return port;
    }),
  );
}

/**
 * Reference to a port of the container by number, through its name where it has one.
 */
export function targetPort(number: number, ports: Port[], protocol = Protocol.TCP): TargetPort {
  // A Service looks for a port of this name and of its own protocol.
  const name = ports.find((port) => port.number === number && port.protocol === protocol)?.name;
  return { number, reference: name ? IntOrString.fromString(name) : IntOrString.fromNumber(number) };
}

function toPort(prop: string, asked: ExtraPort): Port {
  const port: Port = {
    name: asked.name,
    number: portNumber(`${prop}.port`, asked.port),
    servicePort:
      asked.servicePort === undefined ? undefined : portNumber(`${prop}.servicePort`, asked.servicePort),
    protocol: asked.protocol ?? Protocol.TCP,
    appProtocol: asked.appProtocol,
  };
  checkAppProtocol(`${prop}.appProtocol`, port);
  return port;
}

function portNumber(prop: string, value: number): number {
  return wholeNumber(prop, value, { max: 65_535 });
}

function checkAppProtocol(prop: string, { appProtocol, servicePort }: Port): void {
  if (appProtocol === undefined) {
    return;
  }
  if (!QUALIFIED_NAME.test(appProtocol)) {
    throw new Refusal(
      prop,
      JSON.stringify(appProtocol),
      'the API server does not take it as the name of a protocol',
      "Write for example 'https' or 'kubernetes.io/h2c'",
    );
  }
  if (servicePort === undefined) {
    throw new Refusal(
      prop,
      JSON.stringify(appProtocol),
      'it is told by the Service, which does not offer this port',
      'Give the port a servicePort, or leave appProtocol out',
    );
  }
}

function checkPort(prop: string, port: Port, earlier: Port[]): void {
  if (port.name !== undefined && !PORT_NAME.test(port.name)) {
    throw new Refusal(
      `${prop} name`,
      JSON.stringify(port.name),
      'Kubernetes does not take it as the name of a port',
      "Write at most 15 lower-case letters, digits and '-', with at least one letter, for example 'metrics'",
    );
  }
  const sameProtocol = earlier.filter((other) => other.protocol === port.protocol);
  if (earlier.some((other) => (other.name ?? MAIN_PORT) === port.name)) {
    throw new Refusal(
      `${prop} name`,
      JSON.stringify(port.name),
      'another port has this name, so a Service could not tell them apart',
      'Give each port a name of its own',
    );
  }
  if (sameProtocol.some((other) => other.number === port.number)) {
    throw new Refusal(
      prop,
      port.number,
      `another ${port.protocol} port has this number`,
      'List each port once',
    );
  }
  if (
    port.servicePort !== undefined &&
    sameProtocol.some((other) => other.servicePort === port.servicePort)
  ) {
    throw new Refusal(
      `${prop} servicePort`,
      port.servicePort,
      'the Service offers another port under this number',
      'Give each offered port a servicePort of its own',
    );
  }
}
