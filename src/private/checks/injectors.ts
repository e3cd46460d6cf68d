/** Labels and annotations. */
export type Texts = ReadonlyMap<string, string>;

/** Who puts a proxy into pods, what asks for it, and how long the proxy goes on when its pod ends. */
interface Injector {
  readonly name: string;
  /** Of the pod. */
  readonly asked: Mark;
  /** Of a namespace, for all of its pods. */
  readonly ofNamespace?: Mark;
  readonly seconds: (texts: Texts) => number;
  /** The annotation of the pod that makes the proxy go on for so many seconds. */
  readonly annotation: (seconds: number) => readonly [key: string, value: string];
}

/** A label or annotation, and the values by which it asks for something. */
interface Mark {
  readonly key: string;
  readonly value: RegExp;
}

/** The proxies that end before the application, each with its defaults. */
const INJECTORS: readonly Injector[] = [
  // https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
  {
    name: 'Istio',
    asked: { key: 'sidecar.istio.io/inject', value: /^true$/ },
    ofNamespace: { key: 'istio-injection', value: /^enabled$/ },
    seconds: (texts) => {
      const config = texts.get('proxy.istio.io/config') ?? '';
      const [, drain] = /terminationDrainDuration["']?\s*:\s*["']?([\dhms.]+)/.exec(config) ?? [];
      const isNative = texts.get('sidecar.istio.io/nativeSidecar') === 'true';
      return isNative || /EXIT_ON_ZERO_ACTIVE_CONNECTIONS/.test(config) ? Infinity : (secondsOf(drain) ?? 5);
    },
    annotation: (seconds) => ['proxy.istio.io/config', `terminationDrainDuration: ${seconds}s`],
  },
  // https://linkerd.io/2/reference/proxy-configuration/
  {
    name: 'Linkerd',
    asked: { key: 'linkerd.io/inject', value: /^(?:enabled|ingress)$/ },
    ofNamespace: { key: 'linkerd.io/inject', value: /^(?:enabled|ingress)$/ },
    seconds: (texts) => {
      const [wait, native] = ['proxy-wait-before-exit-seconds', 'proxy-enable-native-sidecar'].map(
        (end) =>
          [...texts].find(([key]) => key.startsWith('config.') && key.endsWith(`.linkerd.io/${end}`))?.[1] ??
          texts.get(`config.linkerd.io/${end}`),
      );
      return native === 'true' ? Infinity : (secondsOf(wait) ?? 0);
    },
    annotation: (seconds) => ['config.alpha.linkerd.io/proxy-wait-before-exit-seconds', String(seconds)],
  },
  // https://docs.dapr.io/reference/arguments-annotations-overview/
  {
    name: 'Dapr',
    asked: { key: 'dapr.io/enabled', value: /^true$/ },
    seconds: (texts) => secondsOf(texts.get('dapr.io/block-shutdown-duration')) ?? 0,
    annotation: (seconds) => ['dapr.io/block-shutdown-duration', `${seconds}s`],
  },
  // https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels
  {
    name: 'Consul',
    asked: { key: 'consul.hashicorp.com/connect-inject', value: /^true$/ },
    ofNamespace: { key: 'connect-inject', value: /^enabled$/ },
    seconds: (texts) =>
      texts.get('consul.hashicorp.com/enable-sidecar-proxy-lifecycle') === 'false'
        ? 0
        : (secondsOf(texts.get(CONSUL_GRACE_PERIOD)) ?? 30),
    annotation: (seconds) => [CONSUL_GRACE_PERIOD, String(seconds)],
  },
];

const CONSUL_GRACE_PERIOD = 'consul.hashicorp.com/sidecar-proxy-lifecycle-shutdown-grace-period-seconds';

/** A proxy that is put into a pod and ends before its application. */
export interface EarlyProxy extends Pick<Injector, 'name' | 'annotation'> {
  /** The label or annotation that asks for it, and its value. */
  readonly key: string;
  readonly value: string;
  /** Whether the namespace asks for it, and not the pod. */
  readonly isOfNamespace: boolean;
  /** After SIGTERM. */
  readonly seconds: number;
}

/**
 * The proxies that end before an application that goes on for so many seconds.
 *
 * @param pod the labels and annotations of the pod
 * @param namespaces those of each Namespace in which it may be
 */
export function earlyProxies(
  pod: Texts,
  namespaces: readonly Texts[],
  applicationSeconds: number,
): readonly EarlyProxy[] {
  return INJECTORS.flatMap(({ name, asked, ofNamespace, seconds, annotation }): readonly EarlyProxy[] => {
    const ends = { name, annotation, seconds: seconds(pod) };
    const own = pod.get(asked.key);
    if (ends.seconds >= applicationSeconds) {
      return [];
    }
    if (own !== undefined) {
      return asked.value.test(own) ? [{ ...ends, key: asked.key, value: own, isOfNamespace: false }] : [];
    }
    if (ofNamespace === undefined) {
      return [];
    }
    const { key } = ofNamespace;
    const value = namespaces.map((texts) => texts.get(key)).find((one) => ofNamespace.value.test(one ?? ''));
    return value === undefined ? [] : [{ ...ends, key, value, isOfNamespace: true }];
  });
}

/** A duration in seconds, such as 15, 15s or 1m30s. */
function secondsOf(duration: string | undefined): number | undefined {
  if (duration === undefined || !/^(?:\d+(?:\.\d+)?[hms]?)+$/.test(duration)) {
    return undefined;
  }
  return [...duration.matchAll(/(\d+(?:\.\d+)?)([hms]?)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1),
    0,
  );
}
