import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Manifest } from '../../../test/helpers';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';

/** How to reach an API server, as plain values that can be handed to another process. */
export interface Access {
  version: string;
  /** On 127.0.0.1. */
  port: number;
  ca: string;
  cert: string;
  key: string;
}

/** What an API server answered. */
export interface Answer {
  status: number;
  body: Manifest;
  warnings: string[];
}

/** How an API server calls the objects of a kind, and whether they are in namespaces. */
interface Resource {
  name: string;
  namespaced: boolean;
}

/** An API server does not serve the version or the kind of an object. */
export class NotServedError extends Error {}

/** Sends objects to an API server and asks it to be strict. */
export class ApiServer {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<Resource>>();

  constructor(private readonly access: Access) {
    const { ca, cert, key } = access;
    this.agent = new Agent({ keepAlive: true, maxSockets: 8, ca, cert, key });
  }

  get version(): string {
    return this.access.version;
  }

  /** As `kubectl create` does, and `kubectl apply` for what is not there yet; without a namespace in the whole cluster. */
  async create(object: Manifest, namespace?: string, { dryRun = false } = {}): Promise<Answer> {
    const collection = await this.collection(object, namespace);
    return this.send('POST', `${collection}?${query({ dryRun })}`, object);
  }

  /** As `kubectl apply --server-side --force-conflicts` does. */
  async apply(object: Manifest, namespace?: string, { dryRun = false } = {}): Promise<Answer> {
    const path = `${await this.collection(object, namespace)}/${object.metadata.name}`;
    return this.send(
      'PATCH',
      `${path}?${query({ dryRun, force: 'true' })}`,
      object,
      'application/apply-patch+yaml',
    );
  }

  /** Deletes an object, and does not wait until it is gone. */
  async remove(object: Manifest, namespace: string): Promise<Answer> {
    const path = `${await this.collection(object, namespace)}/${object.metadata.name}`;
    return this.send('DELETE', `${path}?propagationPolicy=Background`);
  }

  /** Creates a cluster-scoped object. */
  async mustCreate(object: Manifest): Promise<void> {
    const { status, body } = await this.send('POST', `${await this.collection(object)}?${query({})}`, object);
    if (status !== 201) {
      throw new Error(`kube-apiserver ${this.version}: ${body.message}`);
    }
  }

  /** GETs a path. */
  async get(path: string): Promise<Manifest> {
    const body = await this.find(path);
    if (body === undefined) {
      throw new Error(`kube-apiserver ${this.version}: ${path} is not there`);
    }
    return body;
  }

  /** GETs a path at which there may be nothing. */
  async find(path: string): Promise<Manifest | undefined> {
    const { status, body } = await this.send('GET', path);
    if (status !== 200 && status !== 404) {
      throw new Error(`kube-apiserver ${this.version}: ${path}: ${body.message}`);
    }
    return status === 200 ? body : undefined;
  }

  /** Path of all objects of the same kind. */
  private async collection({ apiVersion, kind }: Manifest, namespace?: string): Promise<string> {
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const id = `${group} ${kind}`;
    const known = this.resources.get(id) ?? this.resource(group, kind);
    this.resources.set(id, known);
    // A kind that is not known yet may be known at the next request.
    known.catch(() => this.resources.delete(id));
    const { name, namespaced } = await known;
    return `${group}/${namespaced && namespace !== undefined ? `namespaces/${namespace}/` : ''}${name}`;
  }

  private async resource(group: string, kind: string): Promise<Resource> {
    const { resources = [] } = (await this.find(group)) ?? {};
    const found = resources.find((each: Manifest) => each.kind === kind && !each.name.includes('/'));
    if (!found) {
      throw new NotServedError(`kube-apiserver ${this.version}: ${group} has no ${kind}`);
    }
    return found;
  }

  private async send(
    method: string,
    path: string,
    body?: Manifest,
    contentType = 'application/json',
  ): Promise<Answer> {
    const { port } = this.access;
    const sent = request({
      method,
      host: '127.0.0.1',
      port,
      path,
      agent: this.agent,
      headers: { accept: 'application/json', 'content-type': contentType },
      signal: AbortSignal.timeout(WITHOUT_CLUSTER_TIMEOUTS.apiServerAnswers * 1000),
    });
    sent.end(body && JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return {
      status: response.statusCode ?? 0,
      body: bodyOf(await text(response)),
      warnings: warningsOf(response),
    };
  }
}

function query({ dryRun, ...others }: { dryRun?: boolean; force?: string }): string {
  const fixed = { fieldValidation: 'Strict', fieldManager: 'test' };
  return String(new URLSearchParams({ ...fixed, ...others, ...(dryRun ? { dryRun: 'All' } : {}) }));
}

/** Answers are objects, except a few that are plain text, such as the one for an unknown path. */
function bodyOf(answer: string): Manifest {
  return answer.startsWith('{') ? JSON.parse(answer) : { message: answer };
}

/** The texts of the headers that are written as `Warning: 299 - "text"`. */
function warningsOf({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders
    .filter((_, i) => i % 2 === 1 && rawHeaders[i - 1].toLowerCase() === 'warning')
    .map((header) => header.replace(/^299 \S+ "(.*)"$/, '$1').replaceAll('\\"', '"'));
}
