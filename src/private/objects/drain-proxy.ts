import type { ContainerProps } from 'cdk8s-plus-27';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import type { Container, Probe } from '../../../imports/k8s';
import { IntOrString, toJson_Container, toJson_Volume } from '../../../imports/k8s';
import type { Manifest } from '../kubernetes/manifest';
import { annotationKey } from '../settings/annotations';
import type { DrainProxySettings } from '../settings/drain-proxy';
import { CONFIG_FILE, DRAIN_PROXY, SCRIPT_FILE } from '../settings/drain-proxy';
import { DRAIN_PATH, http1Config, http2Config, http2DrainScript, READY_PATH } from './haproxy-config';

/** Where the proxy's files appear in its container. */
const FOLDER = '/etc/drain-proxy';

/**
 * The proxy's files, as annotations of the pod, so that they belong to the revision and come back with a rollback.
 */
export function drainProxyAnnotations(
  drainProxy: DrainProxySettings,
  drainSeconds: number,
): Record<string, string> {
  return drainProxy.http2
    ? {
        [annotationKey(CONFIG_FILE)]: http2Config(drainProxy, `${FOLDER}/${SCRIPT_FILE}`),
        [annotationKey(SCRIPT_FILE)]: http2DrainScript(drainSeconds),
      }
    : { [annotationKey(CONFIG_FILE)]: http1Config(drainProxy) };
}

/**
 * The fields of the sidecar that cdk8s-plus-27 knows.
 */
export function drainProxyContainer({
  image,
  port,
  controlPort,
  resources,
}: DrainProxySettings): ContainerProps {
  return {
    name: DRAIN_PROXY,
    image,
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    command: ['haproxy', '-db', '-f', `${FOLDER}/${CONFIG_FILE}`],
    ports: [
      { name: port.name, number: port.number, protocol: port.protocol },
      { number: controlPort, protocol: port.protocol },
    ],
    resources,
  };
}

/**
 * Adds the fields of the sidecar that cdk8s-plus-27 does not know, and the volume with its files.
 */
export function completeDrainProxy(
  podSpec: Manifest,
  { controlPort, http2 }: DrainProxySettings,
  user: number,
): void {
  const own = podSpec.initContainers.find((container: Manifest) => container.name === DRAIN_PROXY);
  Object.assign(own, toJson_Container(sidecar(controlPort, user)));
  podSpec.volumes = [
    ...(podSpec.volumes ?? []),
    toJson_Volume({
      name: DRAIN_PROXY,
      downwardApi: {
        items: (http2 ? [CONFIG_FILE, SCRIPT_FILE] : [CONFIG_FILE]).map((path) => ({
          path,
          fieldRef: { fieldPath: `metadata.annotations['${annotationKey(path)}']` },
        })),
      },
    }),
  ];
}

function sidecar(controlPort: number, user: number): Container {
  const ask = (path: string) => ({ httpGet: { path, port: IntOrString.fromNumber(controlPort) } });
  const ready: Probe = ask(READY_PATH);
  return {
    name: DRAIN_PROXY,
    // A sidecar: it runs before the application starts and until it has ended.
    restartPolicy: 'Always',
    // The application starts only when the proxy listens.
    startupProbe: { ...ready, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 30 },
    readinessProbe: { ...ready, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
    // The kubelet sends this request when the application's drain begins.
    lifecycle: { preStop: ask(DRAIN_PATH) },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: user,
    },
    volumeMounts: [{ name: DRAIN_PROXY, mountPath: FOLDER, readOnly: true }],
  };
}
