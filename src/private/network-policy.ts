import { ApiObject } from 'cdk8s';
import { Deployment, NetworkPolicy, NetworkPolicyTrafficDefault, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { IngressPolicy } from '../ingress-policy';
import { targetPort } from './ports';
import { Refusal } from './refusal';
import type { Settings } from './settings';
import { addTypedFields, Manifest } from './typed-fields';

/**
 * Refuses a list of sources that lets in everyone where it means nobody.
 */
export function checkNetworkPolicy(policy: IngressPolicy | undefined): void {
  if (policy?._options.from?.length === 0) {
    throw new Refusal(
      'networkPolicy from',
      '[]',
      'Kubernetes reads an empty list as everyone',
      'Name at least one source, or leave from out to let in everyone',
    );
  }
}

/**
 * The NetworkPolicy, if the user asked for one: connections to the ports of the Service, and what its user adds.
 */
export function createNetworkPolicy(
  scope: Construct,
  policy: IngressPolicy | undefined,
  settings: Settings,
  deployment: Deployment,
  service: Service,
): NetworkPolicy | undefined {
  if (!policy) {
    return undefined;
  }
  const { identity } = settings;
  const networkPolicy = new NetworkPolicy(scope, 'NetworkPolicy', {
    metadata: { name: identity.name, labels: identity.labels },
    selector: deployment,
    ingress: { default: NetworkPolicyTrafficDefault.DENY },
  });
  const from = policy._options.from ?? [];
  from.forEach((peer) => networkPolicy.addIngressRule(peer));
  addTypedFields(ApiObject.of(networkPolicy), ({ spec }) => {
    const rules: Manifest[] = spec.ingress ?? [];
    spec.ingress = [
      {
        from: from.length > 0 ? rules.slice(0, from.length).flatMap((rule) => rule.from) : undefined,
        ports: servicePorts(service, settings),
      },
      ...rules.slice(from.length),
    ];
  });
  return networkPolicy;
}

/** By name where the pods have one, so that old and new pods are reached when a release changes the number. */
function servicePorts(service: Service, { ports, drainProxy }: Settings): Manifest[] {
  const targets = service.ports.map((port) => ({
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
