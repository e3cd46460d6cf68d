import { IConstruct } from 'constructs';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkEnvironment } from './environment';
import { Exposure, resolveExposure } from './exposure';
import { Identity, resolveIdentity } from './identity';
import { checkImage } from './image';
import { checkKeys } from './keys';
import { Port, resolvePorts } from './ports';
import { Probes, resolveProbes } from './probes';
import { Refusal, refusedAt } from './refusal';
import { resolveRollout, Rollout } from './rollout';
import { resolveSecurity, Security } from './security';
import { resolveTermination, Termination } from './termination';

/** The props with every default filled in and every value checked. */
export interface Settings {
  readonly identity: Identity;
  readonly ports: Port[];
  readonly probes: Probes;
  readonly termination: Termination;
  readonly rollout: Rollout;
  readonly security: Security;
  readonly exposure: Exposure;
}

/**
 * Fills in the defaults and checks the props.
 *
 * @throws Error with the construct's path at the first value that is refused
 */
export function resolveSettings(construct: IConstruct, props: ZeroDowntimeDeploymentProps): Settings {
  try {
    checkImage(props);
    checkEnvironment(props);
    checkKeys(props);
    const ports = resolvePorts(props);
    const probes = resolveProbes(props, ports);
    return {
      identity: resolveIdentity(construct.node.id, props),
      ports,
      probes,
      termination: resolveTermination(props),
      rollout: resolveRollout(props, probes.readySeconds),
      security: resolveSecurity(props, ports),
      exposure: resolveExposure(props),
    };
  } catch (error) {
    throw error instanceof Refusal ? refusedAt(construct, error) : error;
  }
}
