import { Container, Volume } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { toJson_Container, toJson_LifecycleHandler, toJson_SecurityContext } from '../../../imports/k8s';
import { kubeHandler } from '../kubernetes/cdk8s-plus';
import type { Manifest } from '../kubernetes/manifest';
import type { MainContainerSettings } from '../settings/main-container';
import type { Settings } from '../settings/settings';
import type { ConfigReferences } from './config';
import { containerProps } from './containers';

/**
 * The application's container with its volumes, and the fields that cdk8s-plus-27 knows.
 */
export function createMainContainer(
  scope: Construct,
  { container: asked, security, tls }: Settings,
  config: ConfigReferences,
): Container {
  const container = new Container(
    containerProps({
      ...asked,
      envFrom: [...(asked.envFrom ?? []), ...config.envFrom],
      volumeMounts: [...(asked.volumeMounts ?? []), ...config.volumeMounts],
      securityContext: undefined,
    }),
  );
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

/**
 * Adds the fields of the application's container that cdk8s-plus-27 does not know.
 */
export function completeMainContainer(manifest: Manifest, { container, probes }: Settings): void {
  const { name, ports, securityContext, extendedResources, postStart } = container;
  Object.assign(
    manifest,
    toJson_Container({
      name,
      startupProbe: probes.startup,
      readinessProbe: probes.readiness,
      livenessProbe: probes.liveness,
    }),
  );
  manifest.securityContext = toJson_SecurityContext(securityContext);
  addResources(manifest, extendedResources);
  if (postStart) {
    manifest.lifecycle = {
      ...manifest.lifecycle,
      postStart: toJson_LifecycleHandler(kubeHandler(postStart, ports[0].number)),
    };
  }
}

function addResources(manifest: Manifest, extended: MainContainerSettings['extendedResources']): void {
  if (Object.keys(extended).length > 0) {
    const { requests, limits } = manifest.resources;
    manifest.resources = {
      requests: { ...requests, ...extended },
      limits: { ...limits, ...extended },
    };
  }
}
