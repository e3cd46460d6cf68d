import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Of 20 manifests: 6 Deployments of 6 kB, 6 Services, 3 budgets, 2 autoscalers, 2 ConfigMaps of 7 kB, a CRD of 43 kB. */
const kinds = [6, 6, 3, 2, 2, 1];
const makers = [deployment, service, budget, autoscaler, configMap, definition];

/** Writes manifests of a number of objects into a folder, a file for each, and returns their size in bytes. */
export function writeManifests(count: number, folder: string, image: string): number {
  mkdirSync(folder, { recursive: true });
  const order = kinds.flatMap((times, kind) => Array.from({ length: times }, (_, i) => ({ kind, i })));
  let bytes = 0;
  for (let n = 0; n < count; n++) {
    const group = Math.floor(n / order.length);
    const { kind, i } = order[n % order.length];
    const name = `app-${group}-${i}`;
    const manifest = makers[kind](name, `team-${group % 10}`, image);
    const text = stringify(manifest, { aliasDuplicateObjects: false });
    bytes += text.length;
    writeFileSync(join(folder, `${String(n).padStart(5, '0')}.yaml`), text);
  }
  return bytes;
}

function head(name: string, namespace: string) {
  return { name, namespace, labels: labels(name) };
}

function labels(name: string) {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'shop' };
}

function repeat<T>(times: number, make: (i: number) => T): T[] {
  return Array.from({ length: times }, (_, i) => make(i));
}

function container(name: string, image: string, settings: number) {
  const probe = { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 };
  return {
    name,
    image: `registry.example.com/shop/${name}:${image}`,
    ports: [{ name: name === 'web' ? 'http' : 'admin', containerPort: name === 'web' ? 8080 : 9090 }],
    env: repeat(settings, (i) => ({ name: `SETTING_NUMBER_${i}`, value: `the value of setting ${i}` })),
    ...(name === 'web' ? { readinessProbe: probe } : {}),
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
    volumeMounts: [{ name: 'config', mountPath: '/etc/shop', readOnly: true }],
  };
}

/** Every third has no preStop hook, so that there are findings with line numbers. */
function deployment(name: string, namespace: string, image: string) {
  const web = container('web', image, 32);
  const drains = !name.endsWith('-0') && !name.endsWith('-3');
  const hook = drains ? { lifecycle: { preStop: { sleep: { seconds: 15 } } } } : {};
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: head(name, namespace),
    spec: {
      ...(name.endsWith('-0') || name.endsWith('-1') ? {} : { replicas: 3 }),
      selector: { matchLabels: labels(name) },
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: labels(name) },
        spec: {
          terminationGracePeriodSeconds: 45,
          containers: [{ ...web, ...hook }, container('proxy', image, 20)],
          volumes: [{ name: 'config', configMap: { name } }],
        },
      },
    },
  };
}

function service(name: string, namespace: string) {
  const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: head(name, namespace),
    spec: { selector: labels(name), ports },
  };
}

function budget(name: string, namespace: string) {
  const spec = { maxUnavailable: 1, selector: { matchLabels: labels(name) } };
  return { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: head(name, namespace), spec };
}

function autoscaler(name: string, namespace: string) {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: head(name, namespace),
    spec: {
      minReplicas: 3,
      maxReplicas: 9,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
  };
}

function configMap(name: string, namespace: string) {
  const lines = repeat(150, (i) => `shop.feature.number${i}.enabled=true # of ${name}\n`);
  const data = { 'application.properties': lines.join('') };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: head(name, namespace), data };
}

function definition(name: string) {
  const field = (i: number) => [
    `field${i}`,
    {
      type: 'object',
      description: `What field ${i} of this resource is for.`,
      properties: { a: { type: 'string' } },
    },
  ];
  const schema = { type: 'object', properties: Object.fromEntries(repeat(220, field)) };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${name}.shop.example.com` },
    spec: {
      group: 'shop.example.com',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: name },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}
