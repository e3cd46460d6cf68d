import { Protocol } from 'cdk8s-plus-27';
import { IntOrString } from '../../../imports/k8s';
import type { AcceptedRisks } from '../../accepted-risks';
import type { ApplicationProps } from '../../application-props';
import type { ExposureProps } from '../../exposure-props';
import type { NamingProps } from '../../naming-props';
import type { PodTemplateProps } from '../../pod-template-props';
import type { ExtraPort } from '../../ports';
import type { ServiceOptions } from '../../service-options';
import { HTTP1_CLEARTEXT, HTTP2_CLEARTEXT } from '../kubernetes/app-protocols';
import { QUALIFIED_NAME } from '../kubernetes/names';
import { PORT, wholeNumber } from '../kubernetes/numbers';
import { checkAll, checkEach, part, Refusal } from '../refusals/refusal';

/** A port of a container, with every default filled in. */
export interface Port {
  readonly name?: string;
  readonly number: number;
  readonly servicePort?: number;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
  readonly paths: PortPaths;
}

/** The paths of a port's parts in the props. */
interface PortPaths {
  readonly port: string;
  readonly name: string;
  readonly servicePort: string;
}

/** How a probe or a Service refers to a port: by name where it has one. */
export interface TargetPort {
  readonly number: number;
  readonly reference: IntOrString;
}

/** Name of the main port in a Service that offers several ports, where it has none in the pods. */
export const MAIN_PORT = 'main';

const MAIN_PATHS: PortPaths = { port: 'port', name: 'portName', servicePort: 'exposure.servicePort' };

/** Source: IANA service names (RFC 6335), which Kubernetes demands of a container's port. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * All ports of the application's container, the main one first.
 */
export function resolvePorts(props: ApplicationProps & NamingProps & ExposureProps & AcceptedRisks): Port[] {
  const main = part(() => resolveMainPort(props, props.exposure?._options));
  const extraPorts = props.extraPorts ?? [];
  const extra = extraPorts.map((_, i) => part(() => toPort(`extraPorts[${i}]`, extraPorts[i])));
  const all = [main, ...extra];
  checkAll(...all);
  const ports = all.map((each) => each());
  checkAll(
    () => checkEach(ports, (port, i) => checkPort(port, ports.slice(0, i))),
    () => checkNumbersOf(ports, props),
  );
  return ports;
}

/**
 * The main port, as a Service offers it.
 */
export function resolveMainPort(
  props: ApplicationProps & NamingProps,
  { servicePort = props.tls ? 443 : 80, appProtocol }: ServiceOptions = {},
): Port {
  const main: Port = {
    // Pods of an adopted Deployment may not have the name, and a Service that refers to it would lose them.
    name: props.portName ?? (props.selectorLabels ? undefined : props.tls ? 'https' : 'http'),
    number: portNumber('port', props.port),
    servicePort: portNumber('exposure.servicePort', servicePort),
    protocol: Protocol.TCP,
    appProtocol,
    paths: MAIN_PATHS,
  };
  checkAppProtocol('exposure.appProtocol', main);
  if (
    props.tls &&
    main.appProtocol !== undefined &&
    [...HTTP1_CLEARTEXT, ...HTTP2_CLEARTEXT].includes(main.appProtocol)
  ) {
    throw new Refusal(
      'exposure.appProtocol',
      JSON.stringify(main.appProtocol),
      'it means a protocol without TLS, and with tls the application speaks TLS on this port',
      "Write appProtocol: 'https', or leave it out",
    );
  }
  return main;
}

/**
 * The ports of each sidecar. None may be taken by the application or another sidecar.
 */
export function resolveSidecarPorts(props: PodTemplateProps & AcceptedRisks, appPorts: Port[]): Port[][] {
  const { sidecars = [] } = props;
  const earlier = [...appPorts];
  return sidecars.map(({ ports = [] }, i) => {
    const own = ports.map((asked, j) => {
      const prop = `sidecars[${i}].ports[${j}]`;
      const port = toPort(prop, asked);
      if (earlier.some(({ number, protocol }) => number === port.number && protocol === port.protocol)) {
        throw new Refusal(
          `${prop}.port`,
          port.number,
          `another ${port.protocol} port of the pod has this number, and all its containers share one network, so one of them would not start`,
          'Let the sidecar listen on a port of its own',
        );
      }
      checkPort(port, earlier);
      earlier.push(port);
      return port;
    });
    checkNumbersOf(own, props);
    return own;
  });
}

/** Why two ports must not share a number: what a tool does that applies a change to a list of ports. */
export const LOSE_ONE =
  'kubectl apply and Helm 3, which tell ports apart by their number alone, lose one of the two';

/**
 * Refuses a TCP and a UDP port with the same number in a container: a Service does not find a lost port by its
 * name.
 */
function checkNumbersOf(ports: Port[], { acceptDowntimeOnRollout }: AcceptedRisks): void {
  checkEach(ports, ({ number, protocol, paths }, i) => {
    const other = ports.slice(0, i).find((each) => each.number === number && each.protocol !== protocol);
    if (other && !acceptDowntimeOnRollout) {
      throw new Refusal(
        paths.port,
        number,
        `the container has a ${other.protocol} port of this number, and ${LOSE_ONE} or both when a release adds or removes a port`,
        `Let it listen on another number for ${protocol}, or write acceptDowntimeOnRollout: true if you apply with --server-side`,
      );
    }
  });
}

/**
 * Reference to the container's port with this number, by its name if it has one.
 */
export function targetPort(number: number, ports: Port[], protocol = Protocol.TCP): TargetPort {
  // A Service looks for a port with this name and its own protocol.
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
    paths: { port: `${prop}.port`, name: `${prop}.name`, servicePort: `${prop}.servicePort` },
  };
  checkAppProtocol(`${prop}.appProtocol`, port);
  return port;
}

function portNumber(prop: string, value: number): number {
  return wholeNumber(prop, value, PORT);
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

function checkPort(port: Port, earlier: Port[]): void {
  const { paths } = port;
  if (port.name !== undefined && !PORT_NAME.test(port.name)) {
    throw new Refusal(
      paths.name,
      JSON.stringify(port.name),
      'Kubernetes does not take it as the name of a port',
      "Write at most 15 lower-case letters, digits and '-', with at least one letter, for example 'metrics'",
    );
  }
  if (earlier.some((other) => (other.name ?? MAIN_PORT) === port.name)) {
    throw new Refusal(
      paths.name,
      JSON.stringify(port.name),
      'another port has this name, so a Service could not tell them apart',
      'Give each port a name of its own',
    );
  }
  if (earlier.some((other) => other.protocol === port.protocol && other.number === port.number)) {
    throw new Refusal(
      paths.port,
      port.number,
      `another ${port.protocol} port has this number`,
      'List each port once',
    );
  }
}
