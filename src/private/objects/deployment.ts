import { ApiObject } from 'cdk8s';
import { Deployment, LabelSelector, Node, Pod } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { toJson_PodSecurityContext } from '../../../imports/k8s';
import type { Manifest } from '../kubernetes/manifest';
import { addTypedFields } from '../kubernetes/typed-fields';
import { explanations } from '../settings/exposure/explanations';
import { scrapeAnnotations } from '../settings/metrics';
import type { Scheduling } from '../settings/scheduling';
import type { Settings } from '../settings/settings';
import { createConfig } from './config';
import { completeContainers, completeInitContainers, containerProps } from './containers';
import { completeDrainProxy, drainProxyAnnotations, drainProxyContainer } from './drain-proxy';
import { completeMainContainer, createMainContainer } from './main-container';
import { spreadPods } from './spread';

/**
 * Creates the Deployment and the ConfigMaps of its pods, and adds the fields that only newer Kubernetes knows.
 */
export function createDeployment(scope: Construct, settings: Settings): Deployment {
  const { identity, rollout, termination, pod, drainProxy } = settings;
  const config = createConfig(scope, settings);
  const deployment = new Deployment(scope, 'Deployment', {
    metadata: {
      name: identity.name,
      labels: identity.labels,
      annotations: {
        ...identity.annotations,
        ...explanations(settings.services.map(({ exposure }) => exposure)),
      },
    },
    podMetadata: {
      labels: { ...identity.podLabels, ...settings.mesh?.labels },
      annotations: {
        ...pod.annotations,
        ...settings.config.podAnnotations,
        ...scrapeAnnotations(settings.metrics),
        ...settings.mesh?.annotations,
        ...(drainProxy && drainProxyAnnotations(drainProxy, termination.drainSeconds)),
      },
    },
    select: false,
    replicas: rollout.replicas,
    strategy: rollout.strategy,
    minReady: rollout.minReady,
    progressDeadline: rollout.progressDeadline,
    terminationGracePeriod: termination.terminationGracePeriod,
    serviceAccount: pod.serviceAccount,
    automountServiceAccountToken: pod.automountServiceAccountToken,
    hostAliases: pod.hostAliases,
    dns: pod.dns,
  });
  deployment.attachContainer(createMainContainer(scope, settings, config));
  addContainers(deployment, settings);
  deployment.scheduling.tolerate(Node.tainted(...settings.scheduling.tolerations));
  selectByIdentity(deployment, identity.selector);
  addTypedFields(ApiObject.of(deployment), (manifest) => complete(manifest, settings));
  return deployment;
}

function addContainers(
  deployment: Deployment,
  { furtherContainers, sidecars, drainProxy, initContainers }: Settings,
): void {
  for (const asked of furtherContainers) {
    deployment.addContainer(containerProps(asked));
  }
  for (const asked of sidecars) {
    deployment.addInitContainer(containerProps(asked));
  }
  if (drainProxy) {
    deployment.addInitContainer(drainProxyContainer(drainProxy));
  }
  for (const asked of initContainers) {
    deployment.addInitContainer(containerProps(asked));
  }
}

/**
 * Makes the Deployment select its pods by our labels, and with it whatever uses its selector (Service,
 * NetworkPolicy, affinity). cdk8s-plus-27 selects by a hash of the construct's path, which changes when the
 * construct moves.
 */
function selectByIdentity(deployment: Deployment, selector: Record<string, string>): void {
  const { namespace } = deployment.metadata;
  deployment.select(LabelSelector.of({ labels: selector }));
  deployment.toPodSelectorConfig = () => ({
    labelSelector: LabelSelector.of({ labels: selector }),
    namespaces: namespace === undefined ? undefined : { names: [namespace] },
  });
}

function complete({ spec }: Manifest, settings: Settings): void {
  const { pod, security, drainProxy } = settings;
  const { metadata, spec: podSpec } = spec.template;
  delete metadata.labels[Pod.ADDRESS_LABEL];

  spec.revisionHistoryLimit = settings.rollout.revisionHistoryLimit;
  // Service links are variables such as WEB_PORT=tcp://10.0.0.1:80, which many programs read as their own settings.
  podSpec.enableServiceLinks = false;
  podSpec.securityContext = toJson_PodSecurityContext(security.pod);
  podSpec.imagePullSecrets = pod.imagePullSecrets?.map(({ name }) => ({ name }));
  schedulePods(podSpec, settings.identity.selector, settings.scheduling);
  podSpec.shareProcessNamespace = pod.shareProcessNamespace;
  podSpec.containers
    .filter(({ name }: Manifest) => name === settings.container.name)
    .forEach((container: Manifest) => completeMainContainer(container, settings));
  completeContainers(podSpec, settings);
  completeInitContainers(podSpec.initContainers ?? [], settings);
  if (drainProxy) {
    completeDrainProxy(podSpec, drainProxy, security.user);
  }
  omitKubernetesDefaults(spec, podSpec);
}

function schedulePods(
  podSpec: Manifest,
  selector: Record<string, string>,
  { priorityClassName, runtimeClassName, nodeSelector, topologyKeys }: Scheduling,
): void {
  podSpec.priorityClassName = priorityClassName;
  podSpec.runtimeClassName = runtimeClassName;
  podSpec.nodeSelector = isEmpty(nodeSelector) ? undefined : { ...nodeSelector };
  spreadPods(podSpec, selector, topologyKeys);
}

/** The API server stores no empty map. */
function isEmpty(map: object = {}): boolean {
  return Object.keys(map).length === 0;
}

/** Removes fields that cdk8s-plus-27 writes although the API server fills in the same values. */
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
