import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../helpers';
import type { Application } from './application';

/** A documented check of a tool that judges manifests. */
export interface Check {
  /** Its name in the tool's documentation. */
  readonly id: string;
  /** Whether an application passes. */
  readonly passes: (application: Application) => boolean;
  /** That we advise against what it asks for, or leave it to the user; docs/guide/judges.md has the reason. */
  readonly declined?: true;
}

const isPartOf = (part: Record<string, string>, whole: Record<string, string>) =>
  Object.entries(part).every(([key, value]) => whole[key] === value);
const hasProbe = (probe: string) => (app: Application) => app.serving.every((container) => container[probe]);
const hasResource = (kind: string, resource: string) => (app: Application) =>
  app.containers.every(({ resources }) => resources?.[kind]?.[resource] !== undefined);
const hasTag = (app: Application) =>
  app.containers.every(({ image }) => image.includes(':') && !image.endsWith(':latest'));
const isSpread = (app: Application) => app.podSpec.topologySpreadConstraints?.length > 0;
const evictsSome = (app: Application) =>
  app
    .all('PodDisruptionBudget')
    .every(({ spec }) => spec.minAvailable !== '100%' && ![0, '0%'].includes(spec.maxUnavailable));
const hasBudget = (app: Application) =>
  app.all('PodDisruptionBudget').some(({ spec }) => isPartOf(spec.selector.matchLabels, app.podLabels));
const portName = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const isPort = (port: Manifest) =>
  typeof port === 'string' ? portName.test(port) : port > 0 && port < 65_536;
/** Whether a probe, if there is one, asks a port of its container. */
const asksOwnPort = (probe: string) => (app: Application) =>
  app.containers.every((container) => {
    const { httpGet, tcpSocket, grpc } = container[probe] ?? {};
    const port = (httpGet ?? tcpSocket ?? grpc)?.port;
    const ports = (container.ports ?? []).flatMap((each: Manifest) => [each.name, each.containerPort]);
    return port === undefined || ports.includes(port);
  });
const autoscalers = (app: Application) => app.all('HorizontalPodAutoscaler').map(({ spec }) => spec);
const isScaled = (app: Application) =>
  autoscalers(app).some(({ scaleTargetRef }) => scaleTargetRef.name === app.deployment.metadata.name);
const spreadOver = (app: Application) =>
  app.podSpec.topologySpreadConstraints.map(({ topologyKey }: Manifest) => topologyKey);
const backends = (app: Application): Manifest[] =>
  app
    .all('Ingress')
    .flatMap(({ spec }) => spec.rules.flatMap(({ http }: Manifest) => http.paths))
    .map(({ backend }) => backend.service);

/** Source: kube-linter's docs/generated/checks.md and pkg/builtinchecks. */
const KUBE_LINTER: Check[] = [
  {
    id: 'dangling-service',
    passes: (app) => app.all('Service').every(({ spec }) => isPartOf(spec.selector, app.podLabels)),
  },
  {
    id: 'dangling-ingress',
    passes: (app) =>
      backends(app).every(({ name, port }) =>
        app
          .all('Service')
          .some(
            ({ metadata, spec }) =>
              metadata.name === name && spec.ports.some((each: Manifest) => each.port === port.number),
          ),
      ),
  },
  {
    id: 'dangling-horizontalpodautoscaler',
    passes: (app) => autoscalers(app).length === 0 || isScaled(app),
  },
  {
    id: 'mismatching-selector',
    passes: ({ deployment, podLabels }) => isPartOf(deployment.spec.selector.matchLabels, podLabels),
  },
  {
    id: 'invalid-target-ports',
    passes: (app) =>
      app.all('Service').every(({ spec }) => spec.ports.every((port: Manifest) => isPort(port.targetPort))) &&
      app.containers.every(({ ports = [] }) =>
        ports.every(({ name }: Manifest) => name === undefined || portName.test(name)),
      ),
  },
  {
    id: 'no-rolling-update-strategy',
    passes: ({ deployment }) => deployment.spec.strategy.type === 'RollingUpdate',
  },
  { id: 'no-readiness-probe', passes: hasProbe('readinessProbe') },
  { id: 'no-startup-probe', passes: hasProbe('startupProbe') },
  { id: 'readiness-port', passes: asksOwnPort('readinessProbe') },
  { id: 'startup-port', passes: asksOwnPort('startupProbe') },
  { id: 'liveness-port', passes: asksOwnPort('livenessProbe') },
  { id: 'pdb-max-unavailable', passes: evictsSome },
  { id: 'pdb-min-available', passes: evictsSome },
  {
    id: 'pdb-unhealthy-pod-eviction-policy',
    passes: (app) =>
      app.all('PodDisruptionBudget').every(({ spec }) => spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'),
  },
  {
    id: 'hpa-minimum-three-replicas',
    passes: (app) => autoscalers(app).every(({ minReplicas }) => minReplicas >= 3),
  },
  { id: 'latest-tag', passes: hasTag },
  {
    id: 'no-anti-affinity',
    passes: ({ podSpec }) => podSpec.affinity?.podAntiAffinity !== undefined,
  },
  {
    id: 'minimum-three-replicas',
    passes: ({ deployment }) => deployment.spec.replicas >= 3,
    declined: true,
  },
  {
    id: 'no-node-affinity',
    passes: ({ podSpec }) => podSpec.affinity?.nodeAffinity !== undefined,
    declined: true,
  },
  { id: 'no-liveness-probe', passes: hasProbe('livenessProbe'), declined: true },
  { id: 'restart-policy', passes: ({ podSpec }) => podSpec.restartPolicy === 'Always', declined: true },
  { id: 'unset-cpu-requirements', passes: hasResource('limits', 'cpu'), declined: true },
  { id: 'unset-memory-requirements', passes: hasResource('limits', 'memory'), declined: true },
];

/** Source: polaris' docs/checks/reliability.md, efficiency.md and pkg/config/checks. */
const POLARIS: Check[] = [
  { id: 'readinessProbeMissing', passes: hasProbe('readinessProbe') },
  { id: 'tagNotSpecified', passes: hasTag },
  { id: 'missingPodDisruptionBudget', passes: hasBudget },
  { id: 'pdbDisruptionsIsZero', passes: evictsSome },
  { id: 'topologySpreadConstraint', passes: isSpread },
  {
    id: 'hpaMinAvailability',
    passes: (app) => autoscalers(app).every(({ minReplicas }) => minReplicas >= 2),
  },
  {
    id: 'hpaMaxAvailability',
    passes: (app) => autoscalers(app).every(({ minReplicas, maxReplicas }) => maxReplicas > minReplicas),
  },
  {
    id: 'pdbMinAvailableGreaterThanHPAMinReplicas',
    passes: (app) => app.all('PodDisruptionBudget').every(({ spec }) => spec.minAvailable === undefined),
  },
  { id: 'cpuRequestsMissing', passes: hasResource('requests', 'cpu') },
  { id: 'memoryRequestsMissing', passes: hasResource('requests', 'memory') },
  {
    id: 'deploymentMissingReplicas',
    passes: ({ deployment }) => deployment.spec.replicas >= 2,
    declined: true,
  },
  { id: 'livenessProbeMissing', passes: hasProbe('livenessProbe'), declined: true },
  {
    id: 'pullPolicyNotAlways',
    passes: (app) => app.containers.every(({ imagePullPolicy }) => imagePullPolicy === 'Always'),
    declined: true,
  },
  {
    id: 'priorityClassNotSet',
    passes: ({ podSpec }) => podSpec.priorityClassName !== undefined,
    declined: true,
  },
  {
    id: 'metadataAndInstanceMismatched',
    passes: ({ deployment: { metadata } }) => metadata.labels['app.kubernetes.io/instance'] === metadata.name,
    declined: true,
  },
  { id: 'cpuLimitsMissing', passes: hasResource('limits', 'cpu'), declined: true },
  { id: 'memoryLimitsMissing', passes: hasResource('limits', 'memory'), declined: true },
];

/** Source: the controls of kubescape's regolibrary. */
const KUBESCAPE: Check[] = [
  { id: 'C-0018', passes: hasProbe('readinessProbe') },
  { id: 'C-0075', passes: hasTag },
  { id: 'C-0268', passes: hasResource('requests', 'cpu') },
  { id: 'C-0269', passes: hasResource('requests', 'memory') },
  { id: 'C-0056', passes: hasProbe('livenessProbe'), declined: true },
  { id: 'C-0050', passes: hasResource('limits', 'cpu'), declined: true },
  { id: 'C-0004', passes: hasResource('limits', 'memory'), declined: true },
  {
    id: 'C-0061',
    passes: ({ deployment }) => deployment.metadata.namespace !== undefined,
    declined: true,
  },
];

/** Source: the policies of kyverno/policies. Those of probes look at no init container, which can have none. */
const KYVERNO: Check[] = [
  {
    id: 'require-probes',
    passes: (app) =>
      app.serving.every((each) => each.readinessProbe ?? each.livenessProbe ?? each.startupProbe),
  },
  {
    id: 'ensure-probes-different',
    passes: (app) => app.serving.every((each) => !isDeepStrictEqual(each.readinessProbe, each.livenessProbe)),
  },
  { id: 'require-pdb', passes: hasBudget },
  {
    id: 'require-reasonable-pdbs',
    passes: (app) =>
      app
        .all('PodDisruptionBudget')
        .every(({ spec }) => typeof spec.maxUnavailable === 'number' || parseInt(spec.maxUnavailable) >= 50),
  },
  { id: 'pdb-maxunavailable', passes: evictsSome },
  {
    id: 'topologyspreadconstraints-policy',
    passes: (app) =>
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].every((key) => spreadOver(app).includes(key)),
  },
  { id: 'disallow-latest-tag', passes: hasTag },
  { id: 'check-hpa-exists', passes: isScaled, declined: true },
];

/** The checks that concern availability, by tool. None of the tools is run. */
export const CHECKS: Record<string, Check[]> = {
  'kube-linter': KUBE_LINTER,
  polaris: POLARIS,
  kubescape: KUBESCAPE,
  Kyverno: KYVERNO,
};
