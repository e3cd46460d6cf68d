import { once } from '../model/values/once.js';
import { ANYTHING, mapOf, type Shape } from './shape.js';
import { API_VERSIONS, fieldsOf, kindsOf, type Entries, type Entry } from './table.js';

/** What the API servers of a minor version of Kubernetes take. */
export class KubernetesApi {
  /** Such as Kubernetes 1.37. */
  readonly title: string;

  constructor(private readonly minor: number) {
    this.title = `Kubernetes 1.${minor}`;
  }

  /** Whether a kind is served. */
  serves(apiVersion: string, kind: string): boolean {
    return this.among(kindsOf(apiVersion), kind) !== undefined;
  }

  /** The shape of a kind; none if it is not served. */
  shapeOf(apiVersion: string, kind: string): Shape | undefined {
    const served = this.among(kindsOf(apiVersion), kind);
    return served && this.inField(served);
  }

  /** When another version of Kubernetes serves a kind, as in `not yet (1.34 is the first that does)`. */
  whenServed(apiVersion: string, kind: string): string | undefined {
    return this.when(kindsOf(apiVersion), kind);
  }

  /** The versions of an API group that have a kind: the stable ones, or else all. */
  versionsWith(group: string, kind: string): readonly string[] {
    return preferred(versionsOfGroup(group).filter((one) => this.serves(one, kind)));
  }

  /** The metadata of every object. */
  get metadata(): Shape {
    return this.shape('meta.v1.ObjectMeta');
  }

  private readonly shape = once((type: string): Shape => {
    const entries = fieldsOf(type);
    const names = [...entries.keys()].filter((name) => this.among(entries, name) !== undefined);
    // Types contain themselves, so what is in a field is looked up when it is asked for.
    const fields = new Map<string, Shape>();
    return {
      field: (name) => {
        const known = fields.get(name);
        const entry = known === undefined ? this.among(entries, name) : undefined;
        if (entry === undefined) {
          return known;
        }
        const shape = this.inField(entry);
        fields.set(name, shape);
        return shape;
      },
      names,
      whenKnown: (name) => this.when(entries, name),
    };
  });

  private readonly inField = once(({ type, isMap }: Entry): Shape => {
    const shape = type === undefined ? ANYTHING : this.shape(type);
    return isMap ? mapOf(shape) : shape;
  });

  private among(entries: Entries, name: string): Entry | undefined {
    return entries.get(name)?.find(({ from, to }) => from <= this.minor && this.minor <= to);
  }

  private when(entries: Entries, name: string): string | undefined {
    const others = entries.get(name) ?? [];
    const next = others.find(({ from }) => from > this.minor);
    if (next !== undefined) {
      return `not yet (1.${next.from} is the first that does)`;
    }
    const last = others[others.length - 1];
    return last && `no more (1.${last.to} was the last that did)`;
  }
}

/** Whether some version of Kubernetes that is known serves a kind. */
export function isServedKind(apiVersion: string, kind: string): boolean {
  return kindsOf(apiVersion).has(kind);
}

/** The versions of an API group that some version of Kubernetes serves; with a kind, those that have it, stable ones if any. */
export function versionsOfGroup(group: string, kind?: string): readonly string[] {
  const versions = API_VERSIONS.filter((apiVersion) =>
    group === '' ? !apiVersion.includes('/') : apiVersion.startsWith(`${group}/`),
  );
  return kind === undefined ? versions : preferred(versions.filter((one) => isServedKind(one, kind)));
}

function preferred(apiVersions: readonly string[]): readonly string[] {
  const stable = apiVersions.filter((apiVersion) => /(?:^|\/)v\d+$/.test(apiVersion));
  return stable.length > 0 ? stable : apiVersions;
}
