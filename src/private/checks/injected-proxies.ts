import type { Manifest } from '../kubernetes/manifest';
import { keyPath } from '../refusals/key-path';
import { Refusal } from '../refusals/refusal';
import type { AppIndex } from './app/app-index';
import type { Checked } from './checked';

type Texts = Readonly<Record<string, string>>;

/** Who injects a proxy into pods, what asks for it, and what makes the proxy outlive the application. */
interface Injector {
  readonly name: string;
  readonly asked: { readonly key: string; readonly value: RegExp };
  /** The label or annotation of a namespace that asks for it in all of its pods. */
  readonly ofNamespace?: { readonly key: string; readonly value: RegExp };
  /** Whether the pods' labels or annotations make the proxy serve until the application has ended. */
  readonly outlives: (texts: Texts) => boolean;
  readonly fix: (seconds: number) => string;
}

const INJECTORS: readonly Injector[] = [
  {
    name: 'Istio',
    asked: { key: 'sidecar.istio.io/inject', value: /^true$/ },
    ofNamespace: { key: 'istio-injection', value: /^enabled$/ },
    outlives: (texts) =>
      texts['sidecar.istio.io/nativeSidecar'] === 'true' ||
      /terminationDrainDuration|EXIT_ON_ZERO_ACTIVE_CONNECTIONS/.test(texts['proxy.istio.io/config']),
    fix: () => 'Write mesh: Mesh.istio() in its place',
  },
  {
    name: 'Linkerd',
    asked: { key: 'linkerd.io/inject', value: /^(enabled|ingress)$/ },
    ofNamespace: { key: 'linkerd.io/inject', value: /^(enabled|ingress)$/ },
    outlives: (texts) =>
      Object.entries(texts).some(
        ([key, value]) =>
          (key.endsWith('/proxy-enable-native-sidecar') && value === 'true') ||
          key.endsWith('/proxy-wait-before-exit-seconds'),
      ),
    fix: () => 'Write mesh: Mesh.linkerd() in its place',
  },
  // Source: https://docs.dapr.io/reference/arguments-annotations-overview/
  {
    name: 'Dapr',
    asked: { key: 'dapr.io/enabled', value: /^true$/ },
    outlives: (texts) => 'dapr.io/block-shutdown-duration' in texts,
    fix: (seconds) => `Write 'dapr.io/block-shutdown-duration': '${seconds}s' in annotations of pod too`,
  },
];

/**
 * Proxies that somebody injects into the pods, and that are not set up to serve until the application has ended.
 */
export function* injectedProxies({ deployment, settings, index }: Checked): Iterable<Refusal> {
  if (settings.mesh || settings.accepted.acceptDowntimeOnRollout) {
    return;
  }
  const { labels = {}, annotations = {} } = deployment.podMetadata.toJson() ?? {};
  const texts: Texts = { ...annotations, ...labels };
  const { drainSeconds, applicationSeconds } = settings.termination;
  for (const { name, asked, ofNamespace, outlives, fix } of INJECTORS) {
    const { key, value } = asked;
    const own = value.test(texts[key] ?? '');
    const namespaced =
      ofNamespace &&
      texts[key] === undefined &&
      namespaceAsksFor(index, deployment.metadata.namespace, ofNamespace);
    if ((own || namespaced) && !outlives(texts)) {
      const where = own
        ? keyPath(key in labels ? 'pod.labels' : 'pod.annotations', key)
        : `Namespace ${ofNamespace!.key}`;
      yield new Refusal(
        where,
        JSON.stringify(own ? texts[key] : 'enabled'),
        `${name} injects a proxy, which gets its SIGTERM at once while the application serves on for ${drainSeconds} s, so requests in and out of the pod fail`,
        `${fix(applicationSeconds)}, or acceptDowntimeOnRollout: true`,
      );
    }
  }
}

function namespaceAsksFor(
  index: AppIndex,
  namespace: string | undefined,
  { key, value }: { readonly key: string; readonly value: RegExp },
): boolean {
  if (namespace === undefined) {
    return false;
  }
  return index.find('core/Namespace', undefined, namespace).some(({ metadata }) => {
    const { labels = {}, annotations = {} }: Manifest = metadata.toJson();
    return value.test({ ...annotations, ...labels }[key] ?? '');
  });
}
