/** A path of a host that an Ingress or a route serves. */
export interface ServedPath extends Match {
  /** Only others of its family stand in for it, as those of another one have another address. */
  readonly family: string;
  /** The host, * if none is written. */
  readonly host: string;
}

/** Which requests are served, and by whom, whatever their host is. */
export interface Match {
  readonly path: string;
  /** Whether the path is the start of those that are served. */
  readonly isPrefix: boolean;
  /** What else a request has to have, such as a header: the same text for the same, empty for nothing. */
  readonly condition: string;
  /** Whether it is unknown which paths are served, as with a regular expression: it may be any of them. */
  readonly isUnsure: boolean;
  /** The Services behind it as namespace/name; none if it is something else. */
  readonly services: readonly string[];
}

/** Everything, under any condition. */
export const ALL: Match = { path: '/', isPrefix: true, condition: '', isUnsure: false, services: [] };

/** The most hosts of one route whose paths are told apart, and the most Services of a path; Gateway API takes no more. */
const MAX_HOSTS = 16;
const MAX_SERVICES = 16;

/** The paths of hosts, of which none means all. */
export function pathsOfHosts(
  family: string,
  hosts: readonly string[],
  matches: readonly Match[],
): readonly ServedPath[] {
  const all = hosts.length > 0 ? hosts : ['*'];
  if (all.length > MAX_HOSTS && matches.length > 1) {
    const services = [...new Set(matches.flatMap((match) => match.services))];
    return pathsOfHosts(family, all, [{ ...ALL, isUnsure: true, services }]);
  }
  return all.flatMap((host) =>
    matches.map((match) => ({ ...match, family, host, services: match.services.slice(0, MAX_SERVICES) })),
  );
}

/** The name of a Service in paths. */
export function serviceName(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
