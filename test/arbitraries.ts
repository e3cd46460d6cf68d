import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import {
  AwsTargetType,
  Config,
  Drain,
  DrainProxy,
  Exposure,
  ExternalTrafficPolicy,
  HealthCheck,
  type HealthCheckOptions,
  HttpPath,
  Mesh,
  Metrics,
  NetworkAccess,
  PodSecurity,
  type ServiceOptions,
  SessionAffinity,
  type ZeroDowntimeDeploymentProps,
} from '../src';
import type { Manifest } from './helpers';

/** What a user asks for, as plain values that can be read back from the YAML. */
export interface Asked {
  image: string;
  port: number;
  portName?: string;
  extraPorts?: AskedPort[];
  command?: string[];
  args?: string[];
  workingDir?: string;
  env?: Record<string, string>;
  envFrom?: string[];
  config?: AskedConfig[];
  resources?: { cpu: string; memory: string; memoryLimit: string };
  volumeMounts?: { path: string; name: string }[];
  imagePullPolicy?: kplus.ImagePullPolicy;
  imagePullSecrets?: string[];
  serviceAccount?: string;
  automountServiceAccountToken?: boolean;
  security?: AskedSecurity;
  tlsSecret?: string;
  tlsMountPath?: string;
  initContainers?: { name: string; image: string; args?: string[]; env?: Record<string, string> }[];
  sidecars?: {
    name: string;
    image: string;
    env?: Record<string, string>;
    ports?: AskedPort[];
    readiness?: AskedCheck;
  }[];
  priorityClassName?: string;
  nodeSelector?: Record<string, string>;
  tolerations?: { key: string; value: string; effect?: kplus.TaintEffect }[];
  name?: string;
  containerName?: string;
  selectorLabels?: Record<string, string>;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  podLabels?: Record<string, string>;
  podAnnotations?: Record<string, string>;
  readiness?: AskedCheck;
  startupBudget?: number;
  liveness?: AskedCheck;
  replicas?: number;
  autoscaling?: AskedAutoscaling;
  maxSurge?: number | string;
  strategy?: { maxSurge: number | string; maxUnavailable: number | string } | 'Recreate';
  minReady?: number;
  progressDeadline?: number;
  revisionHistoryLimit?: number;
  drain?: { exec: boolean; seconds: number };
  drainProxy?: { image: string; port: number; http2: boolean; maxConnections: number };
  shutdownBudget?: number;
  terminationGracePeriod?: number;
  disruptionBudget?: number | string;
  topologyKeys?: string[];
  serviceName?: string;
  exposure?: AskedExposure;
  servicePort?: number;
  appProtocol?: string;
  serviceAnnotations?: Record<string, string>;
  loadBalancerSourceRanges?: string[];
  externalTrafficPolicy?: ExternalTrafficPolicy;
  sessionAffinity?: number | 'None';
  furtherExposures?: AskedFurther[];
  /** Blocks of addresses, or everyone. */
  networkPolicy?: string[] | 'everyone';
  metricsPeers?: string[];
  metrics?: AskedMetrics;
  mesh?: { name: 'istio' | 'linkerd'; nativeSidecar?: boolean };
  acceptDowntimeOnRollout?: boolean;
  acceptDowntimeOnDrain?: boolean;
  acceptNoRollback?: boolean;
}

interface AskedHealthCheck {
  interval: number;
  unhealthy: number;
  healthy: number;
}

type AskedExposure =
  | { loadBalancer: { loadBalancerClass?: string; removal: number; addition: number } }
  | { nodePort: { removal: number; addition: number } }
  | { awsPods: AskedHealthCheck & { deregistration: number; readinessGate: boolean } }
  | { awsNodes: AskedHealthCheck & { deregistration: number } }
  | { gke: { internalLoadBalancer: boolean } }
  | { azure: { internalLoadBalancer: boolean; interval: number; unhealthy: number } }
  | { digitalOcean: AskedHealthCheck }
  | { metalLb: { addresses: string[]; addressPool?: string; loadBalancerClass?: string } }
  | { kubeVip: { addresses: string[]; loadBalancerClass?: string } }
  | { clusterIp: true }
  | { headless: { removal: number } }
  | {
      ingress: {
        hostnames?: string[];
        paths?: AskedPath[];
        ingressClassName?: string;
        ingressAnnotations?: Record<string, string>;
        tlsSecret?: string;
        removal: number;
        addition: number;
      };
    }
  | {
      httpRoute: {
        gateway: string;
        gatewayNamespace?: string;
        listener?: string;
        hostnames?: string[];
        paths?: AskedPath[];
        removal: number;
        addition: number;
      };
    };

/** One of the ways to the same pods. */
interface AskedFurther {
  serviceName: string;
  servicePort?: number;
  portNames?: string[];
  appProtocol?: string;
  exposure: AskedExposure;
}

interface AskedMetrics {
  how: 'podMonitor' | 'serviceMonitor' | 'scrapeAnnotations';
  portName?: string;
  path?: string;
  interval?: number;
  labels?: Record<string, string>;
}

interface AskedPath {
  how: 'prefix' | 'exact' | 'implementationSpecific';
  path: string;
}

type AskedSecurity =
  | {
      runAsUser: number;
      runAsGroup: number;
      fsGroup: number;
      readOnlyRootFilesystem: boolean;
      writablePaths: string[];
    }
  | 'image user';

type AskedConfig =
  { path?: string; data: Record<string, string> } | { path?: string; secret: string; version?: string };

interface AskedAutoscaling {
  minReplicas?: number;
  maxReplicas: number;
  metrics?: AskedMetric[];
  scaleUp?: AskedRules;
  scaleDown?: AskedRules;
}

type AskedMetric =
  | { cpu: number }
  | { memory: number }
  | { pods: string; average: number }
  | { external: string; value: number };

interface AskedRules {
  strategy: kplus.ScalingStrategy;
  window: number;
  policies: { replicas: number | string; period: number }[];
}

interface AskedPort {
  name: string;
  port: number;
  servicePort?: number;
  protocol: kplus.Protocol;
  appProtocol?: string;
}

interface AskedCheck {
  how:
    | { http: string; httpHeaders?: Record<string, string> }
    | { tcp: true }
    | { grpc: string }
    | { command: string[] };
  port: number;
  initialDelay?: number;
  period: number;
  timeout: number;
  failureThreshold: number;
}

// --- From what is asked to props, and from YAML back to what is asked ---

const { absolute, percent } = kplus.PercentOrAbsolute;
const pods = (count: number | string) =>
  typeof count === 'number' ? absolute(count) : percent(Number(count.slice(0, -1)));
const optional = <T, U>(value: T | undefined, to: (value: T) => U) =>
  value === undefined ? undefined : to(value);

/** The props that ask for it; what they refer to is created in the scope. */
export function toProps(scope: Construct, asked: Asked): ZeroDowntimeDeploymentProps {
  const { seconds } = Duration;
  return {
    image: asked.image,
    command: asked.command,
    args: asked.args,
    env: optional(asked.env, toEnv),
    envFrom: asked.envFrom?.map((name) =>
      kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(scope, `ConfigMap-${name}`, name)),
    ),
    port: asked.port,
    portName: asked.portName,
    extraPorts: asked.extraPorts,
    config: asked.config?.map((config, i) => toConfig(scope, config, i)),
    resources: optional(asked.resources, ({ cpu, memory, memoryLimit }) => ({
      cpu: { request: kplus.Cpu.millis(parseInt(cpu)) },
      memory: { request: Size.mebibytes(parseInt(memory)), limit: Size.mebibytes(parseInt(memoryLimit)) },
    })),
    volumeMounts: asked.volumeMounts?.map(({ path, name }) => ({
      path,
      volume: kplus.Volume.fromEmptyDir(scope, `Volume-${name}`, name),
    })),
    security: optional(asked.security, (security) =>
      security === 'image user' ? PodSecurity.asImageUser() : PodSecurity.restricted(security),
    ),
    tls: optional(asked.tlsSecret, (name) => ({
      secret: kplus.Secret.fromSecretName(scope, 'TlsSecret', name),
      mountPath: asked.tlsMountPath,
    })),
    initContainers: asked.initContainers?.map((container) => ({
      ...container,
      env: optional(container.env, toEnv),
    })),
    sidecars: asked.sidecars?.map((sidecar) => ({
      ...sidecar,
      env: optional(sidecar.env, toEnv),
      readiness: optional(sidecar.readiness, toCheck),
    })),
    container: grouped({
      name: asked.containerName,
      workingDir: asked.workingDir,
      imagePullPolicy: asked.imagePullPolicy,
    }),
    name: asked.name,
    selectorLabels: asked.selectorLabels,
    labels: asked.labels,
    annotations: asked.annotations,
    readiness: optional(asked.readiness, toCheck),
    liveness: optional(asked.liveness, toCheck),
    startupBudget: optional(asked.startupBudget, seconds),
    replicas: asked.replicas,
    autoscaling: optional(asked.autoscaling, ({ metrics, scaleUp, scaleDown, ...limits }) => ({
      ...limits,
      metrics: metrics?.map(toMetric),
      scaleUp: optional(scaleUp, toRules),
      scaleDown: optional(scaleDown, toRules),
    })),
    rollout: grouped({
      maxSurge: optional(asked.maxSurge, pods),
      strategy: optional(asked.strategy, toStrategy),
      minReady: optional(asked.minReady, seconds),
      progressDeadline: optional(asked.progressDeadline, seconds),
      revisionHistoryLimit: asked.revisionHistoryLimit,
    }),
    podDisruptionBudget: grouped({ maxUnavailable: optional(asked.disruptionBudget, pods) }),
    drain: optional(asked.drain, (drain) =>
      (drain.exec ? Drain.execSleep : Drain.sleep)(seconds(drain.seconds)),
    ),
    drainProxy: optional(asked.drainProxy, DrainProxy.haproxy),
    shutdownBudget: optional(asked.shutdownBudget, seconds),
    scheduling: grouped({
      priorityClassName: asked.priorityClassName,
      nodeSelector: asked.nodeSelector,
      tolerations: asked.tolerations?.map(({ key, value, effect }) =>
        kplus.NodeTaintQuery.is(key, value, { effect }),
      ),
      topologyKeys: asked.topologyKeys,
    }),
    pod: grouped({
      labels: asked.podLabels,
      annotations: asked.podAnnotations,
      serviceAccount: optional(asked.serviceAccount, (name) =>
        kplus.ServiceAccount.fromServiceAccountName(scope, 'ServiceAccount', name),
      ),
      automountServiceAccountToken: asked.automountServiceAccountToken,
      imagePullSecrets: asked.imagePullSecrets?.map((name) =>
        kplus.Secret.fromSecretName(scope, `Secret-${name}`, name),
      ),
      terminationGracePeriod: optional(asked.terminationGracePeriod, seconds),
    }),
    exposure: toExposure(scope, asked),
    furtherExposures: asked.furtherExposures?.map(({ exposure, ...service }) =>
      exposureOf(scope, exposure, service),
    ),
    networkPolicy: optional(asked.networkPolicy, (from) =>
      NetworkAccess.toServicePorts({
        peers: from === 'everyone' ? undefined : toPeers(scope, 'Peer', from),
        metricsPeers: optional(asked.metricsPeers, (readers) => toPeers(scope, 'MetricsPeer', readers)),
      }),
    ),
    metrics: optional(asked.metrics, ({ how, interval, ...options }) =>
      Metrics[how]({ ...options, ...(interval !== undefined && { interval: seconds(interval) }) }),
    ),
    mesh: optional(asked.mesh, ({ name, ...options }) => Mesh[name](options)),
    acceptDowntimeOnRollout: asked.acceptDowntimeOnRollout,
    acceptDowntimeOnDrain: asked.acceptDowntimeOnDrain,
    acceptNoRollback: asked.acceptNoRollback,
  };
}

/** The options, or nothing where none is asked for. */
function grouped<T extends object>(options: T): T | undefined {
  return Object.values(options).some((value) => value !== undefined) ? options : undefined;
}

function toEnv(env: Record<string, string>): Record<string, kplus.EnvValue> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)]),
  );
}

function toCheck({ how, ...asked }: AskedCheck): HealthCheck {
  const options: HealthCheckOptions = {
    ...asked,
    initialDelay: optional(asked.initialDelay, Duration.seconds),
    period: Duration.seconds(asked.period),
    timeout: Duration.seconds(asked.timeout),
  };
  if ('http' in how) {
    return HealthCheck.http(how.http, { ...options, httpHeaders: how.httpHeaders });
  }
  if ('grpc' in how) {
    return HealthCheck.grpc({ ...options, service: how.grpc });
  }
  return 'tcp' in how ? HealthCheck.tcp(options) : HealthCheck.command(how.command, options);
}

function toConfig(scope: Construct, asked: AskedConfig, i: number): Config {
  if ('data' in asked) {
    return asked.path === undefined ? Config.env(asked.data) : Config.files(asked.path, asked.data);
  }
  const secret = kplus.Secret.fromSecretName(scope, `ConfigSecret-${i}`, asked.secret);
  const { path, version } = asked;
  return path === undefined
    ? Config.envFromSecret(secret, { version })
    : Config.filesFromSecret(path, secret, { version });
}

function toMetric(metric: AskedMetric): kplus.Metric {
  const { averageUtilization, averageValue, value } = kplus.MetricTarget;
  if ('cpu' in metric) {
    return kplus.Metric.resourceCpu(averageUtilization(metric.cpu));
  }
  if ('memory' in metric) {
    return kplus.Metric.resourceMemory(averageUtilization(metric.memory));
  }
  return 'pods' in metric
    ? kplus.Metric.pods({ name: metric.pods, target: averageValue(metric.average) })
    : kplus.Metric.external({ name: metric.external, target: value(metric.value) });
}

function toRules({ strategy, window, policies }: AskedRules): kplus.ScalingRules {
  return {
    strategy,
    stabilizationWindow: Duration.seconds(window),
    policies: policies.map(({ replicas, period }) => ({
      replicas:
        typeof replicas === 'number'
          ? kplus.Replicas.absolute(replicas)
          : kplus.Replicas.percent(Number(replicas.slice(0, -1))),
      duration: Duration.seconds(period),
    })),
  };
}

function toPeers(scope: Construct, id: string, cidrs: string[]): kplus.INetworkPolicyPeer[] {
  return cidrs.map((cidr, i) => kplus.NetworkPolicyIpBlock.ipv4(scope, `${id}-${i}`, cidr));
}

function toExposure(scope: Construct, asked: Asked): Exposure | undefined {
  const service = {
    serviceName: asked.serviceName,
    servicePort: asked.servicePort,
    serviceAnnotations: asked.serviceAnnotations,
    appProtocol: asked.appProtocol,
    sessionAffinity: optional(asked.sessionAffinity, (timeout) =>
      timeout === 'None' ? SessionAffinity.none() : SessionAffinity.clientIp(Duration.seconds(timeout)),
    ),
  };
  const { exposure, externalTrafficPolicy, loadBalancerSourceRanges } = asked;
  const balancer = { externalTrafficPolicy, loadBalancerSourceRanges };
  return exposure
    ? exposureOf(scope, exposure, service, balancer)
    : optional(grouped({ ...service, ...balancer }), Exposure.loadBalancer);
}

/** An exposure with a Service, and what is asked of its load balancer where it has one. */
function exposureOf(
  scope: Construct,
  exposure: AskedExposure,
  service: ServiceOptions,
  balancer: { externalTrafficPolicy?: ExternalTrafficPolicy; loadBalancerSourceRanges?: string[] } = {},
): Exposure {
  const { seconds } = Duration;
  const { externalTrafficPolicy } = balancer;
  const balanced = { ...service, ...balancer };
  const healthCheck = ({ interval, unhealthy, healthy }: AskedHealthCheck) => ({
    healthCheckInterval: seconds(interval),
    unhealthyThreshold: unhealthy,
    healthyThreshold: healthy,
  });
  const times = ({ removal, addition }: { removal: number; addition: number }) => ({
    removalTime: seconds(removal),
    additionTime: seconds(addition),
  });
  if ('loadBalancer' in exposure) {
    const { loadBalancerClass } = exposure.loadBalancer;
    return Exposure.loadBalancer({ ...balanced, loadBalancerClass, ...times(exposure.loadBalancer) });
  }
  if ('nodePort' in exposure) {
    return Exposure.nodePort({ ...service, externalTrafficPolicy, ...times(exposure.nodePort) });
  }
  if ('awsPods' in exposure) {
    const { deregistration, readinessGate } = exposure.awsPods;
    return Exposure.awsNlb({
      ...balanced,
      ...healthCheck(exposure.awsPods),
      targetType: AwsTargetType.IP,
      deregistrationDelay: seconds(deregistration),
      readinessGate,
    });
  }
  if ('awsNodes' in exposure) {
    return Exposure.awsNlb({
      ...balanced,
      ...healthCheck(exposure.awsNodes),
      targetType: AwsTargetType.INSTANCE,
      deregistrationDelay: seconds(exposure.awsNodes.deregistration),
    });
  }
  if ('azure' in exposure) {
    const { internalLoadBalancer, interval, unhealthy } = exposure.azure;
    return Exposure.azure({
      ...balanced,
      internalLoadBalancer,
      healthCheckInterval: seconds(interval),
      unhealthyThreshold: unhealthy,
    });
  }
  if ('digitalOcean' in exposure) {
    return Exposure.digitalOcean({ ...balanced, ...healthCheck(exposure.digitalOcean) });
  }
  if ('ingress' in exposure) {
    const { tlsSecret, paths, removal, addition, ...options } = exposure.ingress;
    return Exposure.ingress({
      ...service,
      ...options,
      paths: paths?.map(toPath),
      tlsSecret: optional(tlsSecret, (name) => kplus.Secret.fromSecretName(scope, 'IngressTls', name)),
      ...times({ removal, addition }),
    });
  }
  if ('httpRoute' in exposure) {
    const { paths, removal, addition, ...options } = exposure.httpRoute;
    return Exposure.httpRoute({
      ...service,
      ...options,
      paths: paths?.map(toPath),
      ...times({ removal, addition }),
    });
  }
  if ('gke' in exposure) {
    return Exposure.gke({ ...balanced, ...exposure.gke });
  }
  if ('metalLb' in exposure) {
    return Exposure.metalLb({ ...balanced, ...exposure.metalLb });
  }
  if ('kubeVip' in exposure) {
    return Exposure.kubeVip({ ...balanced, ...exposure.kubeVip });
  }
  return 'headless' in exposure
    ? Exposure.headless({ ...service, removalTime: seconds(exposure.headless.removal) })
    : Exposure.clusterIp(service);
}

function toPath({ how, path }: AskedPath): HttpPath {
  return HttpPath[how](path);
}

interface Needs {
  drain: number;
  minReady: number;
  gracePeriod: number;
  readiness: number;
}

/** What the exposures need of the pods, in seconds: of each the most. */
export function needs(asked: Asked): Needs {
  const { exposure = { clusterIp: true }, externalTrafficPolicy, furtherExposures = [] } = asked;
  const all = [
    needsOf(exposure, externalTrafficPolicy === ExternalTrafficPolicy.LOCAL),
    ...furtherExposures.map((further) => needsOf(further.exposure, false)),
  ];
  const most = (what: keyof Needs) => Math.max(...all.map((each) => each[what]));
  return {
    drain: most('drain'),
    minReady: most('minReady'),
    gracePeriod: most('gracePeriod'),
    readiness: most('readiness'),
  };
}

/** What one exposure needs: the numbers of the guide, added up once more. */
function needsOf(exposure: AskedExposure, local: boolean): Needs {
  const pods = (removal: number, addition: number) => ({
    drain: 15 + removal,
    minReady: addition,
    gracePeriod: 0,
    readiness: 0,
  });
  const nodes = (removal: number, addition: number) => (local ? pods(removal, addition) : pods(0, 0));
  const checked = (interval: number, unhealthy: number, healthy: number, more = 0) =>
    nodes(interval * (unhealthy + 1) + more, interval * (Math.max(unhealthy, healthy) + 1) + more);
  if ('awsPods' in exposure) {
    const { interval, healthy, deregistration, readinessGate } = exposure.awsPods;
    const registered = 180 + interval * (healthy + 1);
    return {
      drain: 15 + 120,
      minReady: readinessGate ? 0 : registered,
      gracePeriod: 15 + deregistration,
      readiness: readinessGate ? registered : 0,
    };
  }
  if ('awsNodes' in exposure) {
    const { interval, unhealthy, healthy } = exposure.awsNodes;
    return checked(interval, unhealthy, healthy, 40);
  }
  if ('gke' in exposure) {
    return checked(8, 3, 1);
  }
  if ('azure' in exposure) {
    const { interval, unhealthy } = exposure.azure;
    return checked(interval, unhealthy, unhealthy);
  }
  if ('digitalOcean' in exposure) {
    const { interval, unhealthy, healthy } = exposure.digitalOcean;
    return checked(interval, unhealthy, healthy, 5);
  }
  if ('metalLb' in exposure) {
    return nodes(10, 10);
  }
  if ('kubeVip' in exposure) {
    return nodes(8, 8);
  }
  const [asked] = Object.values(exposure);
  return pods(asked.removal ?? 0, asked.addition ?? 0);
}

function toStrategy(strategy: NonNullable<Asked['strategy']>): kplus.DeploymentStrategy {
  return strategy === 'Recreate'
    ? kplus.DeploymentStrategy.recreate()
    : kplus.DeploymentStrategy.rollingUpdate({
        maxSurge: pods(strategy.maxSurge),
        maxUnavailable: pods(strategy.maxUnavailable),
      });
}

const CLEARTEXT = ['http', 'kubernetes.io/h2c', 'kubernetes.io/ws'];

/** The objects of one construct. */
export interface Rendered {
  readonly deployment: Manifest;
  readonly service: Manifest;
  readonly furtherServices: Manifest[];
  readonly pdb: Manifest;
  readonly configMaps: Manifest[];
  readonly hpa?: Manifest;
  readonly networkPolicy?: Manifest;
  readonly monitor?: Manifest;
}

/**
 * What the YAML asks for, each value read from its field. Values that are not a field of their own (opt-outs,
 * the start-up budget, the shutdown budget) are left out.
 */
export function readBack(rendered: Rendered, asked: Asked): Partial<Asked> {
  const { deployment, service, pdb, configMaps, hpa, networkPolicy } = rendered;
  const { spec } = deployment;
  const podSpec = spec.template.spec;
  const [container] = podSpec.containers;
  const [application, ...extra] = container.ports;
  const proxy = (podSpec.initContainers ?? []).find(({ name }: Manifest) => name === 'drain-proxy');
  // Behind a proxy, the main port that the Service finds is the proxy's.
  const main = proxy?.ports[0] ?? application;
  const offered = (port: Manifest, reference = port.name ?? port.containerPort) =>
    service.spec.ports.find(
      (each: Manifest) => each.protocol === port.protocol && each.targetPort === reference,
    );
  const readPort = (port: Manifest, onService: Manifest): AskedPort => ({
    name: port.name,
    port: port.containerPort,
    protocol: port.protocol,
    servicePort: onService?.port,
    appProtocol: onService?.appProtocol,
  });
  const initContainers: Manifest[] = podSpec.initContainers ?? [];
  const isSidecar = ({ name, restartPolicy }: Manifest) =>
    restartPolicy === 'Always' && name !== 'drain-proxy';
  const mounts = container.volumeMounts ?? [];
  const ownPaths = (asked.volumeMounts ?? []).map(({ path }) => path);
  const configPaths = (asked.config ?? []).map(({ path }) => path);
  const envFrom = container.envFrom ?? [];
  const isRollingUpdate = spec.strategy.type === 'RollingUpdate';
  const { preStop } = container.lifecycle;
  return {
    image: container.image,
    port: application.containerPort,
    portName: main.name,
    servicePort: offered(main).port,
    appProtocol: offered(main).appProtocol,
    extraPorts: extra.map((port: Manifest) => readPort(port, offered(port))),
    tlsSecret: podSpec.volumes?.find(({ name }: Manifest) => name === 'tls-secret')?.secret.secretName,
    tlsMountPath: mounts.find(({ name }: Manifest) => name === 'tls-secret')?.mountPath,
    sidecars: initContainers.filter(isSidecar).map((sidecar, i) => ({
      name: sidecar.name,
      image: sidecar.image,
      env: readEnv(sidecar.env),
      ports: sidecar.ports?.map((port: Manifest) => readPort(port, offered(port, port.containerPort))),
      readiness: optional(sidecar.readinessProbe, (probe) =>
        readCheck(probe, asked.sidecars?.[i].readiness, sidecar),
      ),
    })),
    initContainers: initContainers
      .filter(({ restartPolicy }) => restartPolicy === undefined)
      .map(({ name, image, args, env }) => ({ name, image, args, env: readEnv(env) })),
    priorityClassName: podSpec.priorityClassName,
    nodeSelector: podSpec.nodeSelector,
    tolerations: podSpec.tolerations?.map(({ key, value, effect }: Manifest) => ({ key, value, effect })),
    networkPolicy: optional(networkPolicy?.spec.ingress[0], ({ from }) =>
      from === undefined ? 'everyone' : readPeers(from),
    ),
    metricsPeers: optional(asked.metricsPeers, () => readPeers(networkPolicy?.spec.ingress[1].from)),
    furtherExposures: asked.furtherExposures?.map((further, i) =>
      readFurther(rendered.furtherServices[i], further),
    ),
    metrics: optional(asked.metrics, () => readMetrics(rendered, asked)),
    mesh: optional(asked.mesh, () => readMesh(spec.template.metadata, asked)),
    command: container.command,
    args: container.args,
    workingDir: container.workingDir,
    env: readEnv(container.env),
    envFrom: envFrom.slice(0, asked.envFrom?.length ?? 0).map((each: Manifest) => each.configMapRef.name),
    config: readConfig(spec.template, configMaps, asked),
    resources: {
      cpu: container.resources.requests.cpu,
      memory: container.resources.requests.memory,
      memoryLimit: container.resources.limits?.memory,
    },
    volumeMounts: mounts
      .filter((mount: Manifest) => ownPaths.includes(mount.mountPath))
      .map((mount: Manifest) => ({ path: mount.mountPath, name: mount.name })),
    imagePullPolicy: container.imagePullPolicy,
    imagePullSecrets: (podSpec.imagePullSecrets ?? []).map((each: Manifest) => each.name),
    serviceAccount: podSpec.serviceAccountName,
    automountServiceAccountToken: podSpec.automountServiceAccountToken,
    security: podSpec.securityContext.runAsNonRoot
      ? {
          runAsUser: podSpec.securityContext.runAsUser,
          runAsGroup: podSpec.securityContext.runAsGroup,
          fsGroup: podSpec.securityContext.fsGroup,
          readOnlyRootFilesystem: container.securityContext.readOnlyRootFilesystem,
          writablePaths: mounts
            .filter(({ name }: Manifest) => name !== 'tls-secret')
            .map((mount: Manifest) => mount.mountPath)
            .filter((path: string) => !ownPaths.includes(path) && !configPaths.includes(path)),
        }
      : 'image user',
    name: deployment.metadata.name,
    containerName: container.name,
    selectorLabels: spec.selector.matchLabels,
    labels: pick(deployment.metadata.labels, asked.labels),
    annotations: pick(deployment.metadata.annotations, asked.annotations),
    podLabels: pick(spec.template.metadata.labels, asked.podLabels),
    podAnnotations: pick(spec.template.metadata.annotations ?? {}, asked.podAnnotations),
    readiness: readCheck(container.readinessProbe, asked.readiness, container),
    liveness: optional(container.livenessProbe, (probe) => readCheck(probe, asked.liveness, container)),
    replicas: spec.replicas,
    autoscaling: optional(hpa, ({ spec: { behavior, ...scaled } }) => ({
      minReplicas: scaled.minReplicas,
      maxReplicas: scaled.maxReplicas,
      metrics: optional(asked.autoscaling?.metrics, () => scaled.metrics.map(readMetric)),
      scaleUp: optional(asked.autoscaling?.scaleUp, () => readRules(behavior.scaleUp)),
      scaleDown: optional(asked.autoscaling?.scaleDown, () => readRules(behavior.scaleDown)),
    })),
    maxSurge: isRollingUpdate ? spec.strategy.rollingUpdate.maxSurge : undefined,
    strategy: isRollingUpdate ? spec.strategy.rollingUpdate : 'Recreate',
    minReady: spec.minReadySeconds ?? 0,
    progressDeadline: spec.progressDeadlineSeconds,
    revisionHistoryLimit: spec.revisionHistoryLimit,
    drain: preStop.exec
      ? { exec: true, seconds: Number(preStop.exec.command[1]) }
      : { exec: false, seconds: preStop.sleep.seconds },
    drainProxy: proxy && {
      image: proxy.image,
      port: proxy.ports[0].containerPort,
      ...readHaproxy(spec.template.metadata.annotations['zero-downtime/haproxy.cfg']),
    },
    terminationGracePeriod: podSpec.terminationGracePeriodSeconds,
    disruptionBudget: pdb.spec.maxUnavailable,
    topologyKeys: podSpec.topologySpreadConstraints.map((each: Manifest) => each.topologyKey),
    serviceName: service.metadata.name,
    serviceAnnotations: pick(service.metadata.annotations, asked.serviceAnnotations),
    loadBalancerSourceRanges: service.spec.loadBalancerSourceRanges,
    externalTrafficPolicy: service.spec.externalTrafficPolicy,
    sessionAffinity:
      service.spec.sessionAffinityConfig?.clientIP.timeoutSeconds ?? service.spec.sessionAffinity,
  };
}

function readPeers(from: Manifest[]): string[] {
  return from.map(({ ipBlock }) => ipBlock.cidr);
}

/** What its exposure asks of the pods is not in the Service. */
function readFurther({ metadata, spec }: Manifest, asked: AskedFurther): AskedFurther {
  const [{ port, appProtocol }] = spec.ports;
  return {
    ...asked,
    serviceName: metadata.name,
    ...(asked.servicePort !== undefined && { servicePort: port }),
    ...(asked.portNames && { portNames: spec.ports.map(({ name = 'main' }: Manifest) => name) }),
    ...(asked.appProtocol !== undefined && { appProtocol }),
  };
}

function readMetrics({ deployment, monitor }: Rendered, { metrics }: Asked): AskedMetrics {
  if (!monitor) {
    const { annotations } = deployment.spec.template.metadata;
    const number = Number(annotations['prometheus.io/port']);
    const { containers, initContainers = [] } = deployment.spec.template.spec;
    const found = [...containers, ...initContainers]
      .flatMap(({ ports = [] }: Manifest) => ports)
      .find(({ containerPort, protocol }: Manifest) => containerPort === number && protocol === 'TCP');
    return {
      how: 'scrapeAnnotations',
      // Behind a drain proxy the main port has no name in the pods.
      portName: found.name ?? metrics?.portName,
      ...(metrics?.path !== undefined && { path: annotations['prometheus.io/path'] }),
    };
  }
  const [{ port = 'main', path, interval }] = monitor.spec.podMetricsEndpoints ?? monitor.spec.endpoints;
  return {
    how: monitor.kind === 'PodMonitor' ? 'podMonitor' : 'serviceMonitor',
    portName: port,
    ...(metrics?.path !== undefined && { path }),
    ...(metrics?.interval !== undefined && { interval: parseInt(interval) }),
    ...(metrics?.labels && { labels: pick(monitor.metadata.labels, metrics.labels) }),
  };
}

function readMesh({ labels, annotations }: Manifest, { mesh }: Asked): Asked['mesh'] {
  const native =
    annotations['sidecar.istio.io/nativeSidecar'] ??
    annotations['config.beta.linkerd.io/proxy-enable-native-sidecar'];
  return {
    name: labels['sidecar.istio.io/inject'] === 'true' ? 'istio' : 'linkerd',
    ...(mesh?.nativeSidecar !== undefined && { nativeSidecar: native === 'true' }),
  };
}

function readEnv(env?: Manifest[]): Record<string, string> | undefined {
  return optional(env, (variables) => Object.fromEntries(variables.map(({ name, value }) => [name, value])));
}

function readHaproxy(config: string): { http2: boolean; maxConnections: number } {
  const http2 = config.includes('proto h2');
  const files = Number(/fd-hard-limit (\d+)/.exec(config)?.[1]);
  return { http2, maxConnections: (files - 100) / (http2 ? 4 : 2) };
}

/** Each in the order asked: variables from envFrom after those of the prop of this name, files by their path. */
function readConfig({ metadata, spec }: Manifest, configMaps: Manifest[], asked: Asked): AskedConfig[] {
  const [container] = spec.containers;
  const variables = (container.envFrom ?? []).slice(asked.envFrom?.length ?? 0);
  const versions = JSON.parse(metadata.annotations?.['zero-downtime/secret-versions'] ?? '{}');
  const volumeAt = (path: string) => {
    const { name } = container.volumeMounts.find((mount: Manifest) => mount.mountPath === path);
    return spec.volumes.find((volume: Manifest) => volume.name === name);
  };
  return (asked.config ?? []).map(({ path }): AskedConfig => {
    const source = path === undefined ? variables.shift() : volumeAt(path);
    const secret = source.secretRef?.name ?? source.secret?.secretName;
    if (secret !== undefined) {
      return { path, secret, version: versions[secret] };
    }
    const name = source.configMapRef?.name ?? source.configMap.name;
    return { path, data: configMaps.find((configMap) => configMap.metadata.name === name).data };
  });
}

function readCheck(probe: Manifest, asked: AskedCheck | undefined, container: Manifest): AskedCheck {
  const reference = (probe.httpGet ?? probe.tcpSocket ?? probe.grpc)?.port ?? asked?.port;
  const port = container.ports.find((each: Manifest) => each.name === reference);
  const how = {
    ...(probe.httpGet && { http: probe.httpGet.path }),
    ...(probe.httpGet?.httpHeaders && {
      httpHeaders: Object.fromEntries(
        probe.httpGet.httpHeaders.map(({ name, value }: Manifest) => [name, value]),
      ),
    }),
    ...(probe.tcpSocket && { tcp: true }),
    ...(probe.grpc && { grpc: probe.grpc.service }),
    ...(probe.exec && { command: probe.exec.command }),
  };
  return {
    how,
    port: port?.containerPort ?? reference,
    initialDelay: probe.initialDelaySeconds,
    period: probe.periodSeconds,
    timeout: probe.timeoutSeconds,
    failureThreshold: probe.failureThreshold,
  };
}

function readMetric({ resource, pods: ofPods, external }: Manifest): AskedMetric {
  if (resource) {
    const { averageUtilization } = resource.target;
    return resource.name === 'cpu' ? { cpu: averageUtilization } : { memory: averageUtilization };
  }
  return ofPods
    ? { pods: ofPods.metric.name, average: ofPods.target.averageValue }
    : { external: external.metric.name, value: external.target.value };
}

function readRules({ selectPolicy, stabilizationWindowSeconds, policies }: Manifest): AskedRules {
  return {
    strategy: selectPolicy,
    window: stabilizationWindowSeconds,
    policies: policies.map(({ type, value, periodSeconds }: Manifest) => ({
      replicas: type === 'Percent' ? `${value}%` : value,
      period: periodSeconds,
    })),
  };
}

function pick(values: Record<string, string>, asked: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.keys(asked).map((key) => [key, values[key]]));
}

// --- What can be asked ---

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('yes', 'on', '0777', '1:30', '~', '# a'),
);
const number = (min: number, max: number) => fc.integer({ min, max });
const portNumber = number(1, 65_535);
const texts = (key: fc.Arbitrary<string> = word) =>
  fc.dictionary(key, text, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const labelsOf = (prefix: string) =>
  fc.dictionary(
    fc.tuple(word, fc.boolean()).map(([name, long]) => `${long ? 'example.com/' : ''}${prefix}${name}`),
    fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,10}[A-Za-z0-9])?$/),
    { minKeys: 1, maxKeys: 3, noNullPrototype: true },
  );
const image = fc
  .tuple(
    fc.constantFrom('', 'registry.example.com/', 'localhost:5000/team/'),
    word,
    fc.oneof(fc.stringMatching(/^:[0-9]\.[0-9]{1,3}$/), fc.constant(`@sha256:${'ab'.repeat(32)}`)),
  )
  .map((parts) => parts.join(''));
/** A program, without a space in its name, and its arguments. */
const command = fc
  .tuple(fc.stringMatching(/^[a-z/.-]{1,10}$/), fc.array(text, { maxLength: 2 }))
  .map(([program, args]) => [program, ...args]);
const how: fc.Arbitrary<AskedCheck['how']> = fc.oneof(
  fc.record(
    {
      http: fc.webPath().map((path) => `/${path.replace(/^\/+/, '')}`),
      httpHeaders: texts(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,8}$/)),
    },
    { requiredKeys: ['http'], noNullPrototype: true },
  ),
  fc.constant({ tcp: true } as const),
  fc.record({ grpc: fc.stringMatching(/^[a-z.]{1,10}$/) }),
  fc.record({ command }),
);
const env = texts(fc.stringMatching(/^[A-Z][A-Z_]{0,5}$/));
const initialDelay = fc.option(number(1, 3600), { nil: undefined });
const appProtocol = fc.constantFrom('http', 'https', 'kubernetes.io/h2c', 'example.com/binary');

/** Variables have small letters, unlike those of `env`, and each path a name that no other volume has. */
const config: fc.Arbitrary<AskedConfig[]> = fc
  .record(
    {
      env: texts(word),
      files: fc.record({ path: fc.constantFrom('/etc/app', '/srv/Data_1.2'), data: texts(word) }),
      secretEnv: fc.record({ secret: word, version: text.filter((version) => version !== '') }),
      secretFiles: word.map((secret) => ({ path: '/etc/secret', secret: `${secret}-files` })),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map(({ env, files, secretEnv, secretFiles }) =>
    [files, secretFiles, env && { data: env }, secretEnv].filter((each) => each !== undefined),
  );

/** What each prop alone can be, where it does not depend on another one. */
const independent = fc.record(
  {
    portName: fc.constantFrom('web', 'api-1', 'a'),
    command,
    args: fc.array(text, { minLength: 1, maxLength: 3 }),
    workingDir: fc.constantFrom('/srv', '/'),
    env,
    envFrom: words,
    config,
    resources: fc.record({
      cpu: number(1, 9999).map((n) => `${n}m`),
      memory: number(1, 999).map((n) => `${n}Mi`),
      memoryLimit: number(1000, 2000).map((n) => `${n}Mi`),
    }),
    volumeMounts: words.map((names) => names.map((name) => ({ path: `/mnt/${name}`, name: `v-${name}` }))),
    imagePullPolicy: fc.constantFrom(...Object.values(kplus.ImagePullPolicy)),
    imagePullSecrets: words,
    serviceAccount: word,
    automountServiceAccountToken: fc.boolean(),
    security: fc.oneof(
      { weight: 1, arbitrary: fc.constant('image user' as const) },
      {
        weight: 3,
        arbitrary: fc.record({
          runAsUser: number(1, 99_999),
          runAsGroup: number(1, 99_999),
          fsGroup: number(1, 99_999),
          readOnlyRootFilesystem: fc.boolean(),
          writablePaths: words.map((names) => names.map((name) => `/var/${name}`)),
        }),
      },
    ),
    tlsSecret: word,
    initContainers: fc.uniqueArray(
      fc.record({
        name: word.map((name) => `init-${name}`),
        image,
        args: fc.option(fc.array(text, { minLength: 1, maxLength: 2 }), { nil: undefined }),
        env: fc.option(env, { nil: undefined }),
      }),
      { minLength: 1, maxLength: 2, selector: ({ name }) => name },
    ),
    priorityClassName: word,
    nodeSelector: labelsOf('n-'),
    tolerations: fc.array(
      fc.record({
        key: word,
        value: word,
        effect: fc.option(fc.constantFrom(...Object.values(kplus.TaintEffect)), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    appProtocol,
    networkPolicy: fc.oneof(
      fc.constant('everyone' as const),
      fc.array(
        fc.ipV4().map((address) => `${address}/32`),
        { minLength: 1, maxLength: 2 },
      ),
    ),
    name: word,
    containerName: word,
    selectorLabels: labelsOf('s-'),
    labels: labelsOf('l-'),
    annotations: texts(),
    podLabels: labelsOf('p-'),
    podAnnotations: texts(),
    startupBudget: number(5, 3600),
    replicas: number(2, 100),
    minReady: number(0, 600),
    revisionHistoryLimit: number(1, 50),
    drain: fc.record({ exec: fc.boolean(), seconds: number(1, 300) }),
    shutdownBudget: number(1, 3600),
    topologyKeys: words,
    serviceName: word,
    servicePort: portNumber,
    serviceAnnotations: texts(),
    sessionAffinity: fc.oneof(fc.constant('None' as const), number(1, 86_400)),
    mesh: fc.record(
      { name: fc.constantFrom('istio', 'linkerd'), nativeSidecar: fc.boolean() },
      { requiredKeys: ['name'], noNullPrototype: true },
    ),
    acceptDowntimeOnRollout: fc.boolean(),
    acceptDowntimeOnDrain: fc.boolean(),
    acceptNoRollback: fc.boolean(),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** IP ranges as Kubernetes writes them: after the bits that all addresses have in common, all are 0. */
const ipRange = fc.oneof(
  fc
    .array(number(0, 255), { maxLength: 4 })
    .map((octets) => `${[...octets, 0, 0, 0, 0].slice(0, 4).join('.')}/${8 * octets.length}`),
  fc
    .array(number(1, 0xffff), { maxLength: 6 })
    .map((groups) => `${groups.map((group) => group.toString(16)).join(':')}::/${16 * groups.length}`),
);

const host = fc
  .tuple(fc.boolean(), words)
  .map(([wildcard, labels]) => [...(wildcard ? ['*'] : []), ...labels, 'example.com'].join('.'));
const hostnames = fc.uniqueArray(host, { minLength: 1, maxLength: 3 });
const pathsOf = (...hows: AskedPath['how'][]) =>
  fc.uniqueArray(
    fc.record({ how: fc.constantFrom(...hows), path: words.map((parts) => `/${parts.join('/')}`) }),
    { minLength: 1, maxLength: 3, selector: ({ path }) => path },
  );
const addresses = fc.subarray(['2001:db8::10', '192.0.2.10']);
const healthCheck = { interval: number(5, 30), unhealthy: number(2, 10), healthy: number(2, 10) };
const proxyTimes = { removal: number(0, 300), addition: number(0, 300) };
const deregistration = number(0, 3600);
const internalLoadBalancer = fc.boolean();
const loadBalancerClass = word.map((name) => `example.com/${name}`);

const exposureThatSendsToNodes: fc.Arbitrary<AskedExposure> = fc.oneof(
  fc.record({
    loadBalancer: fc.record(
      { loadBalancerClass, ...proxyTimes },
      { requiredKeys: ['removal', 'addition'], noNullPrototype: true },
    ),
  }),
  fc.record({ awsNodes: fc.record({ ...healthCheck, deregistration }) }),
  fc.record({ gke: fc.record({ internalLoadBalancer }) }),
  fc.record({ azure: fc.record({ internalLoadBalancer, interval: number(5, 20), unhealthy: number(2, 5) }) }),
  fc.record({ digitalOcean: fc.record(healthCheck) }),
  fc.record({
    metalLb: fc.record(
      { addresses, addressPool: word, loadBalancerClass },
      { requiredKeys: ['addresses'], noNullPrototype: true },
    ),
  }),
  fc.record({
    kubeVip: fc.record(
      { addresses, loadBalancerClass },
      { requiredKeys: ['addresses'], noNullPrototype: true },
    ),
  }),
);

const otherExposure: fc.Arbitrary<AskedExposure> = fc.oneof(
  fc.record({ nodePort: fc.record(proxyTimes) }),
  fc.record({ awsPods: fc.record({ ...healthCheck, deregistration, readinessGate: fc.boolean() }) }),
  fc.constant({ clusterIp: true } as const),
  fc.record({
    ingress: fc.record(
      {
        hostnames,
        paths: pathsOf('prefix', 'exact', 'implementationSpecific'),
        ingressClassName: word,
        ingressAnnotations: texts(),
        tlsSecret: word,
        ...proxyTimes,
      },
      { requiredKeys: ['removal', 'addition'], noNullPrototype: true },
    ),
  }),
  fc.record({
    httpRoute: fc.record(
      {
        gateway: word,
        gatewayNamespace: word,
        listener: word,
        hostnames,
        paths: pathsOf('prefix', 'exact'),
        ...proxyTimes,
      },
      { requiredKeys: ['gateway', 'removal', 'addition'], noNullPrototype: true },
    ),
  }),
);

const balancer = { loadBalancerSourceRanges: fc.array(ipRange, { minLength: 1, maxLength: 3 }) };
const externalTrafficPolicy = fc.constantFrom(...Object.values(ExternalTrafficPolicy));

const reach = fc.oneof(
  fc.record({ ...balancer }, { requiredKeys: [], noNullPrototype: true }),
  fc.record(
    { exposure: exposureThatSendsToNodes, ...balancer, externalTrafficPolicy },
    { requiredKeys: ['exposure'], noNullPrototype: true },
  ),
  fc.record({ exposure: otherExposure }),
);

/** Further ways to the same pods, each kind once, so that no two of them take the same requests. */
const furtherExposures = fc.record(
  {
    internal: fc.constant({ clusterIp: true } as const),
    headless: fc.record({ headless: fc.record({ removal: number(0, 300) }) }),
    public: fc.record({ loadBalancer: fc.record(proxyTimes) }),
    nlb: fc.record({
      awsPods: fc.record({ ...healthCheck, deregistration, readinessGate: fc.boolean() }),
    }),
    ingress: fc.record({ ingress: fc.record({ hostnames, ...proxyTimes }) }),
    route: fc.record({ httpRoute: fc.record({ gateway: word, hostnames, ...proxyTimes }) }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const metrics = fc.record(
  {
    how: fc.constantFrom('podMonitor', 'serviceMonitor', 'scrapeAnnotations'),
    portIndex: fc.nat(3),
    path: fc.constantFrom('/metrics', '/prometheus', '/'),
    interval: number(1, 300),
    labels: labelsOf('m-'),
    metricsPeers: fc.array(
      fc.ipV4().map((address) => `${address}/32`),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: ['how', 'portIndex'], noNullPrototype: true },
);

const percentage = (min: number, max: number) => number(min, max).map((n) => `${n}%`);

const rules = (strategies: kplus.ScalingStrategy[], window: fc.Arbitrary<number>): fc.Arbitrary<AskedRules> =>
  fc.record({
    strategy: fc.constantFrom(...strategies),
    window,
    policies: fc.array(
      fc.record({ replicas: fc.oneof(number(1, 100), percentage(1, 100)), period: number(1, 1800) }),
      { minLength: 1, maxLength: 3 },
    ),
  });
const { MAX_CHANGE, MIN_CHANGE, DISABLED } = kplus.ScalingStrategy;

/** Instead of a fixed number of pods; `minReplicas` and `more` give the most. */
const autoscaling = fc.record(
  {
    minReplicas: number(2, 50),
    more: number(0, 50),
    metrics: fc.array(
      fc.oneof<fc.Arbitrary<AskedMetric>[]>(
        fc.record({ cpu: number(1, 200) }),
        // The memory limit is at least what is requested.
        fc.record({ memory: number(1, 90) }),
        fc.record({ pods: word, average: number(1, 1000) }),
        fc.record({ external: word, value: number(1, 1000) }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    scaleUp: rules([MAX_CHANGE, MIN_CHANGE], number(0, 3600)),
    // An hour outlasts every rollout.
    scaleDown: rules([MAX_CHANGE, MIN_CHANGE, DISABLED], fc.constant(3600)),
  },
  { requiredKeys: ['minReplicas', 'more'], noNullPrototype: true },
);
const furtherPorts = fc.array(
  fc.record({
    port: portNumber,
    servicePort: fc.option(portNumber, { nil: undefined }),
    protocol: fc.constantFrom(...Object.values(kplus.Protocol)),
    appProtocol: fc.option(appProtocol, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 3 },
);
const readinessCheck = fc.record({
  how,
  portIndex: fc.nat(3),
  initialDelay,
  period: number(1, 60),
  timeout: number(1, 60),
  failureThreshold: number(1, 10),
});

/** Numbers from which the props are made that depend on others. */
const dependent = fc.record({
  extraPorts: fc.option(furtherPorts, { nil: undefined }),
  sidecars: fc.option(
    fc.array(
      fc.record({
        image,
        env: fc.option(env, { nil: undefined }),
        ports: furtherPorts,
        readiness: fc.option(readinessCheck, { nil: undefined }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    { nil: undefined },
  ),
  tlsMountPath: fc.option(fc.constantFrom('/certs', '/etc/pki/tls'), { nil: undefined }),
  readiness: fc.option(readinessCheck, { nil: undefined }),
  liveness: fc.option(
    fc.record({ how, portIndex: fc.nat(3), initialDelay, period: number(1, 60), timeout: number(1, 60) }),
    {
      nil: undefined,
    },
  ),
  surge: fc.oneof(
    fc.constant({}),
    fc.oneof(number(1, 100), percentage(1, 200)).map((maxSurge) => ({ maxSurge })),
    fc
      .oneof(number(1, 100), percentage(1, 200))
      .map((maxSurge) => ({ strategy: { maxSurge, maxUnavailable: 0 } })),
  ),
  drainProxy: fc.option(
    fc.record({ image, port: number(1024, 65_534), http2: fc.boolean(), maxConnections: number(1, 100_000) }),
    {
      nil: undefined,
    },
  ),
  moreDeadline: fc.option(number(1, 1000), { nil: undefined }),
  moreGrace: fc.option(number(0, 1000), { nil: undefined }),
  autoscaling: fc.option(autoscaling, { nil: undefined }),
  furtherExposures: fc.option(furtherExposures, { nil: undefined }),
  furtherServicePort: fc.option(portNumber, { nil: undefined }),
  offered: fc.option(fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), { nil: undefined }),
  metrics: fc.option(metrics, { nil: undefined }),
  disruptionShare: fc.option(fc.tuple(number(0, 99), fc.boolean()), { nil: undefined }),
});

/** Everything that can be asked without contradicting the promise. */
export const acceptable: fc.Arbitrary<Asked> = fc
  .tuple(fc.record({ image, port: portNumber }), independent, reach, dependent)
  .map(([required, props, reached, raw]) => {
    const asked: Asked = { ...required, ...props, ...reached, ...raw.surge };
    if (raw.furtherExposures) {
      const { exposure = {} } = asked;
      asked.furtherExposures = Object.entries(raw.furtherExposures)
        .filter(
          ([, further]) => !['ingress', 'httpRoute'].some((kind) => kind in further && kind in exposure),
        )
        .map(([name, further]) => ({ serviceName: `${name}-further`, exposure: further }));
    }
    const needed = needs(asked);
    if (asked.drain && (asked.exposure || asked.furtherExposures)) {
      asked.drain = { ...asked.drain, seconds: asked.drain.seconds + needed.drain };
    }
    if (asked.minReady !== undefined) {
      asked.minReady += needed.minReady;
    }
    const taken = {
      ports: new Set([asked.port]),
      servicePorts: new Set([
        asked.servicePort ?? (asked.tlsSecret ? 443 : 80),
        raw.furtherServicePort ?? (asked.tlsSecret ? 443 : 80),
      ]),
    };
    if (raw.extraPorts) {
      asked.extraPorts = distinctPorts('extra', taken, raw.extraPorts);
    }
    if (raw.sidecars) {
      asked.sidecars = raw.sidecars.map(({ image, env, ports, readiness }, i) => {
        const own = distinctPorts(`side-${i}`, taken, ports);
        const sidecar = { name: `side-${i}`, image, env };
        return own.length > 0
          ? { ...sidecar, ports: own, readiness: optional(readiness, (check) => toPortOf(own, check)) }
          : sidecar;
      });
    }
    if (asked.tlsSecret) {
      if (raw.tlsMountPath) {
        asked.tlsMountPath = raw.tlsMountPath;
      }
      if (CLEARTEXT.includes(asked.appProtocol ?? '')) {
        asked.appProtocol = 'https';
      }
    }
    const ports = [asked.port, ...(asked.extraPorts ?? []).map(({ port }) => port)];
    for (const further of asked.furtherExposures ?? []) {
      offerPorts(further, asked, raw);
    }
    if (raw.metrics) {
      askForMetrics(asked, raw.metrics);
    }
    const { drainProxy } = raw;
    const isFree = drainProxy && !taken.ports.has(drainProxy.port) && !taken.ports.has(drainProxy.port + 1);
    if (isFree && !asked.tlsSecret && (asked.portName || !asked.selectorLabels)) {
      asked.drainProxy = drainProxy;
      if (asked.appProtocol !== undefined && asked.appProtocol !== 'example.com/binary') {
        asked.appProtocol = drainProxy.http2 ? 'kubernetes.io/h2c' : 'http';
      }
      if (drainProxy.http2 && asked.exposure && 'httpRoute' in asked.exposure) {
        asked.appProtocol = 'kubernetes.io/h2c';
      }
      for (const further of asked.furtherExposures ?? []) {
        if (drainProxy.http2 && 'httpRoute' in further.exposure) {
          further.appProtocol = 'kubernetes.io/h2c';
        }
      }
    }
    if (raw.readiness) {
      const { portIndex, ...rest } = raw.readiness;
      asked.readiness = withoutGrpcWhereNobodySpeaksIt(asked, {
        ...rest,
        port: ports[portIndex % ports.length],
      });
    }
    if (raw.liveness) {
      const { portIndex, ...rest } = raw.liveness;
      const readiness = asked.readiness ?? { period: 5, timeout: 5, failureThreshold: 3 };
      const timeout = Math.max(rest.timeout, readiness.timeout);
      // More patient with checks that fail at once, and with those that get no answer.
      const ratio = Math.max(
        readiness.period / rest.period,
        Math.max(readiness.period, readiness.timeout) / Math.max(rest.period, timeout),
      );
      const failureThreshold = Math.floor(ratio * readiness.failureThreshold) + 1;
      const port = ports[portIndex % ports.length];
      asked.liveness = withoutGrpcWhereNobodySpeaksIt(asked, { ...rest, timeout, failureThreshold, port });
    }
    if (raw.moreDeadline !== undefined) {
      asked.progressDeadline = readyTime(asked) + (asked.minReady ?? needed.minReady) + raw.moreDeadline;
    }
    if (raw.moreGrace !== undefined) {
      const termination = (asked.drain?.seconds ?? needed.drain) + (asked.shutdownBudget ?? 30);
      asked.terminationGracePeriod = Math.max(termination, needed.gracePeriod) + raw.moreGrace;
    }
    if (raw.autoscaling) {
      const { more, ...rest } = raw.autoscaling;
      asked.autoscaling = { ...rest, maxReplicas: rest.minReplicas + more };
      delete asked.replicas;
    }
    if (raw.disruptionShare) {
      const [share, inPercent] = raw.disruptionShare;
      const replicas = asked.autoscaling?.minReplicas ?? asked.replicas ?? 2;
      const count = 1 + Math.floor((share / 100) * (replicas - 1));
      asked.disruptionBudget = inPercent ? `${Math.floor((count / replicas) * 100)}%` : count;
    }
    return asked;
  });

/** Longest time until a pod gets traffic, in seconds. */
export function readyTime(asked: Asked): number {
  const { startupBudget = 300, readiness, sidecars = [] } = asked;
  const waited = sidecars.flatMap((sidecar) => (sidecar.readiness ? [sidecar.readiness] : []));
  return [readiness, ...waited].reduce(
    (sum, check) => sum + Math.max(startupBudget, check?.initialDelay ?? 0),
    needs(asked).readiness,
  );
}

/** All ports of the pods, as metrics and Services name them, the main one first. */
function namedPorts({ port, portName, selectorLabels, tlsSecret, extraPorts, sidecars }: Asked): AskedPort[] {
  const name = portName ?? (selectorLabels ? 'main' : tlsSecret ? 'https' : 'http');
  const main = { name, port, servicePort: 0, protocol: kplus.Protocol.TCP };
  return [main, ...(extraPorts ?? []), ...(sidecars ?? []).flatMap(({ ports = [] }) => ports)];
}

/** Lets a further Service offer some of the ports under numbers of its own. */
function offerPorts(
  further: AskedFurther,
  asked: Asked,
  raw: { furtherServicePort?: number; offered?: boolean[] },
): void {
  const { exposure } = further;
  if (raw.furtherServicePort !== undefined && !('headless' in exposure)) {
    further.servicePort = raw.furtherServicePort;
  }
  if (raw.offered) {
    const [main, ...others] = namedPorts(asked).filter(({ servicePort }) => servicePort !== undefined);
    further.portNames = [main, ...others.filter((_, i) => raw.offered?.[i])].map(({ name }) => name);
  }
}

/** Asks for metrics at one of the ports that may have them. */
function askForMetrics(
  asked: Asked,
  {
    portIndex,
    metricsPeers,
    ...metrics
  }: Omit<AskedMetrics, 'portName'> & {
    portIndex: number;
    metricsPeers?: string[];
  },
): void {
  const [main, ...others] = namedPorts(asked).filter(({ protocol }) => protocol === kplus.Protocol.TCP);
  const possible = asked.tlsSecret ? others : [main, ...others];
  if (possible.length === 0) {
    return;
  }
  const { name, servicePort } = possible[portIndex % possible.length];
  const offering = (asked.furtherExposures ?? []).filter(
    ({ portNames }) => portNames?.includes(name) ?? true,
  );
  const byOneService = servicePort !== undefined && offering.length === 0;
  const how = metrics.how === 'serviceMonitor' && !byOneService ? 'podMonitor' : metrics.how;
  const { path, interval, labels } = metrics;
  asked.metrics = {
    how,
    portName: name,
    ...(path !== undefined && { path }),
    ...(how !== 'scrapeAnnotations' && interval !== undefined && { interval }),
    ...(how !== 'scrapeAnnotations' && labels && { labels }),
  };
  const isRestricted =
    asked.networkPolicy && (asked.networkPolicy !== 'everyone' || servicePort === undefined);
  if (metricsPeers && isRestricted) {
    asked.metricsPeers = metricsPeers;
  }
}

/** Ports of which none is taken yet, neither in the pod nor on the Service. */
function distinctPorts(
  prefix: string,
  taken: { ports: Set<number>; servicePorts: Set<number> },
  raw: Omit<AskedPort, 'name'>[],
): AskedPort[] {
  return raw
    .filter(({ port }) => !taken.ports.has(port) && taken.ports.add(port))
    .map(({ port, servicePort, protocol, appProtocol }, i) => {
      const offered = servicePort !== undefined && !taken.servicePorts.has(servicePort);
      if (offered) {
        taken.servicePorts.add(servicePort);
      }
      const onService = offered ? { servicePort, appProtocol } : {};
      return { name: `${prefix}-${i}`, port, protocol, ...onService };
    });
}

function toPortOf(
  ports: AskedPort[],
  { portIndex, ...check }: Omit<AskedCheck, 'port'> & { portIndex: number },
): AskedCheck {
  return { ...check, port: ports[portIndex % ports.length].port };
}

/** Kubernetes' gRPC check knows no TLS, and a proxy for HTTP/1.1 no gRPC. */
function withoutGrpcWhereNobodySpeaksIt(
  { tlsSecret, drainProxy, port }: Asked,
  check: AskedCheck,
): AskedCheck {
  const nobody = tlsSecret !== undefined || drainProxy?.http2 === false;
  return nobody && check.port === port && 'grpc' in check.how ? { ...check, how: { tcp: true } } : check;
}

const wildNumber = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, 1, -1, 0.5, 65_536));
const wildDuration = fc.oneof(fc.nat(), fc.double({ min: 0 }), fc.constantFrom(0, 1, 2 ** 31));
const wildCount = fc.oneof(
  wildNumber,
  wildNumber.map((n) => `${n}%`),
);
const wildText = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'latest', 'a/b', 'a.b', 'A', 'toString', '__proto__'),
);
const wildLabels = fc.dictionary(wildText, wildText, { maxKeys: 3, noNullPrototype: true });
const wildCheck = fc.record({
  how: fc.oneof(
    fc.record({ http: wildText, httpHeaders: wildLabels }),
    fc.record({ command: fc.array(wildText, { maxLength: 2 }) }),
    fc.record({ grpc: wildText }),
  ),
  port: wildNumber,
  initialDelay: fc.option(wildDuration, { nil: undefined }),
  period: wildDuration,
  timeout: wildDuration,
  failureThreshold: wildNumber,
});

const wildPaths = fc.array(
  fc.record({
    how: fc.constantFrom<AskedPath['how'][]>('prefix', 'exact', 'implementationSpecific'),
    path: fc.oneof(wildText, fc.constantFrom('/', '/a')),
  }),
  { maxLength: 2 },
);

const wildRules = fc.record({
  strategy: fc.constantFrom(MAX_CHANGE, MIN_CHANGE, DISABLED),
  window: wildDuration,
  policies: fc.array(fc.record({ replicas: wildCount, period: wildDuration }), { maxLength: 2 }),
});

/** Values of which most contradict the promise or are nothing that Kubernetes could read. */
const wild: { [prop in keyof Asked]: fc.Arbitrary<Asked[prop]> } = {
  image: wildText,
  port: wildNumber,
  portName: wildText,
  extraPorts: fc.array(
    fc.record({
      name: fc.oneof(wildText, fc.constantFrom('http', 'main')),
      port: fc.oneof(wildNumber, fc.constant(8080)),
      servicePort: fc.oneof(wildNumber, fc.constantFrom(80, undefined)),
      protocol: fc.constantFrom(...Object.values(kplus.Protocol)),
    }),
    { maxLength: 3 },
  ),
  config: fc.array(
    fc.oneof(
      fc.record({ data: wildLabels }),
      fc.record({ path: wildText, data: wildLabels }),
      fc.record({ path: fc.constantFrom('/tmp', '/etc/app', '/etc-app', '/etc/../app'), data: wildLabels }),
      fc.record({ secret: fc.constantFrom('a', 'b'), version: wildText }),
    ),
    { maxLength: 3 },
  ),
  command: fc.array(wildText),
  args: fc.array(wildText),
  workingDir: wildText,
  env: wildLabels,
  security: fc.record({
    runAsUser: wildNumber,
    runAsGroup: wildNumber,
    fsGroup: wildNumber,
    readOnlyRootFilesystem: fc.boolean(),
    writablePaths: fc.array(fc.oneof(wildText, fc.constantFrom('/', '/tmp', '/a/', '/.a', '/etc/tls'))),
  }),
  volumeMounts: fc.uniqueArray(
    fc.record({
      path: fc.oneof(wildText, fc.constantFrom('/tmp', '/', '/a:b')),
      name: fc.constantFrom('tmp', 'etc-app', 'drain-proxy'),
    }),
    { maxLength: 2, selector: ({ name }) => name },
  ),
  tlsSecret: fc.constant('web-tls'),
  tlsMountPath: wildText,
  initContainers: fc.array(
    fc.record({
      name: fc.oneof(wildText, fc.constant('main')),
      image: fc.oneof(wildText, fc.constant('init:1')),
      env: fc.option(wildLabels, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
  sidecars: fc.array(
    fc.record({
      name: fc.oneof(wildText, fc.constantFrom('main', 'proxy')),
      image: fc.oneof(wildText, fc.constant('proxy:1')),
      env: fc.option(wildLabels, { nil: undefined }),
      ports: fc.array(
        fc.record({
          name: fc.oneof(wildText, fc.constantFrom('http', 'proxy')),
          port: fc.oneof(wildNumber, fc.constantFrom(8080, 15_080)),
          protocol: fc.constantFrom(...Object.values(kplus.Protocol)),
        }),
        { maxLength: 2 },
      ),
      readiness: fc.option(wildCheck, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
  priorityClassName: wildText,
  nodeSelector: wildLabels,
  tolerations: fc.array(fc.record({ key: wildText, value: wildText }), { maxLength: 2 }),
  appProtocol: wildText,
  networkPolicy: fc.constant([]),
  furtherExposures: fc.array(
    fc.record({
      serviceName: fc.oneof(wildText, fc.constantFrom('web', 'web-internal')),
      servicePort: fc.oneof(wildNumber, fc.constant(80)),
      portNames: fc.array(fc.oneof(wildText, fc.constantFrom('http', 'main')), { maxLength: 2 }),
      appProtocol: fc.oneof(wildText, fc.constant('http')),
      exposure: fc.oneof(
        fc.constant({ clusterIp: true } as const),
        fc.record({ headless: fc.record({ removal: wildDuration }) }),
        fc.record({
          ingress: fc.record({
            hostnames: fc.array(wildText),
            removal: wildDuration,
            addition: wildDuration,
          }),
        }),
      ),
    }),
    { maxLength: 2 },
  ),
  metrics: fc.record({
    how: fc.constantFrom('podMonitor', 'serviceMonitor', 'scrapeAnnotations'),
    portName: fc.oneof(wildText, fc.constantFrom('http', 'main')),
    path: fc.oneof(wildText, fc.constant('/metrics')),
  }),
  name: wildText,
  containerName: wildText,
  selectorLabels: wildLabels,
  labels: wildLabels,
  annotations: wildLabels,
  podLabels: wildLabels,
  podAnnotations: wildLabels,
  readiness: wildCheck,
  startupBudget: wildDuration,
  liveness: wildCheck,
  replicas: wildNumber,
  autoscaling: fc.record(
    {
      minReplicas: fc.oneof(wildNumber, fc.constant(2)),
      maxReplicas: fc.oneof(wildNumber, fc.constant(4)),
      metrics: fc.array(
        fc.oneof<fc.Arbitrary<AskedMetric>[]>(
          fc.record({ cpu: wildNumber }),
          fc.record({ memory: wildNumber }),
          fc.record({ pods: wildText, average: wildNumber }),
          fc.record({ external: wildText, value: wildNumber }),
        ),
        { maxLength: 2 },
      ),
      scaleUp: wildRules,
      scaleDown: wildRules,
    },
    { requiredKeys: ['maxReplicas'], noNullPrototype: true },
  ),
  maxSurge: wildCount,
  strategy: fc.oneof(
    fc.constant('Recreate' as const),
    fc.record({ maxSurge: wildCount, maxUnavailable: fc.constantFrom(1, -1, '10%', '0.5%') }),
  ),
  minReady: wildDuration,
  progressDeadline: wildDuration,
  revisionHistoryLimit: wildNumber,
  drain: fc.record({ exec: fc.boolean(), seconds: wildDuration }),
  drainProxy: fc.record({
    image: fc.oneof(wildText, fc.constant('haproxy:3.2.23')),
    port: fc.oneof(wildNumber, fc.constant(15_080)),
    http2: fc.boolean(),
    maxConnections: wildNumber,
  }),
  shutdownBudget: wildDuration,
  terminationGracePeriod: wildDuration,
  disruptionBudget: wildCount,
  topologyKeys: fc.array(wildText),
  serviceName: wildText,
  exposure: fc.oneof(
    fc.record({
      loadBalancer: fc.record({ loadBalancerClass: wildText, removal: wildDuration, addition: wildDuration }),
    }),
    fc.record({ nodePort: fc.record({ removal: wildDuration, addition: wildDuration }) }),
    fc.record({
      awsPods: fc.record({
        interval: wildDuration,
        unhealthy: wildNumber,
        healthy: wildNumber,
        deregistration: wildDuration,
        readinessGate: fc.boolean(),
      }),
    }),
    fc.record({
      awsNodes: fc.record({
        interval: wildDuration,
        unhealthy: wildNumber,
        healthy: wildNumber,
        deregistration: wildDuration,
      }),
    }),
    fc.record({
      digitalOcean: fc.record({ interval: wildDuration, unhealthy: wildNumber, healthy: wildNumber }),
    }),
    fc.record({ azure: fc.record({ internalLoadBalancer, interval: wildDuration, unhealthy: wildNumber }) }),
    fc.record({ metalLb: fc.record({ addresses: fc.array(wildText), loadBalancerClass: wildText }) }),
    fc.record({ kubeVip: fc.record({ addresses: fc.array(wildText), loadBalancerClass: wildText }) }),
    fc.record({
      ingress: fc.record(
        {
          hostnames: fc.array(wildText, { maxLength: 2 }),
          paths: wildPaths,
          ingressClassName: wildText,
          ingressAnnotations: wildLabels,
          removal: wildDuration,
          addition: wildDuration,
        },
        { requiredKeys: ['removal', 'addition'], noNullPrototype: true },
      ),
    }),
    fc.record({
      httpRoute: fc.record({
        gateway: wildText,
        hostnames: fc.array(wildText, { maxLength: 2 }),
        paths: wildPaths,
        removal: wildDuration,
        addition: wildDuration,
      }),
    }),
  ),
  servicePort: wildNumber,
  serviceAnnotations: fc.oneof(
    wildLabels,
    fc.constant({ 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' }),
  ),
  loadBalancerSourceRanges: fc.array(
    fc.oneof(
      wildText,
      fc
        .tuple(fc.oneof(fc.ipV4Extended(), fc.ipV6()), fc.nat(140))
        .map(([address, prefix]) => `${address}/${prefix}`),
    ),
  ),
  externalTrafficPolicy: fc.constantFrom(...Object.values(ExternalTrafficPolicy)),
  sessionAffinity: wildDuration,
};

/** Something acceptable of which one to three props are replaced by wild values. */
export const anything: fc.Arbitrary<Asked> = fc
  .tuple(
    acceptable,
    fc.array(
      fc.oneof(
        ...Object.entries(wild).map(([prop, values]) =>
          (values as fc.Arbitrary<unknown>).map((value) => ({ [prop]: value })),
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([asked, replaced]) => Object.assign({ ...asked }, ...replaced));
