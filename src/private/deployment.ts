import { ApiObject } from 'cdk8s';
import {
  Container,
  ContainerProps,
  Deployment,
  ImagePullPolicy,
  LabelSelector,
  Node,
  Pod,
  Volume,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  toJson_Container,
  toJson_Lifecycle,
  toJson_PodSecurityContext,
  toJson_SecurityContext,
} from '../../imports/k8s';
import { InitContainer } from '../further-containers';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { completeDrainProxy, drainProxyAnnotations, drainProxyContainer } from './drain-proxy';
import { explanations } from './exposure/explanations';
import { ServiceExposure } from './exposure/exposure';
import { Port } from './ports';
import { smallRequests } from './resources';
import { Settings } from './settings';
import { spreadPods } from './spread';
import { addTypedFields, Manifest } from './typed-fields';

/**
 * The Deployment, as far as cdk8s-plus-27 can say it, completed with what only newer Kubernetes knows.
 */
export function createDeployment(
  scope: Construct,
  props: ZeroDowntimeDeploymentProps,
  settings: Settings,
): Deployment {
  const { identity, rollout, termination, exposure, drainProxy } = settings;
  const deployment = new Deployment(scope, 'Deployment', {
    metadata: { name: identity.name, labels: identity.labels, annotations: annotations(props, exposure) },
    podMetadata: {
      labels: identity.podLabels,
      annotations: drainProxy
        ? { ...props.podAnnotations, ...drainProxyAnnotations(drainProxy) }
        : props.podAnnotations,
    },
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
  for (const { asked, ports } of settings.sidecars) {
    deployment.addInitContainer(containerProps(asked.name, asked, ports));
  }
  if (drainProxy) {
    deployment.addInitContainer(drainProxyContainer(drainProxy));
  }
  for (const asked of props.initContainers ?? []) {
    deployment.addInitContainer(containerProps(asked.name, asked));
  }
  deployment.scheduling.tolerate(Node.tainted(...(props.tolerations ?? [])));
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
  { identity, applicationPorts, security, tls }: Settings,
): Container {
  const container = new Container(containerProps(identity.containerName, props, applicationPorts));
  if (tls) {
    const volume = Volume.fromSecret(scope, 'TlsSecret', tls.secret, { name: 'tls-secret' });
    container.mount(tls.path, volume, { readOnly: true });
  }
  const mounted = container.mounts.map((mount) => mount.path);
  for (const { path, name } of security.writableVolumes) {
    if (!mounted.includes(path)) {
      container.mount(path, Volume.fromEmptyDir(scope, `Writable-${name}`, name));
    }
  }
  return container;
}

function containerProps(
  name: string,
  asked: Omit<InitContainer, 'name'>,
  ports: Port[] = [],
): ContainerProps {
  return {
    name,
    image: asked.image,
    imagePullPolicy: asked.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
    command: asked.command,
    args: asked.args,
    workingDir: asked.workingDir,
    // Copies, since cdk8s-plus-27 adds to what it is given and props may be shared between services.
    envVariables: { ...asked.env },
    envFrom: [...(asked.envFrom ?? [])],
    resources: asked.resources ?? smallRequests(),
    ports: ports.map(({ name: portName, number, protocol }) => ({ name: portName, number, protocol })),
    volumeMounts: [...(asked.volumeMounts ?? [])],
    securityContext: asked.securityContext,
  };
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
  podSpec.priorityClassName = props.priorityClassName;
  podSpec.nodeSelector = isEmpty(props.nodeSelector) ? undefined : { ...props.nodeSelector };
  podSpec.imagePullSecrets = props.imagePullSecrets?.map(({ name }) => ({ name }));
  spreadPods(podSpec, settings.identity.selector, props.topologyKeys);
  completeContainers(podSpec, settings);
  completeInitContainers(podSpec.initContainers ?? [], props, settings);
  if (settings.drainProxy) {
    completeDrainProxy(podSpec, settings.drainProxy, settings.security.user);
  }
  omitKubernetesDefaults(spec, podSpec);
}

function completeContainers(podSpec: Manifest, { identity, probes, security, termination }: Settings): void {
  for (const container of podSpec.containers) {
    if (container.name === identity.containerName) {
      Object.assign(
        container,
        toJson_Container({
          name: identity.containerName,
          startupProbe: probes.startup,
          readinessProbe: probes.readiness,
          livenessProbe: probes.liveness,
          securityContext: security.container,
        }),
      );
    }
    // A container that was added would else get its SIGTERM while the application still serves.
    container.lifecycle = { ...toJson_Lifecycle(termination.lifecycle), ...container.lifecycle };
  }
  if (security.restricted) {
    for (const container of [...podSpec.containers, ...(podSpec.initContainers ?? [])]) {
      container.securityContext.capabilities ??= { drop: ['ALL'] };
    }
  }
}

function completeInitContainers(
  initContainers: Manifest[],
  props: ZeroDowntimeDeploymentProps,
  { sidecars, security }: Settings,
): void {
  for (const { asked, probes } of sidecars) {
    Object.assign(
      initContainers.find((container) => container.name === asked.name),
      toJson_Container({
        name: asked.name,
        // This makes it a sidecar.
        restartPolicy: 'Always',
        startupProbe: probes?.startup,
        readinessProbe: probes?.readiness,
      }),
    );
  }
  for (const asked of [...(props.sidecars ?? []), ...(props.initContainers ?? [])]) {
    if (!asked.securityContext) {
      initContainers.find((container) => container.name === asked.name).securityContext =
        toJson_SecurityContext(security.container);
    }
  }
}

/** The API server stores no empty map. */
function isEmpty(map: object = {}): boolean {
  return Object.keys(map).length === 0;
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
