import type { ExposureProps } from '../../exposure-props';
import type { Mesh } from '../../mesh';
import type { NamingProps } from '../../naming-props';
import type { PodTemplateProps } from '../../pod-template-props';
import type { Part } from '../refusals/refusal';
import { checkAll } from '../refusals/refusal';
import { checkContradictions } from './annotations';
import type { Termination } from './termination';

/** Labels and annotations of the pods that make a mesh inject its proxy, and say how the proxy starts and stops. */
export interface MeshSettings {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

/**
 * Labels and annotations of the pods, if there is a mesh.
 */
export function resolveMesh(
  { mesh, labels, pod = {} }: ExposureProps & NamingProps & PodTemplateProps,
  termination: Part<Termination>,
): MeshSettings | undefined {
  if (!mesh) {
    return undefined;
  }
  const settings = OF_MESH[mesh._factory](
    mesh._options.nativeSidecar ?? true,
    termination().applicationSeconds,
  );
  checkAll(
    () => checkContradictions('labels', labels, settings.labels),
    () => checkContradictions('pod.labels', pod.labels, settings.labels),
    () => checkContradictions('pod.annotations', pod.annotations, settings.annotations),
  );
  return settings;
}

const OF_MESH: Record<Mesh['_factory'], (native: boolean, applicationSeconds: number) => MeshSettings> = {
  istio: (native, applicationSeconds) => ({
    labels: { 'sidecar.istio.io/inject': 'true' },
    annotations: {
      'sidecar.istio.io/nativeSidecar': String(native),
      ...(!native && { 'proxy.istio.io/config': istioConfig(applicationSeconds) }),
    },
  }),
  linkerd: (native, applicationSeconds) => ({
    labels: {},
    annotations: {
      'linkerd.io/inject': 'enabled',
      'config.linkerd.io/proxy-await': 'enabled',
      'config.beta.linkerd.io/proxy-enable-native-sidecar': String(native),
      // Older versions know only this one.
      'config.alpha.linkerd.io/proxy-enable-native-sidecar': String(native),
      ...(!native && {
        'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': String(applicationSeconds),
      }),
    },
  }),
};

/**
 * A proxy that gets its SIGTERM when the application's drain begins takes new connections for `drainDuration`,
 * and ends after `terminationDrainDuration`. With EXIT_ON_ZERO_ACTIVE_CONNECTIONS it would end during the
 * drain, at the first moment without a connection.
 *
 * Source: https://github.com/istio/istio/blob/master/pkg/envoy/agent.go
 */
function istioConfig(applicationSeconds: number): string {
  return JSON.stringify({
    holdApplicationUntilProxyStarts: true,
    drainDuration: `${applicationSeconds}s`,
    terminationDrainDuration: `${applicationSeconds}s`,
  });
}
