import type { HostAlias, ScalingPolicy, ScalingRules } from 'cdk8s-plus-27';
import { DnsPolicy, ScalingStrategy } from 'cdk8s-plus-27';
import type { AutoscalingOptions } from '../../../autoscaling-options';
import type { SecretConfigOptions } from '../../../config';
import { Config } from '../../../config';
import type { MainContainerOptions } from '../../../container-options';
import { Drain } from '../../../drain';
import type { HaproxyDrainProxyOptions } from '../../../drain-proxy';
import { DrainProxy } from '../../../drain-proxy';
import type { MeshOptions } from '../../../mesh';
import { Mesh } from '../../../mesh';
import type { MetricsOptions, MonitorOptions } from '../../../metrics';
import { Metrics } from '../../../metrics';
import type { NetworkAccessOptions } from '../../../network-access';
import { NetworkAccess } from '../../../network-access';
import type { PodDisruptionBudgetOptions } from '../../../pod-disruption-budget-options';
import type { PodDnsOptions, PodOptions } from '../../../pod-options';
import type { RestrictedPodSecurityOptions } from '../../../pod-security';
import { PodSecurity } from '../../../pod-security';
import type { RolloutOptions } from '../../../rollout-options';
import type { SchedulingOptions } from '../../../scheduling-options';
import type { TlsOptions } from '../../../tls-options';
import type { ZeroDowntimeDeploymentProps } from '../../../zero-downtime-deployment-props';
import { Refusal } from '../../refusals/refusal';
import type { Options } from './collections';
import { listOf, mapOf, optionsOf, required } from './collections';
import {
  BESIDE_CONTAINER,
  CONTAINER_OPTIONS,
  FURTHER_CONTAINERS,
  IMAGE,
  INIT_CONTAINERS,
  MAIN_CONTAINER,
  PORTS,
  RESOURCES,
  SIDECARS,
  VOLUME_MOUNTS,
} from './containers';
import type { Elsewhere } from './elsewhere';
import { inGroup, inside, WELL_KNOWN, withOtherNames } from './elsewhere';
import { EXPOSURE, FURTHER_EXPOSURES, INGRESS, LOAD_BALANCER } from './exposures';
import { HEALTH_CHECK } from './health-checks';
import { read } from './kind';
import { shown } from '../../refusals/shown';
import { made } from './made';
import {
  duration,
  DURATION,
  FLAG,
  METRIC,
  number,
  oneOf,
  PEER,
  POD_COUNT,
  portName,
  REPLICAS,
  SECRET,
  SERVICE_ACCOUNT,
  STRATEGY,
  TAINT,
  text,
  TEXT,
} from './values';

const LABELS = mapOf(TEXT);
const SECRET_CONFIG = optionsOf<SecretConfigOptions>('the options of Config', { version: text('2') });

const CONFIG = made<Config>(
  Config,
  () => "Config.env({ LOG_LEVEL: 'info' })",
  ({ _factory: factory }) => ({
    ...(factory.startsWith('files') && { _path: [text('/etc/app'), '.path'] }),
    ...(factory.endsWith('FromSecret')
      ? { _secret: [SECRET, '.secret'], _options: [SECRET_CONFIG, ''] }
      : { _data: [mapOf(text('info')), ''] }),
  }),
);

const SECURITY = made<PodSecurity>(
  PodSecurity,
  () => 'PodSecurity.restricted()',
  ({ _factory: factory }) =>
    factory === 'restricted'
      ? {
          _options: [
            optionsOf<RestrictedPodSecurityOptions>('the options of PodSecurity.restricted', {
              runAsUser: number(10_001),
              runAsGroup: number(10_001),
              fsGroup: number(10_001),
              readOnlyRootFilesystem: FLAG,
              writablePaths: listOf(text('/tmp')),
            }),
            '',
          ],
        }
      : {},
);

const DRAIN = made<Drain>(
  Drain,
  (value) => `Drain.sleep(${DURATION.is(value) ? 'Duration.seconds(15)' : DURATION.example(value ?? '15s')})`,
  () => ({ _duration: [DURATION, ''] }),
);

const DRAIN_PROXY = made<DrainProxy>(
  DrainProxy,
  () => 'DrainProxy.haproxy()',
  () => ({
    _options: [
      optionsOf<HaproxyDrainProxyOptions>('the options of DrainProxy.haproxy', {
        image: IMAGE,
        port: number(15_080),
        http2: FLAG,
        maxConnections: number(10_000),
        resources: RESOURCES,
      }),
      '',
    ],
  }),
);

const NETWORK_ACCESS = made<NetworkAccess>(
  NetworkAccess,
  () => 'NetworkAccess.toServicePorts()',
  () => ({
    _options: [
      optionsOf<NetworkAccessOptions>('the options of NetworkAccess.toServicePorts', {
        peers: listOf(PEER),
        metricsPeers: listOf(PEER),
      }),
      '',
    ],
  }),
);

const MESH = made<Mesh>(
  Mesh,
  (value) => (value === 'linkerd' ? 'Mesh.linkerd()' : 'Mesh.istio()'),
  ({ _factory: factory }) => ({
    _options: [optionsOf<MeshOptions>(`the options of Mesh.${factory}`, { nativeSidecar: FLAG }), ''],
  }),
);

const METRICS_OPTIONS: Options<MetricsOptions> = { portName: portName('metrics'), path: text('/metrics') };
const MONITOR_OPTIONS: Options<MonitorOptions> = { ...METRICS_OPTIONS, interval: DURATION, labels: LABELS };

const METRICS = made<Metrics>(
  Metrics,
  () => "Metrics.podMonitor({ portName: 'http' })",
  ({ _factory: factory }) => ({
    _options: [
      factory === 'scrapeAnnotations'
        ? optionsOf<MetricsOptions>('the options of Metrics.scrapeAnnotations', METRICS_OPTIONS)
        : optionsOf<MonitorOptions>(`the options of Metrics.${factory}`, MONITOR_OPTIONS),
      '',
    ],
  }),
);

const SCALING_RULES = optionsOf<ScalingRules>('scaling rules', {
  strategy: oneOf(ScalingStrategy),
  stabilizationWindow: DURATION,
  policies: listOf(
    optionsOf<ScalingPolicy>('a scaling policy', { replicas: required(REPLICAS), duration: DURATION }),
  ),
});

const TLS: Options<TlsOptions> = { secret: required(SECRET), mountPath: text('/etc/tls') };

const AUTOSCALING: Options<AutoscalingOptions> = {
  minReplicas: number(2),
  maxReplicas: required(number(10)),
  metrics: listOf(METRIC),
  scaleUp: SCALING_RULES,
  scaleDown: SCALING_RULES,
};

const ROLLOUT: Options<RolloutOptions> = {
  maxSurge: POD_COUNT,
  strategy: STRATEGY,
  minReady: DURATION,
  progressDeadline: duration('Duration.minutes(15)'),
  revisionHistoryLimit: number(10),
};

const POD_DISRUPTION_BUDGET: Options<PodDisruptionBudgetOptions> = { maxUnavailable: POD_COUNT };

const SCHEDULING: Options<SchedulingOptions> = {
  nodeSelector: LABELS,
  tolerations: listOf(TAINT),
  priorityClassName: text('high-priority'),
  runtimeClassName: text('gvisor'),
  topologyKeys: listOf(text('topology.kubernetes.io/zone')),
};

const POD: Options<PodOptions> = {
  labels: LABELS,
  annotations: LABELS,
  serviceAccount: SERVICE_ACCOUNT,
  automountServiceAccountToken: FLAG,
  imagePullSecrets: listOf(SECRET),
  terminationGracePeriod: duration('Duration.minutes(2)'),
  dns: optionsOf<PodDnsOptions>('the options of pod.dns', {
    policy: oneOf(DnsPolicy),
    nameservers: listOf(text('192.0.2.53')),
    searches: listOf(text('example.com')),
    options: mapOf(text('2')),
  }),
  hostAliases: listOf(
    optionsOf<HostAlias>('a host alias', {
      ip: required(text('192.0.2.10')),
      hostnames: required(listOf(text('db.example.com'))),
    }),
  ),
  shareProcessNamespace: FLAG,
  furtherContainers: FURTHER_CONTAINERS,
};

/** Keys that are no props, or stand in the wrong group, and what to write instead. */
const PLACES: Elsewhere = {
  ...withOtherNames({
    ...inGroup('container', MAIN_CONTAINER),
    ...inGroup('tls', TLS),
    ...inGroup('autoscaling', AUTOSCALING),
    ...inGroup('rollout', ROLLOUT),
    ...inGroup('podDisruptionBudget', POD_DISRUPTION_BUDGET),
    ...inGroup('scheduling', SCHEDULING),
    ...inGroup('pod', POD),
    ...inside('exposure: Exposure.ingress({', INGRESS, '})'),
    ...inside('exposure: Exposure.loadBalancer({', LOAD_BALANCER, '})'),
  }),
  ...WELL_KNOWN,
};

const PROPS = optionsOf<ZeroDowntimeDeploymentProps>(
  'the props',
  {
    ...CONTAINER_OPTIONS,
    port: required(number(8080)),
    portName: portName('http'),
    extraPorts: PORTS,
    config: listOf(CONFIG),
    resources: RESOURCES,
    volumeMounts: VOLUME_MOUNTS,
    security: SECURITY,
    tls: optionsOf<TlsOptions>('the options of tls', TLS),
    initContainers: INIT_CONTAINERS,
    sidecars: SIDECARS,
    container: optionsOf<MainContainerOptions>('the options of container', MAIN_CONTAINER, BESIDE_CONTAINER),
    name: TEXT,
    selectorLabels: LABELS,
    labels: LABELS,
    annotations: LABELS,
    readiness: HEALTH_CHECK,
    startupBudget: DURATION,
    liveness: HEALTH_CHECK,
    replicas: number(2),
    autoscaling: optionsOf<AutoscalingOptions>('the options of autoscaling', AUTOSCALING),
    rollout: optionsOf<RolloutOptions>('the options of rollout', ROLLOUT),
    podDisruptionBudget: optionsOf<PodDisruptionBudgetOptions>(
      'the options of podDisruptionBudget',
      POD_DISRUPTION_BUDGET,
    ),
    drain: DRAIN,
    drainProxy: DRAIN_PROXY,
    shutdownBudget: DURATION,
    scheduling: optionsOf<SchedulingOptions>('the options of scheduling', SCHEDULING, PLACES),
    pod: optionsOf<PodOptions>('the options of pod', POD, PLACES),
    exposure: EXPOSURE,
    furtherExposures: FURTHER_EXPOSURES,
    networkPolicy: NETWORK_ACCESS,
    mesh: MESH,
    metrics: METRICS,
    acceptDowntimeOnRollout: FLAG,
    acceptDowntimeOnDrain: FLAG,
    acceptNoRollback: FLAG,
  },
  PLACES,
);

/** The props as they were given, and what is refused in them. */
export interface ReadProps {
  /** A copy. Reading a refused value throws its refusal. */
  readonly props: ZeroDowntimeDeploymentProps;
  readonly refused: readonly Refusal[];
}

/**
 * Reads the props, and checks the kind of every value at every depth.
 */
export function readProps(given: unknown): ReadProps {
  const refused: Refusal[] = [];
  if (!PROPS.is(given)) {
    throw new Refusal(
      'props',
      shown(given),
      'they have to be an object',
      `Write for example ${PROPS.example()}`,
    );
  }
  return { props: read(PROPS, '', given, refused) as ZeroDowntimeDeploymentProps, refused };
}
