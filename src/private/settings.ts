import { IConstruct } from 'constructs';
import { TlsOptions } from '../tls-options';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { checkContradictions } from './annotations';
import { checkContainers } from './asked-containers';
import { Autoscaling, resolveAutoscaling } from './autoscaling';
import { ConfigSettings, resolveConfig } from './config';
import { applicationPorts, DrainProxySettings, resolveDrainProxy } from './drain-proxy';
import { explanations } from './exposure/explanations';
import { resolveExposures, ServiceExposure } from './exposure/exposure';
import { resolveSidecars, SidecarSettings, sidecarSeconds } from './further-containers';
import { Identity, resolveContainerName, resolveIdentity } from './identity';
import { checkKeys } from './keys';
import { ReadProps, readProps } from './kinds/props';
import { checkMainContainer } from './main-container';
import { MeshSettings, resolveMesh } from './mesh';
import { MetricsSettings, resolveMetrics, scrapeAnnotations } from './metrics';
import { checkNetworkPolicy } from './network-policy';
import { checkPodDetails } from './pod-details';
import { Port, resolvePorts } from './ports';
import { Probes, resolveProbes } from './probes';
import { checkAll, part, refusalsOf, refusedAt, throwAll } from './refusal';
import { resolveRollout, Rollout } from './rollout';
import { checkScheduling } from './scheduling';
import { resolveSecurity, Security } from './security';
import { resolveServices, ServiceSettings } from './services';
import { resolveTermination, Termination } from './termination';
import { resolveTls } from './tls';
import { checkWorkingDirs } from './working-dir';

/** The props with every default filled in and every value checked. */
export interface Settings {
  /** As they were given, in a copy that nobody changes. */
  readonly props: ZeroDowntimeDeploymentProps;
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
  /** That of `exposure` first. */
  readonly services: readonly ServiceSettings[];
  readonly config: ConfigSettings;
  readonly metrics?: MetricsSettings;
  readonly mesh?: MeshSettings;
  readonly tls?: Required<TlsOptions>;
}

/**
 * Fills in the defaults and checks the props.
 *
 * @param given as the user wrote them, of whatever type
 * @throws Error with everything that is refused, each with the construct's path
 */
export function resolveSettings(construct: IConstruct, given: ZeroDowntimeDeploymentProps): Settings {
  try {
    return resolve(construct.node.id, readProps(given));
  } catch (error) {
    throw refusedAt(construct, refusalsOf(error));
  }
}

/** Each part is checked whatever the others say, and tells of those that it needs. */
function resolve(id: string, { props, refused }: ReadProps): Settings {
  const identity = part(() => resolveIdentity(id, props));
  const containerName = part(() => resolveContainerName(props));
  const ports = part(() => resolvePorts(props));
  const exposures = part(() => resolveExposures(props));
  const termination = part(() => resolveTermination(props, exposures));
  const sidecars = part(() => resolveSidecars(props, containerName, ports));
  const drainProxy = part(() =>
    resolveDrainProxy(props, { identity, ports, sidecars, exposures, termination }),
  );
  const services = part(() => resolveServices(props, { identity, exposures, ports, sidecars, drainProxy }));
  const ownPorts = part(() => applicationPorts(ports(), drainProxy()));
  const probes = part(() => resolveProbes(props, ownPorts));
  const security = part(() => resolveSecurity(props, () => allPorts(ports(), sidecars())));
  const tls = part(() => resolveTls(props.tls, security));
  const readySeconds = part(() => probes().readySeconds + sidecarSeconds(sidecars()));
  const rollout = part(() => resolveRollout(props, readySeconds, exposures));
  const autoscaling = part(() => resolveAutoscaling(props, rollout, termination));
  const metrics = part(() => resolveMetrics(props, { ports, sidecars, services }));
  const mesh = part(() => resolveMesh(props, termination));
  const config = part(() => resolveConfig(props, identity, security));
  checkAll(
    () => throwAll(refused),
    () => checkContainers(props),
    () => checkWorkingDirs(props),
    () => checkKeys(props),
    () => checkScheduling(props),
    () => checkPodDetails(props),
    () => checkMainContainer(props, security),
    () => checkNetworkPolicy(props, { metrics, services }),
    identity,
    containerName,
    ports,
    exposures,
    services,
    termination,
    sidecars,
    drainProxy,
    probes,
    security,
    tls,
    rollout,
    autoscaling,
    config,
    metrics,
    mesh,
    () => checkOwnAnnotations(props, exposures(), config()),
    () => checkContradictions('pod.annotations', props.pod?.annotations, scrapeAnnotations(metrics())),
  );
  return {
    props,
    identity: identity(),
    ports: ports(),
    applicationPorts: ownPorts(),
    drainProxy: drainProxy(),
    probes: probes(),
    sidecars: sidecars(),
    tls: tls(),
    termination: termination(),
    rollout: rollout(),
    autoscaling: autoscaling(),
    security: security(),
    services: services(),
    config: config(),
    metrics: metrics(),
    mesh: mesh(),
  };
}

function allPorts(ports: Port[], sidecars: SidecarSettings[]): Port[] {
  return [...ports, ...sidecars.flatMap((sidecar) => sidecar.ports)];
}

/** Refuses annotations that say something else than those of the construct itself. */
function checkOwnAnnotations(
  props: ZeroDowntimeDeploymentProps,
  exposures: readonly ServiceExposure[],
  config: ConfigSettings,
): void {
  const ours = { ...explanations(exposures), ...config.annotations };
  checkAll(
    () => checkContradictions('annotations', props.annotations, ours),
    () => checkContradictions('pod.annotations', props.pod?.annotations, config.podAnnotations),
  );
}
