import { closeSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { Lab } from './lab';
import { nodes } from './nodes';
import { isSupported } from './platform';

/** What check takes for the largest manifests that it reads. */
const mostMegabytes = 600;

const service = (index: number) => `apiVersion: v1
kind: Service
metadata: {name: web-${index}, namespace: shop, labels: {app: web-${index}}}
spec:
  selector: {app: web-${index}}
  ports: [{port: 80, targetPort: http}]
`;

/** In a Deployment and its Service four things are found. */
const application = (index: number) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web-${index}, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web-${index}}}
  template:
    metadata: {labels: {app: web-${index}}}
    spec: {containers: [{name: web, image: 'web:1.${index}'}]}
---
${service(index)}`;

const config = (index: number) => `apiVersion: v1
kind: ConfigMap
metadata: {name: config-${index}, namespace: shop, labels: {app: web-${index}}}
data: {MODE: fast, LEVEL: info, COLOR: blue}
`;

/** In so many applications nearly as many things are found as are told. */
const applications = 24_900;

/** A document nearly as large as one may be, of texts that all differ. */
const dense = (index: number) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: dense-${index}
  annotations: {argocd.argoproj.io/sync-options: ServerSideApply=true}
  finalizers: [${Array.from({ length: 249_000 }, (_, place) => `abc${(index * 249_000 + place).toString(36)}`).join(',')}]
`;

/** Files of documents, so many of each that little more would be too much. */
const inputs: Readonly<Record<string, [count: number, document: (index: number) => string]>> = {
  'applications.yaml': [150_000, (index) => (index < applications ? application(index) : config(index))],
  'dense.yaml': [28, dense],
};

const cases: readonly (readonly [options: string, status: number, says: string])[] = [
  [
    'applications.yaml --json out.json --sarif out.sarif --junit out.xml',
    2,
    '99,600 findings in 174,900 objects',
  ],
  ['dense.yaml', 0, '0 findings in 28 objects'],
];

let folder: string;

beforeAll(() => {
  if (!isSupported) {
    return;
  }
  folder = mkdtempSync(join(inject('runFolder'), 'inputs-'));
  for (const [name, [count, document]] of Object.entries(inputs)) {
    const file = openSync(join(folder, name), 'w');
    for (let index = 0; index < count; index++) {
      writeSync(file, `---\n${document(index)}`);
    }
    closeSync(file);
  }
});

// How much memory what is not needed any more takes belongs to Node.js, and differs.
describe.runIf(isSupported).each(nodes)('on %s, check takes no more memory than it may', (node) => {
  it.each(cases)('for %s', (options, status, says) =>
    Lab.use(
      async (lab) => {
        const ended = await lab.shell(`ln -s "$1"/* . && exec zero-downtime check ${options}`, folder).ended;
        expect(ended).toMatchObject({ status, stderr: '' });
        expect(ended.stdout).toContain(says);
      },
      node,
      mostMegabytes,
    ),
  );
});
