import { groupOf } from '../read/object.js';

/** A kind that a cluster serves. */
export interface ServedKind {
  /** Its name in URLs and in permissions, with its group: deployments.apps. */
  readonly resource: string;
  /** The version that the cluster prefers. */
  readonly apiVersion: string;
  readonly isNamespaced: boolean;
}

/** The kinds that a cluster serves, by group and kind. */
export class ServedKinds {
  private readonly byName = new Map<string, ServedKind>();

  /** @param table what `kubectl api-resources --no-headers` prints: name, short names if any, version, namespaced, kind */
  constructor(table: string) {
    for (const line of table.split('\n')) {
      const [, name, apiVersion, isNamespaced, kind] =
        /^(\S+)\s.*?(\S+)\s+(true|false)\s+(\S+)\s*$/.exec(line) ?? [];
      if (name === undefined) continue;
      const group = groupOf(apiVersion);
      const resource = group === '' ? name : `${name}.${group}`;
      this.byName.set(`${group}/${kind}`, { resource, apiVersion, isNamespaced: isNamespaced === 'true' });
    }
  }

  /** A kind; none if the cluster does not know it. */
  find({ group, kind }: { readonly group: string; readonly kind: string }): ServedKind | undefined {
    return this.byName.get(`${group}/${kind}`);
  }
}
