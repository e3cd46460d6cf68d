import { ApiObject } from 'cdk8s';
import { Container, Deployment, ImagePullPolicy, LabelSelector, Pod, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  toJson_Container,
  toJson_PodSecurityContext,
  toJson_TopologySpreadConstraint,
} from '../../imports/k8s';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { explanations } from './exposure/explanations';
import { ServiceExposure } from './exposure/exposure';
import { smallRequests } from './resources';
import { Settings } from './settings';
import { addTypedFields, Manifest } from './typed-fields';

/** Source: Kubernetes' well-known labels of a node and of its zone. */
const TOPOLOGY_KEYS = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

/**
 * The Deployment, as far as cdk8s-plus-27 can say it, completed with what only newer Kubernetes knows.
 */
export function createDeployment(
  scope: Construct,
  props: ZeroDowntimeDeploymentProps,
  settings: Settings,
): Deployment {
  const { identity, rollout, termination, exposure } = settings;
  const deployment = new Deployment(scope, 'Deployment', {
    metadata: { name: identity.name, labels: identity.labels, annotations: annotations(props, exposure) },
    podMetadata: { labels: identity.podLabels, annotations: props.podAnnotations },
    select: false,
    replicas: rollout.replicas,
    strategy: rollout.strategy,
    minReady: rollout.minReady,
    progressDeadline: rollout.progressDeadline,
    terminationGracePeriod: termination.terminationGracePeriod,
    serviceAccount: props.serviceAccount,
    automountServiceAccountToken: props.automountServiceAccountToken,
  });
  deployment.attachContainer(createContainer(scope, props, settings));
  selectByIdentity(deployment, identity.selector);
  addTypedFields(ApiObject.of(deployment), (manifest) => complete(manifest, props, settings));
  return deployment;
}

/** The user's annotations, and what the way to the pods asks of them, if anything. */
function annotations(
  props: ZeroDowntimeDeploymentProps,
  { profile, timing }: ServiceExposure,
): Record<string, string> | undefined {
  return profile ? { ...explanations(profile, timing), ...props.annotations } : props.annotations;
}

function createContainer(
  scope: Construct,
  props: ZeroDowntimeDeploymentProps,
  { identity, ports, security }: Settings,
): Container {
  const container = new Container({
    name: identity.containerName,
    image: props.image,
    imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    command: props.command,
    args: props.args,
    workingDir: props.workingDir,
    // Copies, since cdk8s-plus-27 adds to what it is given and props may be shared between services.
    envVariables: { ...props.env },
    envFrom: [...(props.envFrom ?? [])],
    resources: props.resources ?? smallRequests(),
    ports: ports.map(({ name, number, protocol }) => ({ name, number, protocol })),
    volumeMounts: [...(props.volumeMounts ?? [])],
  });
  const mounted = container.mounts.map((mount) => mount.path);
  for (const { path, name } of security.writableVolumes) {
    if (!mounted.includes(path)) {
      container.mount(path, Volume.fromEmptyDir(scope, `Writable-${name}`, name));
    }
  }
  return container;
}

/**
 * Makes the Deployment, and whatever asks it for its pods (Service, NetworkPolicy, affinity), select by our
 * labels. cdk8s-plus-27 selects by a hash of the construct's path, which changes when the construct moves.
 */
function selectByIdentity(deployment: Deployment, selector: Record<string, string>): void {
  const { namespace } = deployment.metadata;
  deployment.select(LabelSelector.of({ labels: selector }));
  deployment.toPodSelectorConfig = () => ({
    labelSelector: LabelSelector.of({ labels: selector }),
    namespaces: namespace === undefined ? undefined : { names: [namespace] },
  });
}

function complete({ spec }: Manifest, props: ZeroDowntimeDeploymentProps, settings: Settings): void {
  const { metadata, spec: podSpec } = spec.template;
  delete metadata.labels[Pod.ADDRESS_LABEL];

  spec.revisionHistoryLimit = settings.rollout.revisionHistoryLimit;
  podSpec.securityContext = toJson_PodSecurityContext(settings.security.pod);
  podSpec.imagePullSecrets = props.imagePullSecrets?.map(({ name }) => ({ name }));
  podSpec.topologySpreadConstraints = (props.topologyKeys ?? TOPOLOGY_KEYS).map((topologyKey) =>
    toJson_TopologySpreadConstraint({
      topologyKey,
      maxSkew: 1,
      // A pod that finds no better place still starts: a rollout must not wait for a free node.
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: settings.identity.selector },
      // Each revision is spread by itself, so that the old pods do not push the new ones aside.
      matchLabelKeys: ['pod-template-hash'],
    }),
  );
  completeContainers(podSpec, settings);
  omitKubernetesDefaults(spec, podSpec);
}

function completeContainers(podSpec: Manifest, { identity, probes, security, termination }: Settings): void {
  const own = podSpec.containers.find((container: Manifest) => container.name === identity.containerName);
  Object.assign(
    own,
    toJson_Container({
      name: identity.containerName,
      startupProbe: probes.startup,
      readinessProbe: probes.readiness,
      livenessProbe: probes.liveness,
      lifecycle: termination.lifecycle,
      securityContext: security.container,
    }),
  );
  if (security.restricted) {
    for (const container of [...podSpec.containers, ...(podSpec.initContainers ?? [])]) {
      container.securityContext.capabilities ??= { drop: ['ALL'] };
    }
  }
}

/** Fields in which cdk8s-plus-27 spells out what the API server fills in anyway. */
function omitKubernetesDefaults(spec: Manifest, podSpec: Manifest): void {
  omit(spec, { minReadySeconds: 0 });
  omit(podSpec, {
    dnsPolicy: 'ClusterFirst',
    hostNetwork: false,
    restartPolicy: 'Always',
    setHostnameAsFQDN: false,
  });
}

function omit(object: Manifest, defaults: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(defaults)) {
    if (object[key] === value) {
      delete object[key];
    }
  }
}
