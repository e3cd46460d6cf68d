import { check, type CheckResult } from '../../src/check/check.js';
import type { Fields } from '../../src/check/read/fields.js';
import { parse } from '../../src/check/read/parse.js';

/** Checks objects as if a file a.json had them, each on a line of its own from 1. */
export function checkObjects(...objects: readonly object[]): CheckResult {
  return check(parse('a.json', objects.map((object) => `${JSON.stringify(object)}\n`).join('---\n')));
}

/** The rules that objects break, in the order of the alphabet. */
export function broken(...objects: readonly object[]): readonly string[] {
  return checkObjects(...objects)
    .findings.map(({ rule }) => rule)
    .sort();
}

/** An object named web. */
export function object(apiVersion: string, kind: string, spec: object, metadata: object = {}) {
  return { apiVersion, kind, metadata: { name: 'web', ...metadata }, spec };
}

/** A container that no rule finds anything in. */
export const container = {
  name: 'main',
  image: 'registry.example.com/shop/web:1.4.2',
  ports: [{ name: 'http', containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
  lifecycle: { preStop: { sleep: { seconds: 15 } } },
};

interface Parts {
  /** Fields of the workload's spec. */
  readonly spec?: Fields;
  /** Fields of the pod's spec. */
  readonly pod?: Fields;
  readonly name?: string;
  readonly namespace?: string;
}

const template = (name: string, pod: Fields = {}) => ({
  metadata: { labels: { app: name, part: 'shop' } },
  spec: { containers: [container], terminationGracePeriodSeconds: 45, ...pod },
});

/** A workload of apps/v1 with the labels app: its name, and part: shop. */
function workload(kind: string, spec: Fields, { pod, name = 'web', ...parts }: Parts) {
  const selector = { matchLabels: { app: name } };
  return object(
    'apps/v1',
    kind,
    { selector, template: template(name, pod), ...spec, ...parts.spec },
    { name, namespace: parts.namespace },
  );
}

/** A Deployment that no rule finds anything in, as long as its Service and budget are there. */
export function deployment(parts: Parts = {}) {
  const strategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  return workload('Deployment', { replicas: 2, strategy }, parts);
}

/** A StatefulSet that no rule finds anything in, as long as its Service and budget are there. */
export function statefulSet(parts: Parts = {}) {
  return workload('StatefulSet', { replicas: 3, serviceName: 'web', podManagementPolicy: 'Parallel' }, parts);
}

/** A DaemonSet that no rule finds anything in, as long as its Service is there. */
export function daemonSet(parts: Parts = {}) {
  const updateStrategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  return workload('DaemonSet', { updateStrategy }, parts);
}

/** A Service to port http of the pods with the label app: web. */
export function service(spec: object = {}, metadata: object = {}) {
  const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
  return object('v1', 'Service', { selector: { app: 'web' }, ports, ...spec }, metadata);
}

/** A budget for the pods with the label app: web. */
export function budget(spec: object = { maxUnavailable: 1 }, metadata: object = {}) {
  const selector = { matchLabels: { app: 'web' } };
  return object(
    'policy/v1',
    'PodDisruptionBudget',
    { selector, unhealthyPodEvictionPolicy: 'AlwaysAllow', ...spec },
    metadata,
  );
}

/** An autoscaler of the Deployment web. */
export function autoscaler(spec: object = {}, metadata: object = {}) {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  return object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { scaleTargetRef, minReplicas: 2, maxReplicas: 6, ...spec },
    metadata,
  );
}

/** An Ingress to a port of a Service. */
export function ingress(name: string, port: object, spec: object = {}, metadata: object = {}) {
  const backend = { service: { name, port } };
  return object(
    'networking.k8s.io/v1',
    'Ingress',
    {
      rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      ...spec,
    },
    metadata,
  );
}
