import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../manifests/kube-object';
import { PROOF_LABEL } from '../proof/clean-up';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Reads the objects of a manifest beside a rule. */
export function readObjects(file: string): KubeObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJSON());
}

/** The first Ingress; undefined if there is none. */
export function findIngress(objects: readonly KubeObject[]): KubeObject | undefined {
  return objects.find(({ kind }) => kind === 'Ingress');
}

/** Objects that have pods. */
export function workloads(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(({ kind }) => WORKLOADS.includes(kind));
}

/** An object as kubectl calls it, such as `deployment.apps/web`. */
export function kubectlName({ apiVersion, kind, metadata }: KubeObject): string {
  const [group] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${metadata.name}`;
}

/** A copy of an object for a namespace of the proof, with environment variables in every container of a workload. */
export function objectFor(
  namespace: string,
  env: Readonly<Record<string, string>>,
  original: KubeObject,
): KubeObject {
  const object = structuredClone(original);
  const { kind, metadata } = object;
  if (kind === 'Namespace') {
    metadata.name = namespace;
  }
  if (metadata.namespace !== undefined) {
    metadata.namespace = namespace;
  }
  // They are in no namespace, and `cleanUp` finds them by their label.
  if (kind === 'PriorityClass' || kind === 'CustomResourceDefinition') {
    metadata.labels = { ...metadata.labels, [PROOF_LABEL]: '' };
  }
  for (const { spec } of workloads([object])) {
    for (const container of spec.template.spec.containers) {
      const others = (container.env ?? []).filter((one: { name: string }) => !(one.name in env));
      container.env = [...others, ...Object.entries(env).map(([name, value]) => ({ name, value }))];
    }
  }
  return object;
}
