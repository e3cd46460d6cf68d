import { ApiObject } from 'cdk8s';
import { Deployment, HorizontalPodAutoscaler, Service, Volume } from 'cdk8s-plus-27';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { AppIndex } from './app-index';
import { autoscalerRefusals } from './autoscaler-checks';
import { containerRefusals, longRunning } from './container-checks';
import { Refusal } from './refusal';
import { repeated } from './repeated';
import { Settings } from './settings';

/** Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/ */
const READINESS_GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/** Source: Kubernetes' description of `mountPath`. */
const MOUNT_PATH = /^(?!\/+$)\/[^:]*$/;

/** What is checked once the whole app is known. */
export interface Checked {
  readonly deployment: Deployment;
  readonly service: Service;
  readonly autoscaler?: HorizontalPodAutoscaler;
  /** These and what else there is beside the PodDisruptionBudget, as Kubernetes objects. */
  readonly objects: ApiObject[];
  readonly props: ZeroDowntimeDeploymentProps;
  readonly settings: Settings;
  readonly index: AppIndex;
}

/**
 * Everything in the finished app that contradicts the promise: what was added to the Deployment and the
 * Service after they were created, and what stands beside them.
 */
export function synthRefusals(checked: Checked): Refusal[] {
  return [
    ...duplicates(checked),
    ...selectorChanges(checked),
    ...labelsThatNoPodHas(checked),
    ...portsOfNoContainer(checked),
    ...variablesInTwoPlaces(checked),
    ...mountPaths(checked),
    ...containerRefusals(checked.deployment, checked.settings),
    ...whatBlocksSurge(checked),
    ...autoscalerRefusals(checked),
    ...drainsThatTakeAll(checked),
    ...gatesThatNoPodGets(checked),
  ];
}

function* duplicates({ objects, index }: Checked): Iterable<Refusal> {
  for (const own of objects) {
    const [other] = index.namesakes(own);
    if (other) {
      const prop = ['Service', 'Ingress', 'HTTPRoute'].includes(own.kind) ? 'serviceName' : 'name';
      const where = own.metadata.namespace
        ? `in namespace '${own.metadata.namespace}'`
        : 'in the same namespace';
      yield new Refusal(
        prop,
        JSON.stringify(own.name),
        `${other.node.path} is ${articleOf(own.kind)} ${own.kind} of this name ${where}, and the one applied last would replace the other`,
        `Give each a name or a namespace of its own; charts for different clusters belong into different Apps`,
      );
    }
  }
}

/** Of an Ingress and an HTTPRoute it is another one. */
function articleOf(kind: string): string {
  return ['Ingress', 'HTTPRoute'].includes(kind) ? 'an' : 'a';
}

function* selectorChanges({ deployment, settings: { identity } }: Checked): Iterable<Refusal> {
  const asked = JSON.stringify(identity.selector);
  const selector = [deployment.matchLabels, ...deployment.matchExpressions].map((part) =>
    JSON.stringify(part),
  );
  if (selector.join() !== asked) {
    yield new Refusal(
      'selectorLabels',
      asked,
      `deployment.select() made it ${selector.join(' and ')}, which the Service and the PodDisruptionBudget do not follow`,
      'Write the labels as selectorLabels',
    );
  }
  for (const [key, value] of Object.entries(identity.selector)) {
    const label = deployment.podMetadata.getLabel(key);
    if (label !== value) {
      yield new Refusal(
        `selectorLabels['${key}']`,
        JSON.stringify(value),
        `deployment.podMetadata has ${JSON.stringify(label)}, so the selector would not find the pods`,
        'Do not change labels of the selector',
      );
    }
  }
}

function* labelsThatNoPodHas({ deployment, service, settings: { identity } }: Checked): Iterable<Refusal> {
  for (const [key, value] of Object.entries(serviceSelector(service))) {
    if (identity.selector[key] !== value && deployment.podMetadata.getLabel(key) !== value) {
      yield new Refusal(
        `service selector['${key}']`,
        JSON.stringify(value),
        'the pods do not have this label, so the Service would find none',
        'Write it as podLabels too',
      );
    }
  }
}

function* portsOfNoContainer({ deployment, service, settings }: Checked): Iterable<Refusal> {
  const open = longRunning(deployment, settings).flatMap(({ ports }) => ports.map((port) => port.number));
  const asked: [string, number | undefined][] = [
    ...Object.entries(settings.probes.askedPorts),
    ...settings.sidecars.map((sidecar, i): [string, number | undefined] => [
      `sidecars[${i}].readiness port`,
      sidecar.asked.readiness?._options.port,
    ]),
    ...service.ports.map((port): [string, number] => [
      `service port ${port.port} targetPort`,
      port.targetPort ?? port.port,
    ]),
  ];
  for (const [prop, port] of asked) {
    if (port !== undefined && !open.includes(port)) {
      yield new Refusal(
        prop,
        port,
        'no container has this port',
        `Write one of ${open.join(', ')}, or add the port to extraPorts`,
      );
    }
  }
}

function* variablesInTwoPlaces({ deployment, settings: { config } }: Checked): Iterable<Refusal> {
  const { variables } = deployment.containers[0].env;
  for (const name of config.variables) {
    if (Object.hasOwn(variables, name)) {
      yield new Refusal(
        'env name',
        JSON.stringify(name),
        'config has this environment variable too, and the application gets only one of the two values',
        'Write it in one place',
      );
    }
  }
}

function* mountPaths({ deployment }: Checked): Iterable<Refusal> {
  for (const { mounts } of [...deployment.containers, ...deployment.initContainers]) {
    const paths = mounts.map((mount) => mount.path);
    for (const path of paths.filter((each) => !MOUNT_PATH.test(each))) {
      yield new Refusal(
        'volume mount path',
        JSON.stringify(path),
        'no volume can be mounted there: a path has to be absolute, below /, and without :',
        "Write for example '/var/cache/web'",
      );
    }
    for (const path of repeated(paths)) {
      yield new Refusal(
        'volume mount path',
        JSON.stringify(path),
        'two volumes are mounted there, so the API server refuses the Deployment',
        'Mount each volume at a path of its own, or give PodSecurity.restricted() writablePaths without this path',
      );
    }
  }
}

function* whatBlocksSurge({ deployment, props, settings, index }: Checked): Iterable<Refusal> {
  // Without this prop, every strategy that was accepted surges.
  if (props.acceptDowntimeOnRollout) {
    return;
  }
  const fix = 'or acceptDowntimeOnRollout: true with strategy: DeploymentStrategy.recreate()';
  for (const container of longRunning(deployment, settings)) {
    for (const { hostPort } of container.ports) {
      if (hostPort !== undefined) {
        yield new Refusal(
          'hostPort',
          hostPort,
          `a new pod cannot use it on a node where an old one runs, so a rollout hangs on small clusters`,
          `Use the Service instead of a hostPort, ${fix}`,
        );
      }
    }
  }
  for (const { name, accessModes } of claims(deployment, index)) {
    if (accessModes.some((mode) => mode.startsWith('ReadWriteOnce'))) {
      yield new Refusal(
        'volume claim',
        JSON.stringify(name),
        `its access mode ${accessModes.join(', ')} lets one node use it, so a new pod on another node waits for the old one to go`,
        `Use a ReadWriteMany claim, ${fix}`,
      );
    }
  }
}

function* drainsThatTakeAll({ deployment, props, settings, index }: Checked): Iterable<Refusal> {
  if (props.acceptDowntimeOnDrain) {
    return;
  }
  const autoscalers = index.autoscalersOf(deployment);
  const tooFew = autoscalers.find(({ minReplicas }) => minReplicas < 2);
  if (tooFew) {
    yield new Refusal(
      `${tooFew.object.kind} ${tooFew.minField}`,
      tooFew.minReplicas,
      'when a node is drained, its only pod goes before another one serves',
      `Write ${tooFew.minField}: 2 or more, or acceptDowntimeOnDrain: true`,
    );
    return;
  }
  const fewest =
    autoscalers.length > 0
      ? Math.min(...autoscalers.map(({ minReplicas }) => minReplicas))
      : (settings.rollout.replicas ?? 2);
  const { disruptionBudget } = settings.rollout;
  if (podsOf(disruptionBudget, fewest) >= fewest) {
    yield new Refusal(
      'disruptionBudget',
      disruptionBudget,
      `node drains may take all ${fewest} pods at once`,
      `Write PercentOrAbsolute.absolute(${fewest - 1}) or less, or acceptDowntimeOnDrain: true`,
    );
  }
}

function* gatesThatNoPodGets({ deployment, settings, index }: Checked): Iterable<Refusal> {
  const { namespace } = deployment.metadata;
  if (!settings.exposure.profile?.readinessGate || namespace === undefined) {
    return;
  }
  for (const { metadata } of index.find('core/Namespace', undefined, namespace)) {
    if (metadata.getLabel(READINESS_GATE_LABEL) !== 'enabled') {
      yield new Refusal(
        'exposure readinessGate',
        true,
        `the namespace '${namespace}' does not have the label ${READINESS_GATE_LABEL}: enabled, so no pod would get a gate, and old pods would go before the load balancer sends to new ones`,
        'Give the Namespace the label, or leave readinessGate out',
      );
    }
  }
}

/** Whole pods; a percentage is rounded up, as the disruption controller does. */
function podsOf(budget: number | string, replicas: number): number {
  return typeof budget === 'number' ? budget : Math.ceil((parseInt(budget) * replicas) / 100);
}

/** The claims that the pods mount, as far as they are defined in this app. */
function claims(deployment: Deployment, index: AppIndex): { name: string; accessModes: string[] }[] {
  if (!index.has('core/PersistentVolumeClaim')) {
    return [];
  }
  const containers = [...deployment.containers, ...deployment.initContainers];
  const mounted = containers.flatMap((container) => container.mounts.map((mount) => mount.volume));
  const names = new Set([...deployment.volumes, ...mounted].map(claimName));
  return [...names]
    .flatMap((name) =>
      name === undefined ? [] : index.find('core/PersistentVolumeClaim', deployment.metadata.namespace, name),
    )
    .map((claim) => ({ name: claim.name, accessModes: claim.toJson().spec.accessModes ?? [] }));
}

/** cdk8s-plus-27 keeps to itself what a Service selects. */
function serviceSelector(service: Service): Record<string, string> {
  return (service as unknown as { _selector: Record<string, string> })._selector;
}

/** cdk8s-plus-27 keeps to itself what a volume is made of. */
function claimName(volume: Volume): string | undefined {
  return (volume as unknown as { _toKube(): { persistentVolumeClaim?: { claimName: string } } })._toKube()
    .persistentVolumeClaim?.claimName;
}
