const FORBIDDEN =
  /is forbidden: User ".*" cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;

/** Whether a line of kubectl says that a permission is missing. */
export function isForbidden(line: string): boolean {
  return FORBIDDEN.test(line);
}

/** The permissions that kubectl did not have, each once: verb, resource and namespace, and what to grant. */
export function missingPermissions(stderr: string): readonly string[] {
  const missing = stderr.split('\n').flatMap((line) => {
    const [, verb, name, group, namespace] = FORBIDDEN.exec(line) ?? [];
    if (verb === undefined) {
      return [];
    }
    const resource = group === '' ? name : `${name}.${group}`;
    const where = namespace === undefined ? 'in the cluster' : `in namespace ${namespace}`;
    return [`no permission to ${verb} ${resource} ${where}; grant the verb ${verb} on ${resource}`];
  });
  return [...new Set(missing)].sort();
}
