import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { run } from '../cluster/shell';
import { REPOSITORY } from '../cluster/paths';
import type { KubeObject } from './kube-object';

/** What a scenario changes in the manifests of an example. */
export interface Change {
  replicas?: number;
  /** Minimum of the autoscaler. */
  minReplicas?: number;
  image?: string;
  /** Environment variables of the application's container. */
  env?: Record<string, string>;
  loadBalancerClass?: string;
  externalTrafficPolicy?: 'Cluster' | 'Local';
  serviceType?: 'LoadBalancer';
  podAnnotations?: Record<string, string>;
  serviceAnnotations?: Record<string, string>;
  /** Path of the start-up and readiness probes. */
  readinessPath?: string;
  drainProxyImage?: string;
  /** CPU request of the container. */
  cpuRequest?: string;
}

/** The objects of one chart of an example, as `cdk8s synth` writes them. */
export class Manifests {
  private static readonly synthesized = new Map<string, Promise<Map<string, Manifests>>>();

  /** Returns a chart of an example, which is synthesized only once. */
  static async of(example: string, chart: string): Promise<Manifests> {
    const known = this.synthesized.get(example) ?? synthesize(example);
    this.synthesized.set(example, known);
    const found = (await known).get(chart);
    if (!found) {
      throw new Error(`the example ${example} has no chart ${chart}`);
    }
    return found;
  }

  /** The examples that were synthesized. */
  static get examples(): string[] {
    return [...this.synthesized.keys()];
  }

  constructor(private readonly objects: KubeObject[]) {}

  /** The name of the Deployment, which is the Service's too. */
  get name(): string {
    return this.find('Deployment').metadata.name;
  }

  /** Labels of its pods, as kubectl takes them. */
  get selector(): string {
    const { matchLabels } = this.find('Deployment').spec.selector;
    return Object.entries(matchLabels)
      .map(([key, value]) => `${key}=${value}`)
      .join();
  }

  /** The scheme of the Service's first port. */
  get scheme(): 'http' | 'https' {
    return this.find('Service').spec.ports[0].port === 443 ? 'https' : 'http';
  }

  /** Rounds in which a rollout with maxUnavailable 0 replaces all pods. */
  get waves(): number {
    const { replicas = 1, strategy } = this.find('Deployment').spec;
    const surge = strategy?.rollingUpdate?.maxSurge ?? '25%';
    const pods = typeof surge === 'number' ? surge : Math.ceil((replicas * parseInt(surge)) / 100);
    return Math.ceil(replicas / pods);
  }

  /** The same manifests with a few values changed. */
  with(change: Change): Manifests {
    const changed = new Manifests(structuredClone(this.objects));
    changed.change(change);
    return changed;
  }

  /** As YAML 1.1, which kubectl reads: there, `on` needs quotes to be a string. */
  toYaml(): string {
    return this.objects.map((object) => stringify(object, { version: '1.1' })).join('---\n');
  }

  /** The same manifests with a prefix before the name of every image. */
  withImagePrefix(prefix: string): Manifests {
    const prefixed = new Manifests(structuredClone(this.objects));
    const { containers, initContainers = [] } = prefixed.find('Deployment').spec.template.spec;
    for (const container of [...containers, ...initContainers]) {
      container.image = prefix + container.image;
    }
    return prefixed;
  }

  /** The same manifests with all occurrences of a text replaced. */
  replacing(text: string, by: string): Manifests {
    return new Manifests(JSON.parse(JSON.stringify(this.objects).replaceAll(text, by)));
  }

  /** The same manifests with another object. */
  plus(object: KubeObject): Manifests {
    return new Manifests([object, ...this.objects]);
  }

  private change({ replicas, minReplicas, podAnnotations, ...change }: Change): void {
    const { spec } = this.find('Deployment');
    if (replicas !== undefined) {
      spec.replicas = replicas;
    }
    if (minReplicas !== undefined) {
      this.find('HorizontalPodAutoscaler').spec.minReplicas = minReplicas;
    }
    if (podAnnotations) {
      spec.template.metadata.annotations = podAnnotations;
    }
    const { containers, initContainers = [] } = spec.template.spec;
    changeContainer(containers[0], change);
    const drainProxy = initContainers.find(({ name }: KubeObject) => name === 'drain-proxy');
    if (change.drainProxyImage) {
      drainProxy.image = change.drainProxyImage;
    }
    changeService(this.find('Service'), change);
  }

  private find(kind: string): KubeObject {
    const found = this.objects.find((object) => object.kind === kind);
    if (!found) {
      throw new Error(`the example has no ${kind}`);
    }
    return found;
  }
}

function changeContainer(container: KubeObject, { image, env, readinessPath, cpuRequest }: Change): void {
  if (image !== undefined) {
    container.image = image;
  }
  if (env) {
    const others = (container.env ?? []).filter(({ name }: { name: string }) => !(name in env));
    container.env = [...others, ...Object.entries(env).map(([name, value]) => ({ name, value }))];
  }
  if (readinessPath) {
    container.startupProbe.httpGet.path = readinessPath;
    container.readinessProbe.httpGet.path = readinessPath;
  }
  if (cpuRequest) {
    container.resources.requests.cpu = cpuRequest;
  }
}

function changeService({ metadata, spec }: KubeObject, change: Change): void {
  const { loadBalancerClass, externalTrafficPolicy, serviceType, serviceAnnotations } = change;
  if (loadBalancerClass) {
    spec.loadBalancerClass = loadBalancerClass;
  }
  if (externalTrafficPolicy) {
    spec.externalTrafficPolicy = externalTrafficPolicy;
  }
  if (serviceType) {
    spec.type = serviceType;
  }
  if (serviceAnnotations) {
    metadata.annotations = { ...metadata.annotations, ...serviceAnnotations };
  }
}

/** Runs an example as `cdk8s synth` does and returns its charts by name. */
async function synthesize(example: string): Promise<Map<string, Manifests>> {
  const outdir = mkdtempSync(join(tmpdir(), 'zero-downtime-manifests-'));
  try {
    await run('node', ['--import', 'tsx', join(REPOSITORY, 'examples', example, 'main.ts')], {
      cwd: REPOSITORY,
      env: { CDK8S_OUTDIR: outdir, TSX_TSCONFIG_PATH: join(REPOSITORY, 'tsconfig.dev.json') },
    });
    return new Map(
      readdirSync(outdir).map((file) => [file.replace('.k8s.yaml', ''), read(join(outdir, file))]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Reads a file of manifests without their namespace: each scenario has one of its own. */
function read(file: string): Manifests {
  const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJSON());
  for (const { metadata } of objects) {
    delete metadata.namespace;
  }
  return new Manifests(objects);
}
