import { ImagePullPolicy, ServiceType } from 'cdk8s-plus-27';
import { Config } from '../config';
import { Drain } from '../drain';
import { DrainProxy } from '../drain-proxy';
import { Exposure } from '../exposure';
import { HealthCheck } from '../health-check';
import { IngressPolicy } from '../ingress-policy';
import { PodSecurity } from '../pod-security';
import { ExternalTrafficPolicy, SessionAffinity } from '../service-options';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { Refusal } from './refusal';

/** What a value has to be. A compiler checks it, but plain JavaScript and casts get past one. */
interface Type {
  readonly what: string;
  readonly example: string;
  readonly is: (value: unknown) => boolean;
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

/** What each prop has to be. Numbers are checked where their range is. */
const TYPES: Record<keyof ZeroDowntimeDeploymentProps, Type | undefined> = {
  image: TEXT,
  port: undefined,
  portName: TEXT,
  extraPorts: OBJECTS,
  command: TEXTS,
  args: TEXTS,
  workingDir: TEXT,
  env: {
    what: 'a map of EnvValue',
    example: "for example { LOG_LEVEL: EnvValue.fromValue('info') }",
    is: (value) => isObject(value) && Object.values(value as object).every(has('valueFrom')),
  },
  envFrom: { ...OBJECTS, is: listOf(has('_toKube')) },
  config: {
    what: 'a list of Config',
    example: 'for example [Config.env({ ... })]',
    is: listOf(isOf(Config)),
  },
  resources: OBJECT,
  volumeMounts: { ...OBJECTS, is: listOf(has('volume')) },
  imagePullPolicy: oneOf(ImagePullPolicy),
  imagePullSecrets: { ...OBJECTS, is: listOf(SECRET.is) },
  serviceAccount: { ...OBJECT, what: 'a ServiceAccount', is: has('name') },
  automountServiceAccountToken: FLAG,
  security: ofClass(PodSecurity, 'PodSecurity.restricted()'),
  tlsSecret: SECRET,
  tlsMountPath: TEXT,
  initContainers: OBJECTS,
  sidecars: OBJECTS,
  priorityClassName: TEXT,
  nodeSelector: MAP,
  tolerations: { ...OBJECTS, is: listOf(has('_toKube')) },
  name: TEXT,
  containerName: TEXT,
  selectorLabels: MAP,
  labels: MAP,
  annotations: MAP,
  podLabels: MAP,
  podAnnotations: MAP,
  readiness: ofClass(HealthCheck, "HealthCheck.http('/ready')"),
  startupBudget: TIME,
  liveness: ofClass(HealthCheck, "HealthCheck.http('/live')"),
  replicas: undefined,
  autoscaling: OBJECT,
  maxSurge: PODS,
  strategy: { ...OBJECT, what: 'a DeploymentStrategy', is: has('_toKube') },
  minReady: TIME,
  progressDeadline: TIME,
  revisionHistoryLimit: undefined,
  drain: ofClass(Drain, 'Drain.sleep(Duration.seconds(15))'),
  drainProxy: ofClass(DrainProxy, 'DrainProxy.haproxy()'),
  shutdownBudget: TIME,
  terminationGracePeriod: TIME,
  disruptionBudget: PODS,
  topologyKeys: TEXTS,
  serviceName: TEXT,
  exposure: ofClass(Exposure, 'Exposure.clusterIp()'),
  serviceType: oneOf(ServiceType),
  servicePort: undefined,
  appProtocol: TEXT,
  serviceAnnotations: MAP,
  loadBalancerClass: TEXT,
  loadBalancerSourceRanges: TEXTS,
  externalTrafficPolicy: oneOf(ExternalTrafficPolicy),
  sessionAffinity: ofClass(SessionAffinity, 'SessionAffinity.clientIp()'),
  networkPolicy: ofClass(IngressPolicy, 'IngressPolicy.servicePorts()'),
  acceptDowntimeOnRollout: FLAG,
  acceptDowntimeOnDrain: FLAG,
  acceptNoRollback: FLAG,
};

/**
 * Refuses values of another type than the props have. They would fail without a word on where, or mean something else:
 * the text 'false' is as good as true.
 */
export function checkTypes(props: ZeroDowntimeDeploymentProps): void {
  for (const [prop, type] of Object.entries(TYPES)) {
    const value: unknown = props[prop as keyof ZeroDowntimeDeploymentProps];
    if (type && value !== undefined && !type.is(value)) {
      throw new Refusal(prop, shown(value), `it has to be ${type.what}`, `Write ${type.example}`);
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
