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
      const [name, ...columns] = line.trim().split(/\s+/);
      const [apiVersion, isNamespaced, kind] = columns.slice(-3);
      if (!['true', 'false'].includes(isNamespaced)) {
        continue;
      }
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
