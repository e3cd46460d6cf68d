import { isIP } from 'node:net';
import { HttpPath } from '../../../http-path';
import { checkEach, Refusal } from '../../refusals/refusal';

/** Source: Kubernetes' and the Gateway API's rule for a host: RFC 1123, also with `*.` in front. */
const HOST = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
/** Source: the Gateway API's rule for the value of a path, which is stricter than that of an Ingress. */
const PATH = /^(?=.{1,1024}$)\/([\w.~!$&'()*+,;=:@/-]|%[\da-fA-F]{2})*$/;
/** Source: the same, and Kubernetes' rule for the path of an Ingress. */
const AMBIGUOUS_PATH = /\/\/|\/\.{1,2}(\/|$)|%2f/i;

const EVERY_PATH = [HttpPath.prefix('/')];

/**
 * The paths that lead to the Service.
 */
export function pathsOf({ paths = EVERY_PATH }: { readonly paths?: HttpPath[] }): HttpPath[] {
  return paths;
}

/**
 * Refuses what is not the name of a host.
 */
export function checkHostnames(hostnames?: string[]): void {
  if (!hostnames) {
    return;
  }
  checkNotEmpty('exposure.hostnames', hostnames, 'host');
  checkEach(hostnames, (host, i) => {
    const prop = `exposure.hostnames[${i}]`;
    // cdk8s-plus-27 keeps rules in a plain object, in which a host named `constructor` seems to be there already.
    if (!HOST.test(host) || isIP(host) !== 0 || host in {}) {
      throw new Refusal(
        prop,
        JSON.stringify(host),
        'it is not the name of a host, so the API server refuses it',
        "Write for example 'shop.example.com' or '*.example.com'",
      );
    }
    checkFirst(prop, host, hostnames.indexOf(host) === i);
  });
}

/**
 * Refuses what is not the path of a URL. What a path of type ImplementationSpecific means is the controller's business,
 * as long as it is absolute.
 */
export function checkPaths(options: { readonly paths?: HttpPath[] }): void {
  const paths = pathsOf(options);
  checkNotEmpty('exposure.paths', paths, 'path');
  checkEach(paths, ({ _factory: factory, _path: path }, i) => {
    const prop = `exposure.paths[${i}]`;
    const free = factory === 'implementationSpecific' && path.startsWith('/');
    if (!free && (!PATH.test(path) || AMBIGUOUS_PATH.test(path))) {
      throw new Refusal(
        prop,
        JSON.stringify(path),
        'it is not an absolute path with one meaning, so the API server refuses it',
        `Write for example HttpPath.prefix('/') or HttpPath.${factory}('/shop')`,
      );
    }
    checkFirst(prop, path, paths.findIndex((other) => other._path === path) === i);
  });
}

/** Refuses an empty list, which takes every request: most likely it was meant to be filled. */
function checkNotEmpty(prop: string, list: readonly unknown[], what: string): void {
  if (list.length === 0) {
    throw new Refusal(
      prop,
      '[]',
      `without any ${what} the requests of every ${what} would be taken`,
      `Write at least one ${what}, or leave the option out if every ${what} is meant`,
    );
  }
}

function checkFirst(prop: string, value: string, isFirst: boolean): void {
  if (!isFirst) {
    throw new Refusal(prop, JSON.stringify(value), 'it is listed twice', 'List each once');
  }
}
