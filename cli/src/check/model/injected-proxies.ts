import { fields, text, type Fields } from '../read/fields.js';
import type { Pod } from './pod.js';

/** Who puts a proxy into pods, what asks for it, and how long the proxy goes on when its pod ends. */
interface Injector {
  readonly name: string;
  /** Of the pod. */
  readonly asked: { readonly key: string; readonly value: RegExp };
  /** The label or annotation of a namespace that asks for it in all of its pods. */
  readonly ofNamespace?: { readonly key: string; readonly value: RegExp };
  readonly seconds: (texts: Texts) => number;
  /** What to write on the pods. */
  readonly fix: (seconds: number) => string;
}

type Texts = ReadonlyMap<string, string>;

/** The proxies that end before the application, each with its defaults. The construct knows them too, with its own fixes. */
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
    fix: (seconds) => `proxy.istio.io/config with terminationDrainDuration: ${seconds}s or more`,
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
    fix: (seconds) => `config.alpha.linkerd.io/proxy-wait-before-exit-seconds: '${seconds}' or more`,
  },
  // https://docs.dapr.io/reference/arguments-annotations-overview/
  {
    name: 'Dapr',
    asked: { key: 'dapr.io/enabled', value: /^true$/ },
    seconds: (texts) => secondsOf(texts.get('dapr.io/block-shutdown-duration')) ?? 0,
    fix: (seconds) => `dapr.io/block-shutdown-duration: '${seconds}s' or more`,
  },
  // https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels
  {
    name: 'Consul',
    asked: { key: 'consul.hashicorp.com/connect-inject', value: /^true$/ },
    ofNamespace: { key: 'connect-inject', value: /^enabled$/ },
    seconds: (texts) => {
      const prefix = 'consul.hashicorp.com/';
      return texts.get(`${prefix}enable-sidecar-proxy-lifecycle`) === 'false'
        ? 0
        : (secondsOf(texts.get(`${prefix}sidecar-proxy-lifecycle-shutdown-grace-period-seconds`)) ?? 30);
    },
    fix: (seconds) =>
      `consul.hashicorp.com/sidecar-proxy-lifecycle-shutdown-grace-period-seconds: '${seconds}' or more`,
  },
];

/** A proxy that is put into a pod and ends before its application. */
export interface EarlyProxy {
  /** The label or annotation that asks for it. */
  readonly key: string;
  /** Where that is written; none if it is on the namespace. */
  readonly place?: 'labels' | 'annotations';
  readonly name: string;
  readonly seconds: number;
  readonly fix: string;
}

/**
 * The proxies that end before an application which waits so many seconds.
 *
 * @param namespaces the metadata of the Namespaces in which the pod may be
 */
export function earlyProxies(
  { metadata }: Pod,
  namespaces: readonly Fields[],
  wait: number,
): readonly EarlyProxy[] {
  const [labels, annotations] = [textsIn(metadata.labels), textsIn(metadata.annotations)];
  const texts: Texts = new Map([...annotations, ...labels]);
  return INJECTORS.flatMap(({ name, asked, ofNamespace, seconds, fix }) => {
    const own = texts.get(asked.key);
    const isOfNamespace =
      own === undefined &&
      ofNamespace !== undefined &&
      namespaces.some((one) =>
        [one.labels, one.annotations].some((all) =>
          ofNamespace.value.test(textsIn(all).get(ofNamespace.key) ?? ''),
        ),
      );
    if ((!asked.value.test(own ?? '') && !isOfNamespace) || seconds(texts) >= wait) {
      return [];
    }
    const place = labels.has(asked.key) ? 'labels' : 'annotations';
    return [
      {
        key: isOfNamespace ? ofNamespace.key : asked.key,
        ...(isOfNamespace ? {} : { place }),
        ...{ name, seconds: seconds(texts), fix: fix(wait) },
      } as const,
    ];
  });
}

function textsIn(value: unknown): Texts {
  const texts = Object.entries(fields(value)).flatMap(([key, one]): [string, string][] =>
    text(one) === undefined ? [] : [[key, String(one)]],
  );
  return new Map(texts);
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
