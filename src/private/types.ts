import { ImagePullPolicy } from 'cdk8s-plus-27';
import { Config } from '../config';
import { MainContainerOptions } from '../container-options';
import { Drain } from '../drain';
import { DrainProxy } from '../drain-proxy';
import { Exposure } from '../exposure';
import { ExternalTrafficPolicy } from '../external-traffic-policy';
import { HealthCheck } from '../health-check';
import { NetworkAccess } from '../network-access';
import { PodDisruptionBudgetOptions } from '../pod-disruption-budget-options';
import { PodOptions } from '../pod-options';
import { PodSecurity } from '../pod-security';
import { RolloutOptions } from '../rollout-options';
import { SchedulingOptions } from '../scheduling-options';
import { LoadBalancerOptions } from '../service-options';
import { SessionAffinity } from '../session-affinity';
import { TlsOptions } from '../tls-options';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

/** What a value has to be. A compiler checks it, but plain JavaScript and casts get past one. */
interface Type {
  readonly what: string;
  readonly example: string;
  readonly is: (value: unknown) => boolean;
  readonly required?: boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMap = (value: unknown) => isObject(value) && Object.values(value as object).every(isText);
/** By a member, not by its class: a second copy of cdk8s-plus in node_modules has classes of its own. */
const has = (member: string) => (value: unknown) => isObject(value) && member in (value as object);
const listOf = (is: Type['is']) => (value: unknown) => Array.isArray(value) && value.every(is);

const TEXT: Type = { what: 'a text', example: "a text in quotes, such as 'web'", is: isText };
const TEXTS: Type = { what: 'a list of texts', example: "for example ['a', 'b']", is: listOf(isText) };
const MAP: Type = { what: 'a map of texts', example: "for example { key: 'text' }", is: isMap };
const OBJECT: Type = { what: 'an object', example: 'an object in { }', is: isObject };
const OBJECTS: Type = { what: 'a list of objects', example: 'objects in [ ]', is: listOf(isObject) };
const FLAG: Type = {
  what: 'true or false',
  example: 'true or false, without quotes',
  is: (value) => typeof value === 'boolean',
};
const TIME: Type = { what: 'a Duration', example: 'for example Duration.seconds(30)', is: has('toSeconds') };
const PODS: Type = {
  what: 'a PercentOrAbsolute',
  example: 'for example PercentOrAbsolute.absolute(1)',
  is: has('isZero'),
};
const SECRET: Type = {
  what: 'a Secret',
  example: "for example Secret.fromSecretName(this, 'secret', 'web')",
  is: has('name'),
};

/** What each of these has to be. Numbers are checked where their range is. */
type Types<T> = Record<keyof T, Type | undefined>;

const TYPES: Types<ZeroDowntimeDeploymentProps> = {
  image: TEXT,
  command: TEXTS,
  args: TEXTS,
  env: {
    what: 'a map of EnvValue',
    example: "for example { LOG_LEVEL: EnvValue.fromValue('info') }",
    is: (value) => isObject(value) && Object.values(value as object).every(has('valueFrom')),
  },
  envFrom: { ...OBJECTS, is: listOf(has('_toKube')) },
  port: undefined,
  portName: TEXT,
  extraPorts: OBJECTS,
  config: {
    what: 'a list of Config',
    example: 'for example [Config.env({ ... })]',
    is: listOf(isOf(Config)),
  },
  resources: OBJECT,
  volumeMounts: { ...OBJECTS, is: listOf(has('volume')) },
  security: ofClass(PodSecurity, 'PodSecurity.restricted()'),
  tls: OBJECT,
  initContainers: OBJECTS,
  sidecars: OBJECTS,
  container: OBJECT,
  name: TEXT,
  selectorLabels: MAP,
  labels: MAP,
  annotations: MAP,
  readiness: ofClass(HealthCheck, "HealthCheck.http('/ready')"),
  startupBudget: TIME,
  liveness: ofClass(HealthCheck, "HealthCheck.http('/live')"),
  replicas: undefined,
  autoscaling: OBJECT,
  rollout: OBJECT,
  podDisruptionBudget: OBJECT,
  drain: ofClass(Drain, 'Drain.sleep(Duration.seconds(15))'),
  drainProxy: ofClass(DrainProxy, 'DrainProxy.haproxy()'),
  shutdownBudget: TIME,
  scheduling: OBJECT,
  pod: OBJECT,
  exposure: ofClass(Exposure, 'Exposure.clusterIp()'),
  networkPolicy: ofClass(NetworkAccess, 'NetworkAccess.toServicePorts()'),
  acceptDowntimeOnRollout: FLAG,
  acceptDowntimeOnDrain: FLAG,
  acceptNoRollback: FLAG,
};

const TLS: Types<TlsOptions> = { secret: { ...SECRET, required: true }, mountPath: TEXT };

const CONTAINER: Types<MainContainerOptions> = {
  name: TEXT,
  workingDir: TEXT,
  imagePullPolicy: oneOf(ImagePullPolicy),
};

const ROLLOUT: Types<RolloutOptions> = {
  maxSurge: PODS,
  strategy: { ...OBJECT, what: 'a DeploymentStrategy', is: has('_toKube') },
  minReady: TIME,
  progressDeadline: TIME,
  revisionHistoryLimit: undefined,
};

const POD_DISRUPTION_BUDGET: Types<PodDisruptionBudgetOptions> = { maxUnavailable: PODS };

const SCHEDULING: Types<SchedulingOptions> = {
  nodeSelector: MAP,
  tolerations: { ...OBJECTS, is: listOf(has('_toKube')) },
  priorityClassName: TEXT,
  topologyKeys: TEXTS,
};

const POD: Types<PodOptions> = {
  labels: MAP,
  annotations: MAP,
  serviceAccount: { ...OBJECT, what: 'a ServiceAccount', is: has('name') },
  automountServiceAccountToken: FLAG,
  imagePullSecrets: { ...OBJECTS, is: listOf(SECRET.is) },
  terminationGracePeriod: TIME,
};

const SERVICE: Types<LoadBalancerOptions> = {
  serviceName: TEXT,
  servicePort: undefined,
  serviceAnnotations: MAP,
  appProtocol: TEXT,
  sessionAffinity: ofClass(SessionAffinity, 'SessionAffinity.clientIp()'),
  loadBalancerSourceRanges: TEXTS,
  externalTrafficPolicy: oneOf(ExternalTrafficPolicy),
};

/**
 * Refuses values of another type than the props have. They would fail without a word on where, or mean something else:
 * the text 'false' is as good as true.
 */
export function checkTypes(props: ZeroDowntimeDeploymentProps): void {
  checkEach('', props, TYPES);
  checkEach('tls.', props.tls, TLS);
  checkEach('container.', props.container, CONTAINER);
  checkEach('rollout.', props.rollout, ROLLOUT);
  checkEach('podDisruptionBudget.', props.podDisruptionBudget, POD_DISRUPTION_BUDGET);
  checkEach('scheduling.', props.scheduling, SCHEDULING);
  checkEach('pod.', props.pod, POD);
  checkEach('exposure ', props.exposure?._options, SERVICE);
}

function checkEach<T extends object>(path: string, options: T | undefined, types: Types<T>): void {
  if (!options) {
    return;
  }
  for (const [key, type] of Object.entries<Type | undefined>(types)) {
    const value: unknown = options[key as keyof T];
    if (type && (type.required || value !== undefined) && !type.is(value)) {
      throw new Refusal(`${path}${key}`, shown(value), `it has to be ${type.what}`, `Write ${type.example}`);
    }
  }
}

/** A value of any type, as far as one line can show it. */
function shown(value: unknown): string {
  if (typeof value === 'function') {
    return 'a function';
  }
  if (typeof value !== 'object' || value === null) {
    return String(JSON.stringify(value));
  }
  return Array.isArray(value) ? 'a list' : `a value of type ${value.constructor?.name ?? 'Object'}`;
}

type Class = { readonly prototype: object; readonly name: string };

/** The constructors are private, so the classes themselves say nothing of what they make. */
function isOf({ prototype }: Class): Type['is'] {
  return (value) => isObject(value) && Object.prototype.isPrototypeOf.call(prototype, value as object);
}

function ofClass(type: Class, example: string): Type {
  return { what: `of type ${type.name}`, example: `for example ${example}`, is: isOf(type) };
}

function oneOf(values: Record<string, string>): Type {
  const all = Object.values(values);
  return {
    what: `one of ${all.join(', ')}`,
    example: `for example '${all[0]}'`,
    is: (value) => all.includes(value as string),
  };
}
