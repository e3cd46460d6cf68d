import { ApiObject } from 'cdk8s';
import { Deployment, NetworkPolicy, NetworkPolicyTrafficDefault, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { NetworkAccess } from '../network-access';
import { targetPort } from './ports';
import { Refusal } from './refusal';
import type { Settings } from './settings';
import { addTypedFields, Manifest } from './typed-fields';

/**
 * Refuses a list of peers that lets in everyone where it means nobody.
 */
export function checkNetworkPolicy(access: NetworkAccess | undefined): void {
  if (access?._options.peers?.length === 0) {
    throw new Refusal(
      'networkPolicy.peers',
      '[]',
      'Kubernetes reads an empty list as everyone',
      'Name at least one peer, or leave peers out to let in everyone',
    );
  }
}

/**
 * The NetworkPolicy, if the user asked for one: connections to the ports of the Services, and what its user adds.
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
  const { peers = [] } = props.networkPolicy._options;
  peers.forEach((peer) => networkPolicy.addIngressRule(peer));
  addTypedFields(ApiObject.of(networkPolicy), ({ spec }) => {
    const rules: Manifest[] = spec.ingress ?? [];
    spec.ingress = [
      {
        from: peers.length > 0 ? rules.slice(0, peers.length).flatMap((rule) => rule.from) : undefined,
        ports: servicePorts(services, settings),
      },
      ...rules.slice(peers.length),
    ];
  });
  return networkPolicy;
}

/** By name where the pods have one, so that old and new pods are reached when a release changes the number. */
function servicePorts(services: Service[], { ports, drainProxy }: Settings): Manifest[] {
  const targets = services
    .flatMap(({ ports: offered }) => offered)
    .map((port) => ({
      port: targetPort(port.targetPort ?? port.port, ports, port.protocol).reference.value,
      protocol: port.protocol ?? 'TCP',
    }));
  if (drainProxy) {
    // Not every network plugin looks for a port's name in sidecars.
    targets.push({ port: drainProxy.port.number, protocol: drainProxy.port.protocol });
  }
  return targets.filter(
    ({ port, protocol }, i) =>
      targets.findIndex((other) => other.port === port && other.protocol === protocol) === i,
  );
}
