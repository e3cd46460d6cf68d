import type { IConstruct } from 'constructs';
import type { AcceptedRisks } from '../../accepted-risks';
import type { NamingProps } from '../../naming-props';
import type { NetworkAccessOptions } from '../../network-access';
import type { PodTemplateProps } from '../../pod-template-props';
import type { TlsOptions } from '../../tls-options';
import type { ZeroDowntimeDeploymentProps } from '../../zero-downtime-deployment-props';
import { checkAll, part, refusalsOf, refusedAt, throwAll } from '../refusals/refusal';
import { checkContradictions } from './annotations';
import type { Autoscaling } from './autoscaling';
import { resolveAutoscaling } from './autoscaling';
import type { ConfigSettings } from './config';
import { resolveConfig } from './config';
import type { ContainerSettings } from './containers';
import { checkContainers, resolveContainer } from './containers';
import type { DrainProxySettings } from './drain-proxy';
import { applicationPorts, resolveDrainProxy } from './drain-proxy';
import { explanations } from './exposure/explanations';
import type { ServiceExposure } from './exposure/exposure';
import { resolveExposures } from './exposure/exposure';
import type { Identity } from './identity';
import { resolveContainerName, resolveIdentity } from './identity';
import { checkKeys } from './keys';
import type { ReadProps } from './kinds/props';
import { readProps } from './kinds/props';
import type { MainContainerSettings } from './main-container';
import { checkMainContainer, resolveMainContainer } from './main-container';
import type { MeshSettings } from './mesh';
import { resolveMesh } from './mesh';
import type { MetricsSettings } from './metrics';
import { resolveMetrics, scrapeAnnotations } from './metrics';
import { resolveNetworkPolicy } from './network-policy';
import type { PodSettings } from './pod';
import { checkPod, resolvePod } from './pod';
import type { Port } from './ports';
import { resolvePorts } from './ports';
import type { Probes } from './probes';
import { resolveProbes } from './probes';
import type { Rollout } from './rollout';
import { resolveRollout } from './rollout';
import type { Scheduling } from './scheduling';
import { resolveScheduling } from './scheduling';
import type { Security } from './security';
import { resolveSecurity } from './security';
import type { ServiceSettings } from './services';
import { resolveServices } from './services';
import type { ListeningSidecar, SidecarSettings } from './sidecars';
import { resolveSidecars, sidecarSeconds } from './sidecars';
import type { Termination } from './termination';
import { resolveTermination } from './termination';
import { resolveTls } from './tls';
import { checkWorkingDirs } from './working-dir';

/** The props with every default filled in and every value checked. */
export interface Settings {
  readonly identity: Identity;
  /** All ports as clients see them. */
  readonly ports: Port[];
  /** The application's container. */
  readonly container: MainContainerSettings;
  readonly drainProxy?: DrainProxySettings;
  readonly probes: Probes;
  readonly sidecars: SidecarSettings[];
  readonly initContainers: ContainerSettings[];
  readonly furtherContainers: ContainerSettings[];
  readonly pod: PodSettings;
  readonly scheduling: Scheduling;
  readonly termination: Termination;
  readonly rollout: Rollout;
  readonly autoscaling?: Autoscaling;
  readonly security: Security;
  /** The Service of `exposure` is the first. */
  readonly services: readonly ServiceSettings[];
  readonly config: ConfigSettings;
  readonly metrics?: MetricsSettings;
  readonly mesh?: MeshSettings;
  readonly tls?: Required<TlsOptions>;
  readonly networkPolicy?: NetworkAccessOptions;
  readonly accepted: AcceptedRisks;
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

/** Each part is checked even if others are refused. A part that needs a refused part reports that part's refusals. */
function resolve(id: string, { props, refused }: ReadProps): Settings {
  const identity = part(() => resolveIdentity(id, props));
  const containerName = part(() => resolveContainerName(props));
  const ports = part(() => resolvePorts(props));
  const exposures = part(() => resolveExposures(props));
  const termination = part(() => resolveTermination(props, exposures));
  const sidecars = part(() => resolveSidecars(props, containerName, ports));
  const drainProxy = part(() => resolveDrainProxy(props, { identity, ports, sidecars, exposures }));
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
  const networkPolicy = part(() => resolveNetworkPolicy(props, { metrics, services }));
  const scheduling = part(() => resolveScheduling(props));
  checkAll(
    () => throwAll(refused),
    () => checkContainers(props),
    () => checkWorkingDirs(props),
    () => checkKeys(props),
    scheduling,
    () => checkPod(props.pod),
    () => checkMainContainer(props, security),
    networkPolicy,
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
    identity: identity(),
    ports: ports(),
    container: resolveMainContainer(props, containerName(), ownPorts(), security()),
    drainProxy: drainProxy(),
    probes: probes(),
    sidecars: sidecars().map(({ ports: own, probes: ready }, i) => ({
      ...resolveContainer(props.sidecars![i], own),
      probes: ready,
    })),
    initContainers: (props.initContainers ?? []).map((asked) => resolveContainer(asked)),
    furtherContainers: (props.pod?.furtherContainers ?? []).map((asked) => resolveContainer(asked)),
    pod: resolvePod(props.pod),
    scheduling: scheduling(),
    tls: tls(),
    termination: termination(),
    rollout: rollout(),
    autoscaling: autoscaling(),
    security: security(),
    services: services(),
    config: config(),
    metrics: metrics(),
    mesh: mesh(),
    networkPolicy: networkPolicy(),
    accepted: {
      acceptDowntimeOnRollout: props.acceptDowntimeOnRollout,
      acceptDowntimeOnDrain: props.acceptDowntimeOnDrain,
      acceptNoRollback: props.acceptNoRollback,
    },
  };
}

function allPorts(ports: Port[], sidecars: ListeningSidecar[]): Port[] {
  return [...ports, ...sidecars.flatMap((sidecar) => sidecar.ports)];
}

/** Refuses annotations that contradict those of the construct itself. */
function checkOwnAnnotations(
  props: NamingProps & PodTemplateProps,
  exposures: readonly ServiceExposure[],
  config: ConfigSettings,
): void {
  const ours = { ...explanations(exposures), ...config.annotations };
  checkAll(
    () => checkContradictions('annotations', props.annotations, ours),
    () => checkContradictions('pod.annotations', props.pod?.annotations, config.podAnnotations),
  );
}
