import { IConstruct } from 'constructs';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Exposure, resolveExposure } from './exposure';
import { resolveSidecars, SidecarSettings, sidecarSeconds } from './further-containers';
import { Identity, resolveIdentity } from './identity';
import { checkImages } from './image';
import { checkNetworkPolicy } from './network-policy';
import { Port, resolvePorts } from './ports';
import { Probes, resolveProbes } from './probes';
import { Refusal, refusedAt } from './refusal';
import { resolveRollout, Rollout } from './rollout';
import { checkScheduling } from './scheduling';
import { resolveSecurity, Security } from './security';
import { resolveTermination, Termination } from './termination';
import { resolveTls, Tls } from './tls';

/** The props with every default filled in and every value checked. */
export interface Settings {
  readonly identity: Identity;
  readonly ports: Port[];
  readonly probes: Probes;
  readonly sidecars: SidecarSettings[];
  readonly termination: Termination;
  readonly rollout: Rollout;
  readonly security: Security;
  readonly exposure: Exposure;
  readonly tls?: Tls;
}

/**
 * Fills in the defaults and checks the props.
 *
 * @throws Error with the construct's path at the first value that is refused
 */
export function resolveSettings(construct: IConstruct, props: ZeroDowntimeDeploymentProps): Settings {
  try {
    checkImages(props);
    checkScheduling(props);
    checkNetworkPolicy(props.networkPolicy);
    const ports = resolvePorts(props);
    const probes = resolveProbes(props, ports);
    const identity = resolveIdentity(construct.node.id, props);
    const sidecars = resolveSidecars(props, identity, ports);
    return {
      identity,
      ports,
      probes,
      sidecars,
      tls: resolveTls(props),
      termination: resolveTermination(props),
      rollout: resolveRollout(props, probes.readySeconds + sidecarSeconds(sidecars)),
      security: resolveSecurity(props, [...ports, ...sidecars.flatMap((sidecar) => sidecar.ports)]),
      exposure: resolveExposure(props),
    };
  } catch (error) {
    throw error instanceof Refusal ? refusedAt(construct, error) : error;
  }
}
