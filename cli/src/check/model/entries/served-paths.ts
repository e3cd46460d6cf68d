import { pathsOf, type IngressPath } from './ingress.js';
import type { State } from './state.js';

/** The most parts of a path that are looked up as paths of their own. */
const MAX_SLASHES = 100;

/** Paths that Ingresses serve, that can be searched without going through all of them. */
export class ServedPaths {
  /** By host and by what is served of it, the Services behind it. */
  private readonly hosts = new Map<string, Map<string, Set<string | undefined>>>();

  constructor(paths: readonly IngressPath[]) {
    for (const { host, path, isPrefix, service } of paths) {
      const served = this.hosts.get(host) ?? new Map<string, Set<string | undefined>>();
      this.hosts.set(host, served);
      const keys = isPrefix ? [alone(path), withBelow(path), below(path.replace(/\/$/, ''))] : [alone(path)];
      for (const key of keys) {
        const services = served.get(key);
        if (services === undefined) {
          served.set(key, new Set([service]));
        } else {
          services.add(service);
        }
      }
    }
  }

  /** Whether a host, which may be * or begin with *, is served: by itself, by * or by one that begins with *. */
  hasHost(host: string): boolean {
    return hostsOver(host).some((other) => this.hosts.has(other));
  }

  /** The Services that get the requests to a path; none if it is not served. */
  servicesFor({ host, path, isPrefix }: IngressPath): readonly ReadonlySet<string | undefined>[] {
    const keys = [isPrefix ? withBelow(path) : alone(path)];
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (keys.push(below(path.slice(0, slash))) > MAX_SLASHES) {
        break;
      }
    }
    return hostsOver(host).flatMap((other) => {
      const served = this.hosts.get(other);
      return served === undefined ? [] : keys.flatMap((key) => served.get(key) ?? []);
    });
  }
}

/** What Ingresses serve when manifests are applied: those in them, and those of the old state that stay. */
export function servedAfter(from: State, to: State): ServedPaths {
  const [old, ingresses] = [from, to].map((state) => state.ofKind('networking.k8s.io', 'Ingress'));
  const kept = old.filter((ingress) => to.find(ingress) === undefined && !to.deletes(ingress));
  return new ServedPaths([...ingresses, ...kept].flatMap(pathsOf));
}

function hostsOver(host: string): readonly string[] {
  const wildcard = host.replace(/^[^.]+/, '*');
  return [...new Set([host, ...(wildcard.startsWith('*.') ? [wildcard] : []), '*'])];
}

/** Keys for what is served: a path alone, a path with all below it, and only what is below a path. */
function alone(path: string): string {
  return `path ${path}`;
}

function withBelow(path: string): string {
  return `prefix ${path}`;
}

function below(path: string): string {
  return `below ${path}`;
}
