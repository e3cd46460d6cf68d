import { at, fields } from '../../../cli/src/check/read/fields';
import { title, type ManifestObject } from '../../../cli/src/check/read/object';
import type { Manifest } from '../../../test/helpers';
import { waitFor } from '../../cluster/wait';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';
import { type ApiServer, NotServedError } from './api-server';

/**
 * The API server would ask webhooks and other servers about every object, and nothing here answers. A pod needs a ServiceAccount
 * that a controller makes, and none runs here.
 */
const LEFT_OUT = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService', 'Pod'];

/** Helm deletes a hook before it makes it anew. */
const HOOK = 'helm.sh/hook';

/** Groups of Kubernetes itself. Kinds of others are known only where their definition is applied. */
const OWN_GROUP = /^[^.]*$|^(?!gateway\.|policy\.networking\.|snapshot\.).*\.k8s\.io$/;

/** The manifests of a release on an API server, in namespaces of their own: there is no controller that would empty one. */
export class Release {
  private readonly objects: readonly ManifestObject[];

  /** @param suffix of the namespaces */
  constructor(
    private readonly server: ApiServer,
    objects: readonly ManifestObject[],
    private readonly suffix: string,
  ) {
    this.objects = objects.filter(
      ({ kind, isNewEachTime, body }) =>
        !LEFT_OUT.includes(kind) && !isNewEachTime && at(body, 'metadata', 'annotations', HOOK) === undefined,
    );
  }

  /** Applies all objects and returns what the API server says about those that it refuses, by their titles. */
  async apply(): Promise<ReadonlyMap<string, string>> {
    for (const name of new Set(this.objects.map((object) => this.namespaceOf(object)))) {
      await this.server.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    const refused = new Map<string, string>();
    for (const object of this.inOrder()) {
      const why = await this.applyOne(object);
      if (why !== undefined) {
        refused.set(title(object), why);
      }
    }
    return refused;
  }

  /** Deletes everything but the namespaces. */
  async remove(): Promise<void> {
    for (const object of this.inOrder().filter(({ kind }) => kind !== 'Namespace')) {
      await this.server.remove(object.body, this.namespaceOf(object)).catch(ignoreNotServed);
    }
    for (const definition of this.objects.filter(isDefinition)) {
      await this.until(`${definition.name} is gone`, async () => (await this.find(definition)) === undefined);
    }
  }

  private inOrder(): readonly ManifestObject[] {
    const isFirst = (object: ManifestObject) => object.kind === 'Namespace' || isDefinition(object);
    return [...this.objects.filter(isFirst), ...this.objects.filter((object) => !isFirst(object))];
  }

  private async applyOne(object: ManifestObject): Promise<string | undefined> {
    const { body, kind, name, group } = object;
    const placed = {
      ...body,
      metadata: {
        ...fields(body.metadata),
        ...(kind === 'Namespace' ? { name: name + this.suffix } : { namespace: undefined }),
      },
    } as Manifest;
    try {
      const answer = await this.server.apply(placed, this.namespaceOf(object));
      if (answer.status >= 400) {
        return answer.body.message;
      }
    } catch (error) {
      ignoreNotServed(error);
      return OWN_GROUP.test(group) ? (error as Error).message : undefined;
    }
    if (isDefinition(object)) {
      await this.until(`${name} is served`, async () => isEstablished(await this.find(object)));
    }
    return undefined;
  }

  private namespaceOf({ namespace }: ManifestObject): string {
    return (namespace || 'default') + this.suffix;
  }

  private find(definition: ManifestObject): Promise<Manifest | undefined> {
    return this.server.find(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definition.name}`);
  }

  private async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    await waitFor(what, WITHOUT_CLUSTER_TIMEOUTS.customResourcesPublished, isSo);
  }
}

function isDefinition({ kind }: ManifestObject): boolean {
  return kind === 'CustomResourceDefinition';
}

function isEstablished(definition?: Manifest): boolean {
  const conditions: Manifest[] = definition?.status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}

function ignoreNotServed(error: unknown): void {
  if (!(error instanceof NotServedError)) {
    throw error;
  }
}
