import { type Change, Manifests } from '../manifests/manifests';

/** The article's application as our construct deploys it; it starts in 20 s and exits at once on SIGTERM. */
export async function myapp(version: 1 | 2, change: Change = {}): Promise<Manifests> {
  return (await Manifests.of('myapp', `myapp-v${version}`)).with(change);
}

/** The same with a start of 3 s, for scenarios that are not about the start. */
export async function quickMyapp(version: 1 | 2, change: Change = {}): Promise<Manifests> {
  return myapp(version, quick(change));
}

/** The same with an initial delay of readiness of 30 s and a drain of 100 s. */
export async function careful(version: 1 | 2, change: Change = {}): Promise<Manifests> {
  return (await Manifests.of('careful-release', `careful-v${version}`)).with(quick(change));
}

const DEBIAN_HAPROXY: Change = { drainProxyImage: 'haproxy-debian:2.6.12' };

/** The same behind a drain proxy, HAProxy from Debian. */
export async function drainProxy(version: 1 | 2, change: Change = {}): Promise<Manifests> {
  const example = await Manifests.of('drain-proxy', `drain-proxy-v${version}`);
  return example.with(quick({ ...DEBIAN_HAPROXY, ...change }));
}

/** The same for HTTP/2. */
export async function drainProxyHttp2(version: 1 | 2, change: Change = {}): Promise<Manifests> {
  const example = await Manifests.of('drain-proxy', `drain-proxy-http2-v${version}`);
  return example.with(quick({ ...DEBIAN_HAPROXY, ...change }));
}

/** The same with HTTPS, a migration, a sidecar and a NetworkPolicy. */
export async function https(version: 1 | 2, certificate: object): Promise<Manifests> {
  return (await Manifests.of('https', `https-v${version}`)).with(quick({})).plus(certificate);
}

/** The same with version 1 of its image; the configuration decides which version it says it is. */
export async function configured(version: 1 | 2, change: Change = {}): Promise<Manifests> {
  return (await Manifests.of('config', `config-v${version}`)).with(quick(change));
}

/** The same with an autoscaler, or with the fixed 4 pods that an autoscaler takes over. */
export async function autoscaled(
  chart: 'fixed' | 'autoscaled-v1' | 'autoscaled-v2',
  change: Change = {},
): Promise<Manifests> {
  return (await Manifests.of('autoscaling', chart)).with(quick(change));
}

/** The article's application as the article deploys it. */
export async function article(
  manifest: 'naive' | 'fixed',
  version: 1 | 2,
  change: Change = {},
): Promise<Manifests> {
  return (await Manifests.of('article', `${manifest}-v${version}`)).with(change);
}

function quick(change: Change): Change {
  return { ...change, env: { START_DELAY: '3s', ...change.env } };
}
