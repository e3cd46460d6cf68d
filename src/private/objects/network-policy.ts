import { ApiObject } from 'cdk8s';
import type { Deployment, Service } from 'cdk8s-plus-27';
import { NetworkPolicy, NetworkPolicyTrafficDefault, Protocol } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Manifest } from '../kubernetes/manifest';
import { addTypedFields } from '../kubernetes/typed-fields';
import type { DrainProxySettings } from '../settings/drain-proxy';
import type { Port } from '../settings/ports';
import { targetPort } from '../settings/ports';
import type { Settings } from '../settings/settings';

/** Every pod of the cluster, and nothing outside of it. */
const ALL_PODS: Manifest = { namespaceSelector: {} };

/**
 * The NetworkPolicy, if the user asked for one. It lets in connections to the ports of the Services and of the
 * metrics, and what the user adds.
 */
export function createNetworkPolicy(
  scope: Construct,
  settings: Settings,
  deployment: Deployment,
  services: Service[],
): NetworkPolicy | undefined {
  const { identity, networkPolicy: asked } = settings;
  if (!asked) {
    return undefined;
  }
  const networkPolicy = new NetworkPolicy(scope, 'NetworkPolicy', {
    metadata: { name: identity.name, labels: identity.labels, annotations: identity.annotations },
    selector: deployment,
    ingress: { default: NetworkPolicyTrafficDefault.DENY },
  });
  const { peers = [], metricsPeers = [] } = asked;
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

/** By name if the port has one, so that old and new pods are reached when a release changes the number. */
function servicePorts(services: Service[], { ports, drainProxy }: Settings): Manifest[] {
  const targets = services
    .flatMap(({ ports: offered }) => offered)
    .map(({ targetPort: target, port, protocol }) => portOf(target ?? port, ports, protocol));
  return distinct(drainProxy ? [...targets, proxyPort(drainProxy)] : targets);
}

/**
 * Behind a drain proxy both its port and the application's: monitors find the port by name, annotations give
 * its number.
 */
function metricsPorts({ metrics, ports, container, drainProxy }: Settings): Manifest[] {
  if (!metrics) {
    return [];
  }
  const { number } = metrics.port;
  const direct = [portOf(number, ports), portOf(number, container.ports)];
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
