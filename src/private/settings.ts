import { IConstruct } from 'constructs';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Autoscaling, resolveAutoscaling } from './autoscaling';
import { ConfigSettings, resolveConfig } from './config';
import { applicationPorts, DrainProxySettings, resolveDrainProxy } from './drain-proxy';
import { checkEnvironment } from './environment';
import { resolveExposure, ServiceExposure } from './exposure/exposure';
import { resolveSidecars, SidecarSettings, sidecarSeconds } from './further-containers';
import { Identity, resolveIdentity } from './identity';
import { checkImages } from './image';
import { checkKeys } from './keys';
import { checkNetworkPolicy } from './network-policy';
import { Port, resolvePorts } from './ports';
import { Probes, resolveProbes } from './probes';
import { Refusal, refusedAt } from './refusal';
import { resolveRollout, Rollout } from './rollout';
import { checkScheduling } from './scheduling';
import { resolveSecurity, Security } from './security';
import { resolveTermination, Termination } from './termination';
import { resolveTls, Tls } from './tls';
import { checkTypes } from './types';
import { checkWorkingDirs } from './working-dir';

/** The props with every default filled in and every value checked. */
export interface Settings {
  readonly identity: Identity;
  /** All ports as clients see them. */
  readonly ports: Port[];
  /** Those of the application's container. */
  readonly applicationPorts: Port[];
  readonly drainProxy?: DrainProxySettings;
  readonly probes: Probes;
  readonly sidecars: SidecarSettings[];
  readonly termination: Termination;
  readonly rollout: Rollout;
  readonly autoscaling?: Autoscaling;
  readonly security: Security;
  readonly exposure: ServiceExposure;
  readonly config: ConfigSettings;
  readonly tls?: Tls;
}

/**
 * Fills in the defaults and checks the props.
 *
 * @throws Error with the construct's path at the first value that is refused
 */
export function resolveSettings(construct: IConstruct, props: ZeroDowntimeDeploymentProps): Settings {
  try {
    checkTypes(props);
    checkWorkingDirs(props);
    checkImages(props);
    checkEnvironment(props);
    checkKeys(props);
    checkScheduling(props);
    checkNetworkPolicy(props.networkPolicy);
    const identity = resolveIdentity(construct.node.id, props);
    const ports = resolvePorts(props);
    const exposure = resolveExposure(props);
    const termination = resolveTermination(props, exposure);
    const sidecars = resolveSidecars(props, identity, ports);
    const drainProxy = resolveDrainProxy(props, { identity, ports, sidecars, exposure, termination });
    const ownPorts = applicationPorts(ports, drainProxy);
    const probes = resolveProbes(props, ownPorts);
    const security = resolveSecurity(props, [...ports, ...sidecars.flatMap((sidecar) => sidecar.ports)]);
    const rollout = resolveRollout(props, probes.readySeconds + sidecarSeconds(sidecars), exposure);
    return {
      identity,
      ports,
      applicationPorts: ownPorts,
      drainProxy,
      probes,
      sidecars,
      tls: resolveTls(props, security),
      termination,
      rollout,
      autoscaling: resolveAutoscaling(props, rollout, termination),
      security,
      exposure,
      config: resolveConfig(props, identity, security),
    };
  } catch (error) {
    throw error instanceof Refusal ? refusedAt(construct, error) : error;
  }
}
