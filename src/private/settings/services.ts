import { ServiceType } from 'cdk8s-plus-27';
import type { ApplicationProps } from '../../application-props';
import type { NamingProps } from '../../naming-props';
import { checkServiceName } from '../kubernetes/names';
import type { Part } from '../refusals/refusal';
import { checkAll, checkEach, movedTo, part, Refusal } from '../refusals/refusal';
import type { DrainProxySettings } from './drain-proxy';
import type { ServiceExposure } from './exposure/exposure';
import { PATH } from './exposure/exposure';
import type { Identity } from './identity';
import type { Port } from './ports';
import { LOSE_ONE, MAIN_PORT, resolveMainPort } from './ports';
import type { ListeningSidecar } from './sidecars';

/** A Service in front of the pods. */
export interface ServiceSettings {
  readonly name: string;
  readonly exposure: ServiceExposure;
  /** The ports that it offers, the main one first unless it is left out. */
  readonly ports: Port[];
}

/** The method of Exposure for each type of Service. */
const METHODS: Record<ServiceType, string> = {
  [ServiceType.CLUSTER_IP]: 'clusterIp',
  [ServiceType.NODE_PORT]: 'nodePort',
  [ServiceType.LOAD_BALANCER]: 'loadBalancer',
  [ServiceType.EXTERNAL_NAME]: 'clusterIp',
};

/** Other settings that the Services depend on. */
interface Needed {
  readonly identity: Part<Identity>;
  readonly exposures: Part<ServiceExposure[]>;
  readonly ports: Part<Port[]>;
  readonly sidecars: Part<ListeningSidecar[]>;
  readonly drainProxy: Part<DrainProxySettings | undefined>;
}

/**
 * The Services, that of `exposure` first.
 */
export function resolveServices(props: ApplicationProps & NamingProps, needed: Needed): ServiceSettings[] {
  const exposures = needed.exposures();
  const names = part(() => resolveNames(exposures, needed.identity().name));
  const offered = exposures.map((exposure) => part(() => resolvePortsOf(exposure, props, needed)));
  checkAll(names, ...offered);
  return exposures.map((exposure, i) => ({ name: names()[i], exposure, ports: offered[i]() }));
}

/** The names of the Services, all different. */
function resolveNames([main, ...further]: ServiceExposure[], name: string): string[] {
  const { serviceName } = main.options;
  const names = [serviceName ?? name];
  checkServiceName(`${PATH}.serviceName${serviceName === undefined ? ' (from the name)' : ''}`, names[0]);
  checkEach(further, ({ path, options: { serviceName: own } }) => {
    const prop = `${path}.serviceName`;
    if (own === undefined || names.includes(own)) {
      throw new Refusal(
        prop,
        own && JSON.stringify(own),
        own ? 'another Service of the same pods has this name' : 'the name is that of another Service',
        `Write a name of its own, for example serviceName: '${names[0]}-internal'`,
      );
    }
    checkServiceName(prop, own);
    names.push(own);
  });
  return names;
}

function resolvePortsOf(
  exposure: ServiceExposure,
  props: ApplicationProps & NamingProps,
  needed: Needed,
): Port[] {
  const { path, options, profile } = exposure;
  const [, ...extra] = needed.ports();
  const main = movedTo(path, PATH, () => resolveMainPort(props, options));
  const sidecarPorts = needed.sidecars().flatMap((sidecar) => sidecar.ports);
  const all = [main, ...extra, ...sidecarPorts].filter(({ servicePort }) => servicePort !== undefined);
  const offered = all.filter((port) => options.portNames?.includes(nameOf(port)) ?? true);
  checkPortNames(exposure, all);
  if (!profile.headless) {
    checkNumbers(exposure, offered, needed.identity().name);
    return offered;
  }
  // Clients connect to the pods themselves, so nothing translates port numbers.
  const { number } = needed.drainProxy()?.port ?? main;
  const asInPods = offered.map((port) => ({ ...port, servicePort: port === main ? number : port.number }));
  checkHeadlessNumbers(path, asInPods);
  return asInPods;
}

function nameOf({ name = MAIN_PORT }: Port): string {
  return name;
}

function checkPortNames({ path, options: { portNames }, profile }: ServiceExposure, all: Port[]): void {
  if (!portNames) {
    return;
  }
  const prop = `${path}.portNames`;
  const names = all.map(nameOf);
  if (portNames.length === 0) {
    throw new Refusal(
      prop,
      '[]',
      'the Service would offer no port, so the API server refuses it',
      'Name at least one, or leave the option out to offer all',
    );
  }
  checkEach(portNames, (name, i) => {
    if (!names.includes(name)) {
      throw new Refusal(
        `${prop}[${i}]`,
        JSON.stringify(name),
        'no port that a Service may offer has this name',
        `Write one of ${names.join(', ')}, or give the port a servicePort`,
      );
    }
  });
  if ((profile.ingress || profile.httpRoute) && !portNames.includes(names[0])) {
    throw new Refusal(
      prop,
      JSON.stringify(portNames),
      `${profile.name} leads to the main port, which the Service would not offer`,
      `Add '${names[0]}', or leave the option out`,
    );
  }
}

function checkNumbers({ path, profile }: ServiceExposure, ports: Port[], name: string): void {
  refuseSameNumbers(ports, (port, other) => {
    const service = path === PATH ? 'the Service' : `the Service of ${path}`;
    if (other.protocol === port.protocol) {
      throw new Refusal(
        port.paths.servicePort,
        port.servicePort,
        `${service} offers another port under this number`,
        'Give each offered port a servicePort of its own',
      );
    }
    const rest = ports.filter((each) => each !== port).map((each) => `'${nameOf(each)}'`);
    const own = `{ serviceName: '${name}-${port.protocol.toLowerCase()}', portNames: ['${nameOf(port)}'] }`;
    throw new Refusal(
      port.paths.servicePort,
      port.servicePort,
      `${service} offers ${other.protocol} under this number, and ${LOSE_ONE}`,
      `Leave the port out of this Service by portNames: [${rest.join(', ')}], and give it one of its own by furtherExposures: [Exposure.${METHODS[profile.type]}(${own})]`,
    );
  });
}

function checkHeadlessNumbers(path: string, ports: Port[]): void {
  refuseSameNumbers(ports, (port, other) => {
    throw new Refusal(
      `${path}.portNames`,
      port.servicePort,
      `the Service offers ${other.protocol} under this number, and ${LOSE_ONE}`,
      'Write portNames with one of the two',
    );
  });
}

/** Refuses ports that a Service would offer under the same number. */
function refuseSameNumbers(ports: Port[], refuse: (port: Port, other: Port) => never): void {
  checkEach(ports, (port, i) => {
    const other = ports.slice(0, i).find(({ servicePort }) => servicePort === port.servicePort);
    if (other) {
      refuse(port, other);
    }
  });
}
