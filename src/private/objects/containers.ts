import type { ContainerProps } from 'cdk8s-plus-27';
import { toJson_Container, toJson_Lifecycle, toJson_SecurityContext } from '../../../imports/k8s';
import type { Manifest } from '../kubernetes/manifest';
import type { ContainerSettings } from '../settings/containers';
import type { Security } from '../settings/security';
import type { Settings } from '../settings/settings';

/**
 * The fields of a container that cdk8s-plus-27 knows.
 */
export function containerProps(asked: ContainerSettings): ContainerProps {
  return {
    name: asked.name,
    image: asked.image,
    imagePullPolicy: asked.imagePullPolicy,
    command: asked.command,
    args: asked.args,
    workingDir: asked.workingDir,
    // Copies, since cdk8s-plus-27 adds to what it is given and props may be shared between services.
    envVariables: { ...asked.env },
    envFrom: [...(asked.envFrom ?? [])],
    resources: asked.resources,
    ports: asked.ports.map(({ name, number, protocol }) => ({ name, number, protocol })),
    volumeMounts: [...(asked.volumeMounts ?? [])],
    securityContext: asked.securityContext,
  };
}

/**
 * Adds the fields of containers that cdk8s-plus-27 does not know, also to containers that were added later.
 */
export function completeContainers(
  podSpec: Manifest,
  { furtherContainers, termination, security }: Settings,
): void {
  for (const container of podSpec.containers) {
    // Otherwise a container that was added later would get its SIGTERM while the application still serves.
    container.lifecycle = { ...toJson_Lifecycle(termination.lifecycle), ...container.lifecycle };
  }
  for (const asked of furtherContainers) {
    inheritSecurityContext(podSpec.containers, asked, security);
  }
  for (const { securityContext } of [...podSpec.containers, ...(podSpec.initContainers ?? [])]) {
    if (security.restricted) {
      securityContext.capabilities ??= { drop: ['ALL'] };
    }
    removeCapPrefix(securityContext.capabilities);
  }
}

/**
 * Adds the fields of the sidecars and the other init containers that cdk8s-plus-27 does not know.
 */
export function completeInitContainers(
  manifests: Manifest[],
  { sidecars, initContainers, security }: Settings,
): void {
  for (const { name, probes } of sidecars) {
    Object.assign(
      manifests.find((container) => container.name === name),
      toJson_Container({
        name,
        // This makes it a sidecar.
        restartPolicy: 'Always',
        startupProbe: probes?.startup,
        readinessProbe: probes?.readiness,
      }),
    );
  }
  for (const asked of [...sidecars, ...initContainers]) {
    inheritSecurityContext(manifests, asked, security);
  }
}

/** A container without a security context gets that of the application. */
function inheritSecurityContext(
  containers: Manifest[],
  { name, securityContext }: ContainerSettings,
  security: Security,
): void {
  if (!securityContext) {
    containers.find((container) => container.name === name).securityContext = toJson_SecurityContext(
      security.container,
    );
  }
}

/**
 * cdk8s-plus-27 writes capabilities with the prefix CAP_, which a manifest has to leave out. Source:
 * https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
 */
function removeCapPrefix(capabilities: Record<string, string[]> = {}): void {
  for (const [key, names] of Object.entries(capabilities)) {
    capabilities[key] = names?.map((name) => name.replace(/^CAP_/, ''));
  }
}
