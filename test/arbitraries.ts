import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import {
  Drain,
  ExternalTrafficPolicy,
  HealthCheck,
  type HealthCheckOptions,
  PodSecurity,
  SessionAffinity,
  type ZeroDowntimeDeploymentProps,
} from '../src';
import type { Manifest } from './helpers';

/** What a user asks for, as plain values that can be read back from the YAML. */
export interface Asked {
  image: string;
  port: number;
  portName?: string;
  extraPorts?: { name: string; port: number; servicePort?: number; protocol: kplus.Protocol }[];
  command?: string[];
  args?: string[];
  workingDir?: string;
  env?: Record<string, string>;
  envFrom?: string[];
  resources?: { cpu: string; memory: string; memoryLimit: string };
  volumeMounts?: { path: string; name: string }[];
  imagePullPolicy?: kplus.ImagePullPolicy;
  imagePullSecrets?: string[];
  serviceAccount?: string;
  automountServiceAccountToken?: boolean;
  security?: AskedSecurity;
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
  maxSurge?: number | string;
  strategy?: { maxSurge: number | string; maxUnavailable: number | string } | 'Recreate';
  minReady?: number;
  progressDeadline?: number;
  revisionHistoryLimit?: number;
  drain?: { exec: boolean; seconds: number };
  shutdownBudget?: number;
  terminationGracePeriod?: number;
  disruptionBudget?: number | string;
  topologyKeys?: string[];
  serviceName?: string;
  serviceType?: kplus.ServiceType;
  servicePort?: number;
  serviceAnnotations?: Record<string, string>;
  loadBalancerClass?: string;
  loadBalancerSourceRanges?: string[];
  externalTrafficPolicy?: ExternalTrafficPolicy;
  sessionAffinity?: number | 'None';
  acceptDowntimeOnRollout?: boolean;
  acceptDowntimeOnDrain?: boolean;
  acceptNoRollback?: boolean;
}

type AskedSecurity =
  { user: number; group: number; readOnlyRootFilesystem: boolean; writablePaths: string[] } | 'image user';

interface AskedCheck {
  how:
    | { http: string; headers?: Record<string, string> }
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
    ...asked,
    env: optional(asked.env, (env) =>
      Object.fromEntries(Object.entries(env).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
    ),
    envFrom: asked.envFrom?.map((name) =>
      kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(scope, `ConfigMap-${name}`, name)),
    ),
    resources: optional(asked.resources, ({ cpu, memory, memoryLimit }) => ({
      cpu: { request: kplus.Cpu.millis(parseInt(cpu)) },
      memory: { request: Size.mebibytes(parseInt(memory)), limit: Size.mebibytes(parseInt(memoryLimit)) },
    })),
    volumeMounts: asked.volumeMounts?.map(({ path, name }) => ({
      path,
      volume: kplus.Volume.fromEmptyDir(scope, `Volume-${name}`, name),
    })),
    imagePullSecrets: asked.imagePullSecrets?.map((name) =>
      kplus.Secret.fromSecretName(scope, `Secret-${name}`, name),
    ),
    serviceAccount: optional(asked.serviceAccount, (name) =>
      kplus.ServiceAccount.fromServiceAccountName(scope, 'ServiceAccount', name),
    ),
    security: optional(asked.security, (security) =>
      security === 'image user' ? PodSecurity.asImageUser() : PodSecurity.restricted(security),
    ),
    readiness: optional(asked.readiness, toCheck),
    liveness: optional(asked.liveness, toCheck),
    startupBudget: optional(asked.startupBudget, seconds),
    maxSurge: optional(asked.maxSurge, pods),
    strategy: optional(asked.strategy, toStrategy),
    minReady: optional(asked.minReady, seconds),
    progressDeadline: optional(asked.progressDeadline, seconds),
    drain: optional(asked.drain, (drain) =>
      (drain.exec ? Drain.execSleep : Drain.sleep)(seconds(drain.seconds)),
    ),
    shutdownBudget: optional(asked.shutdownBudget, seconds),
    terminationGracePeriod: optional(asked.terminationGracePeriod, seconds),
    disruptionBudget: optional(asked.disruptionBudget, pods),
    sessionAffinity: optional(asked.sessionAffinity, (timeout) =>
      timeout === 'None' ? SessionAffinity.none() : SessionAffinity.clientIp(seconds(timeout)),
    ),
  };
}

function toCheck({ how, ...asked }: AskedCheck): HealthCheck {
  const options: HealthCheckOptions = {
    ...asked,
    initialDelay: optional(asked.initialDelay, Duration.seconds),
    period: Duration.seconds(asked.period),
    timeout: Duration.seconds(asked.timeout),
  };
  if ('http' in how) {
    return HealthCheck.http(how.http, { ...options, headers: how.headers });
  }
  if ('grpc' in how) {
    return HealthCheck.grpc({ ...options, service: how.grpc });
  }
  return 'tcp' in how ? HealthCheck.tcp(options) : HealthCheck.command(how.command, options);
}

function toStrategy(strategy: NonNullable<Asked['strategy']>): kplus.DeploymentStrategy {
  return strategy === 'Recreate'
    ? kplus.DeploymentStrategy.recreate()
    : kplus.DeploymentStrategy.rollingUpdate({
        maxSurge: pods(strategy.maxSurge),
        maxUnavailable: pods(strategy.maxUnavailable),
      });
}

/**
 * What the YAML asks for, each value read from its field. Values that are not a field of their own (opt-outs,
 * the start-up budget, the shutdown budget) are left out.
 */
export function readBack(
  deployment: Manifest,
  service: Manifest,
  pdb: Manifest,
  asked: Asked,
): Partial<Asked> {
  const { spec } = deployment;
  const podSpec = spec.template.spec;
  const [container] = podSpec.containers;
  const [main, ...extra] = container.ports;
  const offered = (port: Manifest) =>
    service.spec.ports.find(
      (each: Manifest) =>
        each.protocol === port.protocol && each.targetPort === (port.name ?? port.containerPort),
    )?.port;
  const mounts = container.volumeMounts ?? [];
  const ownPaths = (asked.volumeMounts ?? []).map(({ path }) => path);
  const isRollingUpdate = spec.strategy.type === 'RollingUpdate';
  const { preStop } = container.lifecycle;
  return {
    image: container.image,
    port: main.containerPort,
    portName: main.name,
    servicePort: offered(main),
    extraPorts: extra.map((port: Manifest) => ({
      name: port.name,
      port: port.containerPort,
      protocol: port.protocol,
      servicePort: offered(port),
    })),
    command: container.command,
    args: container.args,
    workingDir: container.workingDir,
    env: Object.fromEntries((container.env ?? []).map((each: Manifest) => [each.name, each.value])),
    envFrom: (container.envFrom ?? []).map((each: Manifest) => each.configMapRef.name),
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
          user: podSpec.securityContext.runAsUser,
          group: podSpec.securityContext.runAsGroup,
          readOnlyRootFilesystem: container.securityContext.readOnlyRootFilesystem,
          writablePaths: mounts
            .map((mount: Manifest) => mount.mountPath)
            .filter((path: string) => !ownPaths.includes(path)),
        }
      : 'image user',
    name: deployment.metadata.name,
    containerName: container.name,
    selectorLabels: spec.selector.matchLabels,
    labels: pick(deployment.metadata.labels, asked.labels),
    annotations: deployment.metadata.annotations,
    podLabels: pick(spec.template.metadata.labels, asked.podLabels),
    podAnnotations: spec.template.metadata.annotations,
    readiness: readCheck(container.readinessProbe, asked.readiness, container),
    liveness: optional(container.livenessProbe, (probe) => readCheck(probe, asked.liveness, container)),
    replicas: spec.replicas,
    maxSurge: isRollingUpdate ? spec.strategy.rollingUpdate.maxSurge : undefined,
    strategy: isRollingUpdate ? spec.strategy.rollingUpdate : 'Recreate',
    minReady: spec.minReadySeconds ?? 0,
    progressDeadline: spec.progressDeadlineSeconds,
    revisionHistoryLimit: spec.revisionHistoryLimit,
    drain: preStop.exec
      ? { exec: true, seconds: Number(preStop.exec.command[1]) }
      : { exec: false, seconds: preStop.sleep.seconds },
    terminationGracePeriod: podSpec.terminationGracePeriodSeconds,
    disruptionBudget: pdb.spec.maxUnavailable,
    topologyKeys: podSpec.topologySpreadConstraints.map((each: Manifest) => each.topologyKey),
    serviceName: service.metadata.name,
    serviceType: service.spec.type,
    serviceAnnotations: service.metadata.annotations,
    loadBalancerClass: service.spec.loadBalancerClass,
    loadBalancerSourceRanges: service.spec.loadBalancerSourceRanges,
    externalTrafficPolicy: service.spec.externalTrafficPolicy,
    sessionAffinity:
      service.spec.sessionAffinityConfig?.clientIP.timeoutSeconds ?? service.spec.sessionAffinity,
  };
}

function readCheck(probe: Manifest, asked: AskedCheck | undefined, container: Manifest): AskedCheck {
  const reference = (probe.httpGet ?? probe.tcpSocket ?? probe.grpc)?.port ?? asked?.port;
  const port = container.ports.find((each: Manifest) => each.name === reference);
  const how = {
    ...(probe.httpGet && { http: probe.httpGet.path }),
    ...(probe.httpGet?.httpHeaders && {
      headers: Object.fromEntries(
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
const how: fc.Arbitrary<AskedCheck['how']> = fc.oneof(
  fc.record(
    {
      http: fc.webPath().map((path) => `/${path.replace(/^\/+/, '')}`),
      headers: texts(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,8}$/)),
    },
    { requiredKeys: ['http'], noNullPrototype: true },
  ),
  fc.constant({ tcp: true } as const),
  fc.record({ grpc: fc.stringMatching(/^[a-z.]{1,10}$/) }),
  fc.record({ command: fc.array(text, { minLength: 1, maxLength: 3 }) }),
);
const initialDelay = fc.option(number(1, 3600), { nil: undefined });

/** What each prop alone can be, where it does not depend on another one. */
const independent = fc.record(
  {
    portName: fc.constantFrom('web', 'api-1', 'a'),
    command: fc.array(text, { minLength: 1, maxLength: 3 }),
    args: fc.array(text, { minLength: 1, maxLength: 3 }),
    workingDir: fc.constantFrom('/srv', '/'),
    env: texts(fc.stringMatching(/^[A-Z][A-Z_]{0,5}$/)),
    envFrom: words,
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
          user: number(1, 99_999),
          group: number(1, 99_999),
          readOnlyRootFilesystem: fc.boolean(),
          writablePaths: words.map((names) => names.map((name) => `/var/${name}`)),
        }),
      },
    ),
    name: word,
    containerName: word,
    selectorLabels: labelsOf('s-'),
    labels: labelsOf('l-'),
    annotations: texts(),
    podLabels: labelsOf('p-'),
    podAnnotations: texts(),
    startupBudget: number(1, 3600),
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

const exposure = fc.oneof(
  fc.record(
    {
      serviceType: fc.constant(kplus.ServiceType.LOAD_BALANCER),
      loadBalancerClass: word.map((name) => `example.com/${name}`),
      loadBalancerSourceRanges: fc.array(ipRange, { minLength: 1, maxLength: 3 }),
      externalTrafficPolicy: fc.constantFrom(...Object.values(ExternalTrafficPolicy)),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
  fc.record({ serviceType: fc.constant(kplus.ServiceType.NODE_PORT) }),
  fc.record({ serviceType: fc.constant(kplus.ServiceType.CLUSTER_IP) }),
);

const percentage = (min: number, max: number) => number(min, max).map((n) => `${n}%`);

/** Numbers from which the props are made that depend on others. */
const dependent = fc.record({
  extraPorts: fc.option(
    fc.array(
      fc.record({
        port: portNumber,
        servicePort: fc.option(portNumber, { nil: undefined }),
        protocol: fc.constantFrom(...Object.values(kplus.Protocol)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    { nil: undefined },
  ),
  readiness: fc.option(
    fc.record({
      how,
      portIndex: fc.nat(3),
      initialDelay,
      period: number(1, 60),
      timeout: number(1, 60),
      failureThreshold: number(1, 10),
    }),
    { nil: undefined },
  ),
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
  moreDeadline: fc.option(number(1, 1000), { nil: undefined }),
  moreGrace: fc.option(number(0, 1000), { nil: undefined }),
  disruptionShare: fc.option(fc.tuple(number(0, 99), fc.boolean()), { nil: undefined }),
});

/** Everything that can be asked without contradicting the promise. */
export const acceptable: fc.Arbitrary<Asked> = fc
  .tuple(fc.record({ image, port: portNumber }), independent, exposure, dependent)
  .map(([required, props, reach, raw]) => {
    const asked: Asked = { ...required, ...props, ...reach, ...raw.surge };
    if (raw.extraPorts) {
      asked.extraPorts = distinctPorts(asked, raw.extraPorts);
    }
    const ports = [asked.port, ...(asked.extraPorts ?? []).map(({ port }) => port)];
    if (raw.readiness) {
      const { portIndex, ...rest } = raw.readiness;
      asked.readiness = { ...rest, port: ports[portIndex % ports.length] };
    }
    if (raw.liveness) {
      const { portIndex, ...rest } = raw.liveness;
      const readiness = asked.readiness ?? { period: 5, failureThreshold: 3 };
      const failureThreshold = Math.floor((readiness.period * readiness.failureThreshold) / rest.period) + 1;
      asked.liveness = { ...rest, failureThreshold, port: ports[portIndex % ports.length] };
    }
    if (raw.moreDeadline !== undefined) {
      asked.progressDeadline = readyTime(asked) + (asked.minReady ?? 0) + raw.moreDeadline;
    }
    if (raw.moreGrace !== undefined) {
      asked.terminationGracePeriod =
        (asked.drain?.seconds ?? 15) + (asked.shutdownBudget ?? 30) + raw.moreGrace;
    }
    if (raw.disruptionShare) {
      const [share, inPercent] = raw.disruptionShare;
      const replicas = asked.replicas ?? 2;
      const count = 1 + Math.floor((share / 100) * (replicas - 1));
      asked.disruptionBudget = inPercent ? `${Math.floor((count / replicas) * 100)}%` : count;
    }
    return asked;
  });

/** Longest time until a pod gets traffic, in seconds. */
export function readyTime({ startupBudget = 300, readiness }: Asked): number {
  return Math.max(startupBudget, readiness?.initialDelay ?? 0);
}

function distinctPorts(
  asked: Asked,
  raw: { port: number; servicePort?: number; protocol: kplus.Protocol }[],
): NonNullable<Asked['extraPorts']> {
  const used = new Set([asked.port]);
  const offered = new Set<number | undefined>([asked.servicePort ?? 80]);
  return raw
    .filter(({ port }) => !used.has(port) && used.add(port))
    .map(({ port, servicePort, protocol }, i) => {
      const taken = offered.has(servicePort);
      offered.add(servicePort);
      return { name: `extra-${i}`, port, protocol, servicePort: taken ? undefined : servicePort };
    });
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
    fc.record({ http: wildText, headers: wildLabels }),
    fc.record({ command: fc.array(wildText, { maxLength: 2 }) }),
    fc.record({ grpc: wildText }),
  ),
  port: wildNumber,
  initialDelay: fc.option(wildDuration, { nil: undefined }),
  period: wildDuration,
  timeout: wildDuration,
  failureThreshold: wildNumber,
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
  command: fc.array(wildText),
  args: fc.array(wildText),
  workingDir: wildText,
  env: wildLabels,
  security: fc.record({
    user: wildNumber,
    group: wildNumber,
    readOnlyRootFilesystem: fc.boolean(),
    writablePaths: fc.array(fc.oneof(wildText, fc.constantFrom('/', '/tmp', '/a/', '/.a'))),
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
  maxSurge: wildCount,
  strategy: fc.oneof(
    fc.constant('Recreate' as const),
    fc.record({ maxSurge: wildCount, maxUnavailable: fc.constantFrom(1, -1, '10%', '0.5%') }),
  ),
  minReady: wildDuration,
  progressDeadline: wildDuration,
  revisionHistoryLimit: wildNumber,
  drain: fc.record({ exec: fc.boolean(), seconds: wildDuration }),
  shutdownBudget: wildDuration,
  terminationGracePeriod: wildDuration,
  disruptionBudget: wildCount,
  topologyKeys: fc.array(wildText),
  serviceName: wildText,
  serviceType: fc.constantFrom(...Object.values(kplus.ServiceType)),
  servicePort: wildNumber,
  serviceAnnotations: wildLabels,
  loadBalancerClass: wildText,
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
