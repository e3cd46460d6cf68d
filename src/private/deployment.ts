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
import { FurtherContainer } from '../further-containers';
import { SchedulingOptions } from '../scheduling-options';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { completeDrainProxy, drainProxyAnnotations, drainProxyContainer } from './drain-proxy';
import { explanations } from './exposure/explanations';
import { completeMainContainer } from './main-container';
import { scrapeAnnotations } from './metrics';
import { podDns } from './pod-details';
import { Port } from './ports';
import { withRequests } from './resources';
import { Security } from './security';
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
  const { identity, rollout, termination, services, config, drainProxy } = settings;
  const exposures = services.map(({ exposure }) => exposure);
  const deployment = new Deployment(scope, 'Deployment', {
    metadata: {
      name: identity.name,
      labels: identity.labels,
      annotations: { ...identity.annotations, ...explanations(exposures) },
    },
    podMetadata: {
      labels: { ...identity.podLabels, ...settings.mesh?.labels },
      annotations: {
        ...props.pod?.annotations,
        ...config.podAnnotations,
        ...scrapeAnnotations(settings.metrics),
        ...settings.mesh?.annotations,
        ...(drainProxy && drainProxyAnnotations(drainProxy)),
      },
    },
    select: false,
    replicas: rollout.replicas,
    strategy: rollout.strategy,
    minReady: rollout.minReady,
    progressDeadline: rollout.progressDeadline,
    terminationGracePeriod: termination.terminationGracePeriod,
    serviceAccount: props.pod?.serviceAccount,
    automountServiceAccountToken: props.pod?.automountServiceAccountToken,
    hostAliases: props.pod?.hostAliases?.map((alias) => ({ ...alias })),
    dns: podDns(props),
  });
  deployment.attachContainer(createContainer(scope, props, settings));
  for (const asked of props.pod?.furtherContainers ?? []) {
    deployment.addContainer(containerProps(asked.name, asked));
  }
  for (const { asked, ports } of settings.sidecars) {
    deployment.addInitContainer(containerProps(asked.name, asked, ports));
  }
  if (drainProxy) {
    deployment.addInitContainer(drainProxyContainer(drainProxy));
  }
  for (const asked of props.initContainers ?? []) {
    deployment.addInitContainer(containerProps(asked.name, asked));
  }
  deployment.scheduling.tolerate(Node.tainted(...(props.scheduling?.tolerations ?? [])));
  selectByIdentity(deployment, identity.selector);
  addTypedFields(ApiObject.of(deployment), (manifest) => complete(manifest, props, settings));
  return deployment;
}

function createContainer(
  scope: Construct,
  props: ZeroDowntimeDeploymentProps,
  { identity, applicationPorts, security, tls }: Settings,
): Container {
  const asked = { ...props, ...props.container, securityContext: undefined };
  const container = new Container(containerProps(identity.containerName, asked, applicationPorts));
  if (tls) {
    const volume = Volume.fromSecret(scope, 'TlsSecret', tls.secret, { name: 'tls-secret' });
    container.mount(tls.mountPath, volume, { readOnly: true });
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
  asked: Omit<FurtherContainer, 'name'>,
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
    resources: withRequests(asked.resources),
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
  // Variables such as WEB_PORT=tcp://10.0.0.1:80, which many programs read as their own settings.
  podSpec.enableServiceLinks = false;
  podSpec.securityContext = toJson_PodSecurityContext(settings.security.pod);
  podSpec.imagePullSecrets = props.pod?.imagePullSecrets?.map(({ name }) => ({ name }));
  schedulePods(podSpec, settings.identity.selector, props.scheduling);
  podSpec.shareProcessNamespace = props.pod?.shareProcessNamespace;
  completeContainers(podSpec, props, settings);
  completeInitContainers(podSpec.initContainers ?? [], props, settings);
  if (settings.drainProxy) {
    completeDrainProxy(podSpec, settings.drainProxy, settings.security.user);
  }
  omitKubernetesDefaults(spec, podSpec);
}

function schedulePods(
  podSpec: Manifest,
  selector: Record<string, string>,
  { priorityClassName, runtimeClassName, nodeSelector, topologyKeys }: SchedulingOptions = {},
): void {
  podSpec.priorityClassName = priorityClassName;
  podSpec.runtimeClassName = runtimeClassName;
  podSpec.nodeSelector = isEmpty(nodeSelector) ? undefined : { ...nodeSelector };
  spreadPods(podSpec, selector, topologyKeys);
}

function completeContainers(
  podSpec: Manifest,
  props: ZeroDowntimeDeploymentProps,
  { identity, probes, security, termination }: Settings,
): void {
  for (const container of podSpec.containers) {
    if (container.name === identity.containerName) {
      Object.assign(
        container,
        toJson_Container({
          name: identity.containerName,
          startupProbe: probes.startup,
          readinessProbe: probes.readiness,
          livenessProbe: probes.liveness,
        }),
      );
      completeMainContainer(container, props, security);
    }
    // A container that was added would else get its SIGTERM while the application still serves.
    container.lifecycle = { ...toJson_Lifecycle(termination.lifecycle), ...container.lifecycle };
  }
  for (const asked of props.pod?.furtherContainers ?? []) {
    likeTheApplication(podSpec.containers, asked, security);
  }
  for (const { securityContext } of [...podSpec.containers, ...(podSpec.initContainers ?? [])]) {
    if (security.restricted) {
      securityContext.capabilities ??= { drop: ['ALL'] };
    }
    spellCapabilities(securityContext.capabilities);
  }
}

/** A container that was not told its rights has those of the application. */
function likeTheApplication(
  containers: Manifest[],
  { name, securityContext }: FurtherContainer,
  security: Security,
): void {
  if (!securityContext) {
    containers.find((container) => container.name === name).securityContext = toJson_SecurityContext(
      security.container,
    );
  }
}

/**
 * cdk8s-plus-27 writes CAP_ in front of them, which has to be left out. Source:
 * https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
 */
function spellCapabilities(capabilities: Record<string, string[]> = {}): void {
  for (const [key, names] of Object.entries(capabilities)) {
    capabilities[key] = names?.map((name) => name.replace(/^CAP_/, ''));
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
    likeTheApplication(initContainers, asked, security);
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
