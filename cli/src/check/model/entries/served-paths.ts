import type { State } from '../state.js';
import { entriesOf, pathsOf } from './entries.js';
import type { ServedPath } from './served-path.js';

/** The most parts of a path, or of a host, that are looked up as paths or hosts of their own. */
const MAX_PARTS = 100;

/** Paths that are served, that can be searched without going through all of them. */
export class ServedPaths {
  /** By family and host, and by what is served of it, the Services behind it. */
  private readonly hosts = new Map<string, Map<string, Set<string>>>();

  constructor(paths: readonly ServedPath[]) {
    for (const { family, host, path, isPrefix, condition, isUnsure, services } of paths) {
      const key = hostKey(family, host);
      const served = this.hosts.get(key) ?? new Map<string, Set<string>>();
      this.hosts.set(key, served);
      const whole = isUnsure ? '/' : path;
      const pathKeys =
        isPrefix || isUnsure
          ? [alone(whole), withBelow(whole), below(whole.replace(/\/$/, ''))]
          : [alone(path)];
      for (const pathKey of pathKeys) {
        const conditioned = `${isUnsure ? '' : condition} ${pathKey}`;
        const known = served.get(conditioned) ?? new Set();
        served.set(conditioned, known);
        for (const service of services) {
          known.add(service);
        }
      }
    }
  }

  /** Whether a host, which may be * or begin with *, is served: by itself, by * or by one that begins with *. */
  hasHost({ family, host }: Pick<ServedPath, 'family' | 'host'>): boolean {
    return hostsOver(family, host).some((other) => this.hosts.has(hostKey(family, other)));
  }

  /** The Services that get the requests to a path; none if it is not served. */
  servicesFor({ family, host, path, isPrefix, condition }: ServedPath): readonly ReadonlySet<string>[] {
    const keys = [isPrefix ? withBelow(path) : alone(path)];
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (keys.push(below(path.slice(0, slash))) > MAX_PARTS) {
        break;
      }
    }
    const conditions = new Set(['', condition]);
    return hostsOver(family, host).flatMap((other) => {
      const served = this.hosts.get(hostKey(family, other));
      return served === undefined
        ? []
        : [...conditions].flatMap((one) => keys.flatMap((key) => served.get(`${one} ${key}`) ?? []));
    });
  }
}

/** What is served when manifests are applied: what is in them, and what stays of the old state. */
export function servedAfter(from: State, to: State): ServedPaths {
  const kept = entriesOf(from).filter((old) => to.find(old) === undefined && !to.deletes(old));
  return new ServedPaths([...entriesOf(to), ...kept].flatMap(pathsOf));
}

/** A host and all that stand for it. In an Ingress, * is one part of a name; elsewhere it may be more. */
function hostsOver(family: string, host: string): readonly string[] {
  const parts = host.split('.').slice(0, MAX_PARTS);
  const most = family === 'Ingress' ? Math.min(1, parts.length - 1) : parts.length - 1;
  const wildcards = parts.slice(0, most).map((_, index) => `*.${parts.slice(index + 1).join('.')}`);
  return [...new Set([host, ...wildcards, '*'])];
}

function hostKey(family: string, host: string): string {
  return `${family} ${host}`;
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
