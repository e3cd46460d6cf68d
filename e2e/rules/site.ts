import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments, stringify } from 'yaml';
import type { Client, Cluster } from '../cluster/cluster';
import { CommandError, succeeds } from '../cluster/shell';
import { NODES } from '../cluster/topology';
import { waitFor } from '../cluster/wait';
import { deployIngressController } from '../ingress/controller';
import type { LoadProfile } from '../load/profile';
import { PROOF_LABEL } from '../proof/clean-up';

// The objects are whatever a rule's manifests make of them.
type KubeObject = any; // eslint-disable-line @typescript-eslint/no-explicit-any

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Every time limit of a trial, in seconds. */
export const LIMITS = { available: 60, address: 30, answer: 40, ready: 60, rollout: 90, podsGone: 60 };

/** What an API server refused. */
export class Refused extends Error {}

/** What did not come to its end within its time limit. */
export class Stuck extends Error {}

/** Reads the objects of a manifest beside a rule. */
export function readObjects(file: string): KubeObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJSON());
}

/** Whether requests are to come through an ingress controller. */
export function hasIngress(objects: readonly KubeObject[]): boolean {
  return objects.some(isIngress);
}

/** Where load goes, and comes from. */
export interface Target {
  readonly url: string;
  readonly client: Client;
  /** The host that requests name, which an Ingress is for; none if it is the URL's. */
  readonly host?: string;
  /** The Service whose address is in the URL; none if that is the ingress controller's. */
  readonly service?: { readonly name: string; readonly address: string };
}

/** The load for a target: behind an Ingress, only what is below its path has an answer. */
export function loadFor({ url, host }: Pick<Target, 'url' | 'host'>, load: LoadProfile): LoadProfile {
  if (host === undefined) {
    return load;
  }
  const slowPath = posix.join(new URL(url).pathname, load.slowPath);
  return { ...load, slowPath, request: [...load.request, '--header', `Host: ${host}`] };
}

/** A namespace with a rule's manifests, and what can be done to them. */
export class Site {
  /** What is applied now. */
  private objects: KubeObject[] = [];
  /** Of the ingress controller that serves the namespace. */
  private ingressAddress?: string;

  /**
   * @param next the manifests that an upgrade is to; the same for a rule about one state
   * @param env environment variables of every container
   */
  constructor(
    readonly cluster: Cluster,
    readonly namespace: string,
    readonly next: readonly KubeObject[],
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  /** kubectl in the site's namespace. */
  kubectl(...args: string[]): Promise<string> {
    return this.cluster.kubectl(['--namespace', this.namespace, ...args]);
  }

  /** Makes the namespace. */
  async create(): Promise<void> {
    const labels = { [PROOF_LABEL]: '', 'pod-security.kubernetes.io/enforce': 'privileged' };
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.namespace, labels } };
    await this.cluster.kubectl(['create', '--filename', '-'], JSON.stringify(object));
  }

  /** Has the Ingresses of the namespace served. */
  async openIngress(): Promise<void> {
    this.ingressAddress = await deployIngressController(this.cluster, this.namespace);
  }

  /**
   * Applies manifests and deletes what is no longer in them, as a tool with pruning does.
   * @throws Refused with what the API server said; what it did not refuse is applied all the same
   */
  async apply(objects: readonly KubeObject[]): Promise<void> {
    const before = this.objects;
    this.objects = objects.map((object) => this.here(structuredClone(object)));
    const yaml = this.objects.map((object) => stringify(object, { version: '1.1' })).join('---\n');
    const refusal = await this.cluster
      .kubectl(['--namespace', this.namespace, 'apply', '--filename', '-'], yaml)
      .then(() => undefined, refusalIn);
    const kept = new Set(this.objects.map(name));
    const gone = before.map(name).filter((old) => !kept.has(old));
    if (gone.length > 0) {
      await this.kubectl('delete', '--wait=false', '--ignore-not-found', ...gone);
    }
    if (refusal !== undefined) {
      throw new Refused(refusal);
    }
  }

  /** An object as it is applied here: in the site's namespace, and with what the application is like. */
  private here(object: KubeObject): KubeObject {
    const { kind, metadata } = object;
    if (kind === 'Namespace') {
      metadata.name = this.namespace;
    }
    if (metadata.namespace !== undefined) {
      metadata.namespace = this.namespace;
    }
    // `cleanUp` finds it by its label.
    if (kind === 'PriorityClass') {
      metadata.labels = { ...metadata.labels, [PROOF_LABEL]: '' };
    }
    return withEnv(object, this.env);
  }

  /** Makes a volume for every claim, as a storage class would: a folder of the node, which nothing is written to. */
  async provideVolumes(objects: readonly KubeObject[]): Promise<void> {
    for (const { kind, metadata, spec } of objects) {
      if (kind !== 'PersistentVolumeClaim') {
        continue;
      }
      const { accessModes, resources, storageClassName } = spec;
      const claimRef = { namespace: this.namespace, name: metadata.name };
      const volume = {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `${this.namespace}-${metadata.name}`, labels: { [PROOF_LABEL]: '' } },
        spec: {
          accessModes,
          capacity: resources.requests,
          storageClassName,
          claimRef,
          hostPath: { path: '/usr/share' },
        },
      };
      await this.cluster.kubectl(['create', '--filename', '-'], JSON.stringify(volume));
    }
  }

  /** Workloads of the manifests that are applied, as kubectl calls them. */
  workloads(): string[] {
    return this.objects.filter(({ kind }) => WORKLOADS.includes(kind)).map(name);
  }

  /** Images of the new manifests, without their registry. */
  nextImages(): string[] {
    const pods = this.next
      .filter(({ kind }) => WORKLOADS.includes(kind))
      .map(({ spec }) => spec.template.spec);
    const images = pods.flatMap(({ containers }) => containers.map(({ image }: { image: string }) => image));
    return images.map((image) => image.replace(/^[^/]*\//, ''));
  }

  /**
   * Waits until so many pods of the first workload are ready.
   * @throws Stuck
   */
  async ready(pods: number): Promise<void> {
    const [workload] = this.workloads();
    const condition = `--for=jsonpath={.status.readyReplicas}=${pods}`;
    await this.kubectl('wait', workload, condition, `--timeout=${LIMITS.ready}s`).catch(() => {
      throw new Stuck(`not all ${pods} pods were ready after ${LIMITS.ready} s`);
    });
  }

  /**
   * Waits until the rollout of every workload is complete and no pod is left that has to go.
   * @throws Stuck
   */
  async complete(seconds = LIMITS.rollout): Promise<void> {
    for (const workload of this.workloads()) {
      await this.kubectl('rollout', 'status', workload, `--timeout=${seconds}s`).catch((error: Error) => {
        throw new Stuck(`after at most ${seconds} s, rollout of ${workload}: ${lastLine(error)}`);
      });
    }
    await this.podsGone();
  }

  /** Waits until no pod is left that has to go. */
  async podsGone(): Promise<void> {
    const leaving = (await this.pods()).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    if (leaving.length === 0) {
      return;
    }
    const names = leaving.map(({ metadata }) => `pod/${metadata.name}`);
    await this.kubectl('wait', '--for=delete', ...names, `--timeout=${LIMITS.podsGone}s`);
  }

  async pods(...options: string[]): Promise<KubeObject[]> {
    return JSON.parse(await this.kubectl('get', 'pods', '--output=json', ...options)).items;
  }

  /** Lets the load go on for a while. */
  async stays(seconds: number): Promise<void> {
    await sleep(seconds * 1000);
  }

  /** The address that a Service of the manifests has from a load balancer; none if it has none. */
  async address(service: string): Promise<string | undefined> {
    const path = '--output=jsonpath={.status.loadBalancer.ingress[0].ip}';
    return (await this.kubectl('get', 'service', service, '--ignore-not-found', path)) || undefined;
  }

  /**
   * The first path of the first Ingress, else the first Service that has a load balancer, whose address is waited for;
   * none if there is neither.
   */
  async target(): Promise<Target | undefined> {
    const { client } = this.cluster;
    const ingress = this.objects.find(isIngress);
    if (ingress !== undefined) {
      const [{ host, http }] = ingress.spec.rules;
      return { url: `http://${this.ingressAddress}${http.paths[0].path}`, client, host };
    }
    const service = this.objects.find(({ kind, spec }) => kind === 'Service' && spec.type === 'LoadBalancer');
    if (service === undefined) {
      return undefined;
    }
    const { name } = service.metadata;
    let address: string | undefined;
    await waitFor(`an address for service ${name}`, LIMITS.address * 1000, async () => {
      address = await this.address(name);
      return address !== undefined;
    });
    const url = `http://${address}:${service.spec.ports[0].port}/`;
    return { url, client, service: { name, address: address! } };
  }

  /** The cluster's own address of the first Service, asked for from a node that has no pod of the site. */
  async targetFromNode(): Promise<Target> {
    const { metadata, spec } = this.objects.find(({ kind }) => kind === 'Service');
    const address = await this.kubectl(
      'get',
      'service',
      metadata.name,
      '--output=jsonpath={.spec.clusterIP}',
    );
    const taken = (await this.pods()).map(({ spec }) => spec.nodeName);
    const free = NODES.find(({ name }) => !taken.includes(name));
    if (free === undefined) {
      throw new Error('every node has a pod');
    }
    return {
      url: `http://${address}:${spec.ports[0].port}/`,
      client: { namespace: free.namespace, addresses: [] },
    };
  }

  /** Waits until a target answers twenty times in a row: until every pod that gets requests serves. */
  async serves({ url, client, host }: Target): Promise<void> {
    const { namespace } = client;
    const header = host === undefined ? [] : ['--header', `Host: ${host}`];
    const ask = ['--silent', '--fail', '--max-time', '5', '--output', '/dev/null', ...header, url];
    const asks = Array.from({ length: 20 }, () => ask).flatMap((one, i) =>
      i === 0 ? one : ['--next', ...one],
    );
    const inClient = namespace ? ['ip', 'netns', 'exec', namespace] : [];
    const [command, ...args] = [...inClient, 'curl', '--fail-early', ...asks];
    await waitFor(`an answer from ${host ?? url}`, LIMITS.answer * 1000, () => succeeds(command, args));
  }
}

function isIngress({ kind }: KubeObject): boolean {
  return kind === 'Ingress';
}

function name({ apiVersion, kind, metadata }: KubeObject): string {
  const [group] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${metadata.name}`;
}

function withEnv(object: KubeObject, env: Readonly<Record<string, string>>): KubeObject {
  if (!WORKLOADS.includes(object.kind)) {
    return object;
  }
  for (const container of object.spec.template.spec.containers) {
    const others = (container.env ?? []).filter((one: { name: string }) => !(one.name in env));
    container.env = [...others, ...Object.entries(env).map(([key, value]) => ({ name: key, value }))];
  }
  return object;
}

/** What kubectl said last, without the command and the pod. */
export function lastLine(error: Error): string {
  return error.message
    .trim()
    .split('\n')
    .at(-1)!
    .replace(/^.*failed \(\w+\): /, '')
    .replace(/^error: /i, '')
    .replace(/^error when evicting \S+ -n \S+: /, '');
}

/** What the API server said against an object, in one line. */
function refusalIn(error: Error): string {
  if (!(error instanceof CommandError)) {
    throw error;
  }
  const [, said] =
    /((?:The .* is invalid|Error from server|The request is invalid)[\s\S]*)/.exec(error.message) ?? [];
  if (said === undefined) {
    throw error;
  }
  return said.replace(/\s+/g, ' ').trim();
}
