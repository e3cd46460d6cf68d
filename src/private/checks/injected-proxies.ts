import type { Manifest } from '../kubernetes/manifest';
import { keyPath } from '../refusals/key-path';
import { Refusal } from '../refusals/refusal';
import type { AppIndex } from './app/app-index';
import type { Checked } from './checked';
import { earlyProxies, type EarlyProxy, type Texts } from './injectors';

/** The proxies of which the construct itself can make one that outlives the application. */
const MESHES: ReadonlyMap<string, string> = new Map([
  ['Istio', 'Mesh.istio()'],
  ['Linkerd', 'Mesh.linkerd()'],
]);

/**
 * Proxies that somebody injects into the pods, and that are not set up to serve until the application has ended.
 */
export function* injectedProxies({ deployment, settings, index }: Checked): Iterable<Refusal> {
  if (settings.mesh || settings.accepted.acceptDowntimeOnRollout) {
    return;
  }
  const metadata: Manifest = deployment.podMetadata.toJson() ?? {};
  const { drainSeconds, applicationSeconds } = settings.termination;
  const namespaces = namespaceTexts(index, deployment.metadata.namespace);
  for (const proxy of earlyProxies(textsOf(metadata), namespaces, drainSeconds)) {
    const { name, key, value, isOfNamespace, seconds } = proxy;
    const ofPod = key in (metadata.labels ?? {}) ? 'pod.labels' : 'pod.annotations';
    yield new Refusal(
      isOfNamespace ? `Namespace ${key}` : keyPath(ofPod, key),
      JSON.stringify(value),
      `${name} injects a proxy, which ends ${seconds} s after its SIGTERM while the application serves on for ${drainSeconds} s, so requests in and out of the pod fail`,
      `${fix(proxy, applicationSeconds)}, or acceptDowntimeOnRollout: true`,
    );
  }
}

function fix({ name, annotation }: EarlyProxy, applicationSeconds: number): string {
  const mesh = MESHES.get(name);
  const [key, value] = annotation(applicationSeconds);
  return mesh ? `Write mesh: ${mesh} in its place` : `Write '${key}': '${value}' in annotations of pod too`;
}

function namespaceTexts(index: AppIndex, namespace: string | undefined): readonly Texts[] {
  return namespace === undefined
    ? []
    : index.find('core/Namespace', undefined, namespace).map(({ metadata }) => textsOf(metadata.toJson()));
}

function textsOf({ labels, annotations }: Manifest): Texts {
  return new Map<string, string>(Object.entries({ ...annotations, ...labels }));
}
