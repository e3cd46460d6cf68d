import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../helpers';
import { EXAMPLES } from '../support/examples';

/** The control: manifests as people write them, which are to drop requests. */
const CONTROL = 'article';

/** The objects of one chart of an example. */
export class Application {
  readonly deployment: Manifest;
  readonly podSpec: Manifest;
  readonly containers: Manifest[];

  constructor(
    readonly name: string,
    private readonly objects: Manifest[],
  ) {
    [this.deployment] = this.all('Deployment');
    this.podSpec = this.deployment.spec.template.spec;
    this.containers = [...(this.podSpec.initContainers ?? []), ...this.podSpec.containers];
  }

  get podLabels(): Record<string, string> {
    return this.deployment.spec.template.metadata.labels;
  }

  /** The containers that serve: those of the pod and its native sidecars, without those that only prepare it. */
  get serving(): Manifest[] {
    return this.containers.filter(
      (container) => container.restartPolicy === 'Always' || this.podSpec.containers.includes(container),
    );
  }

  /** All objects of a kind. */
  all(kind: string): Manifest[] {
    return this.objects.filter((object) => object.kind === kind);
  }
}

/** Every file of manifests of the examples, but for those of the control. */
export function manifestFiles(): string[] {
  return readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== CONTROL)
    .flatMap(({ name }) => {
      const folder = join(EXAMPLES, name, 'manifests');
      return readdirSync(folder).map((file) => join(folder, file));
    });
}

/** The applications of all examples, but for those of the control. */
export function applications(): Application[] {
  return manifestFiles().map((file) => {
    const documents = parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' });
    return new Application(
      file.slice(EXAMPLES.length + 1),
      documents.map((document) => document.toJS()),
    );
  });
}
