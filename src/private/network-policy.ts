import { ApiObject } from 'cdk8s';
import { Deployment, NetworkPolicy, NetworkPolicyTrafficDefault, Protocol, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { DrainProxySettings } from './drain-proxy';
import { Port, targetPort } from './ports';
import { MetricsSettings } from './metrics';
import { checkAll, Part, Refusal } from './refusal';
import { ServiceSettings } from './services';
import type { Settings } from './settings';
import { addTypedFields, Manifest } from './typed-fields';

/** Every pod of the cluster, and nothing outside of it. */
const ALL_PODS: Manifest = { namespaceSelector: {} };

/** Other settings that the NetworkPolicy depends on. */
interface Needed {
  readonly metrics: Part<MetricsSettings | undefined>;
  readonly services: Part<readonly ServiceSettings[]>;
}

/**
 * Refuses a list of peers that lets in others than it says.
 */
export function checkNetworkPolicy({ networkPolicy }: ZeroDowntimeDeploymentProps, needed: Needed): void {
  const { peers, metricsPeers } = networkPolicy?._options ?? {};
  checkAll(
    () => checkPeers('networkPolicy.peers', peers, 'everyone'),
    () => checkPeers('networkPolicy.metricsPeers', metricsPeers, 'all pods of the cluster'),
    () => metricsPeers && checkReaders(metricsPeers, peers === undefined, needed),
  );
}

/** Refuses to say who reads metrics that there are not, or that everybody can read. */
function checkReaders(metricsPeers: readonly unknown[], toEveryone: boolean, needed: Needed): void {
  const refuse = (reason: string, fix: string) => {
    throw new Refusal('networkPolicy.metricsPeers', `${metricsPeers.length} of them`, reason, fix);
  };
  const port = needed.metrics()?.port;
  if (!port) {
    return refuse(
      'without metrics there is no port that they could read',
      "Write for example metrics: Metrics.podMonitor({ portName: 'http' }), or leave the option out",
    );
  }
  const isOffered = needed.services().some(({ ports }) => ports.some(({ number }) => number === port.number));
  if (toEveryone && isOffered) {
    refuse(
      'everyone is let in to the ports of the Services, and this is one of them',
      'Serve the metrics on a port of extraPorts without servicePort, or write peers, or leave the option out',
    );
  }
}

function checkPeers(prop: string, peers: readonly unknown[] | undefined, otherwise: string): void {
  if (peers?.length === 0) {
    throw new Refusal(
      prop,
      '[]',
      'Kubernetes reads an empty list as everyone',
      `Name at least one peer, or leave ${prop.split('.')[1]} out to let in ${otherwise}`,
    );
  }
}

/**
 * The NetworkPolicy, if the user asked for one: connections to the ports of the Services and of the metrics, and what its user
 * adds.
 */
export function createNetworkPolicy(
  scope: Construct,
  settings: Settings,
  deployment: Deployment,
  services: Service[],
): NetworkPolicy | undefined {
  const { identity, props } = settings;
  if (!props.networkPolicy) {
    return undefined;
  }
  const networkPolicy = new NetworkPolicy(scope, 'NetworkPolicy', {
    metadata: { name: identity.name, labels: identity.labels, annotations: identity.annotations },
    selector: deployment,
    ingress: { default: NetworkPolicyTrafficDefault.DENY },
  });
  const { peers = [], metricsPeers = [] } = props.networkPolicy._options;
  [...peers, ...metricsPeers].forEach((peer) => networkPolicy.addIngressRule(peer));
  addTypedFields(ApiObject.of(networkPolicy), ({ spec }) => {
    const rules: Manifest[] = spec.ingress ?? [];
    const clients = rules.splice(0, peers.length).flatMap((rule) => rule.from);
    const readers = rules.splice(0, metricsPeers.length).flatMap((rule) => rule.from);
    const offered = servicePorts(services, settings);
    const read = metricsPorts(settings);
    const openToAll = clients.length === 0 ? offered : [];
    const needsRule = read.some((port) => !includes(openToAll, port));
    spec.ingress = [
      { from: clients.length > 0 ? clients : undefined, ports: offered },
      ...(needsRule ? [{ from: readers.length > 0 ? readers : [ALL_PODS], ports: read }] : []),
      ...rules,
    ];
  });
  return networkPolicy;
}

/** By name where the pods have one, so that old and new pods are reached when a release changes the number. */
function servicePorts(services: Service[], { ports, drainProxy }: Settings): Manifest[] {
  const targets = services
    .flatMap(({ ports: offered }) => offered)
    .map(({ targetPort: target, port, protocol }) => portOf(target ?? port, ports, protocol));
  return distinct(drainProxy ? [...targets, proxyPort(drainProxy)] : targets);
}

/** Where there is a drain proxy in front of them, through it and past it: monitors ask by name, annotations by number. */
function metricsPorts({ metrics, ports, applicationPorts, drainProxy }: Settings): Manifest[] {
  if (!metrics) {
    return [];
  }
  const { number } = metrics.port;
  const direct = [portOf(number, ports), portOf(number, applicationPorts)];
  return distinct(drainProxy && number === ports[0].number ? [...direct, proxyPort(drainProxy)] : direct);
}

function portOf(number: number, ports: Port[], protocol = Protocol.TCP): Manifest {
  return { port: targetPort(number, ports, protocol).reference.value, protocol };
}

/** By number: not every network plugin looks for a port's name in sidecars. */
function proxyPort({ port }: DrainProxySettings): Manifest {
  return { port: port.number, protocol: port.protocol };
}

function distinct(ports: Manifest[]): Manifest[] {
  return ports.filter((port, i) => !includes(ports.slice(0, i), port));
}

function includes(ports: Manifest[], { port, protocol }: Manifest): boolean {
  return ports.some((other) => other.port === port && other.protocol === protocol);
}
