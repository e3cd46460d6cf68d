import { expect, it } from 'vitest';
import { check } from '../src/check/check.js';
import { parse } from '../src/check/read/parse.js';

const rules = (content: string) => check(parse('a.yaml', content)).findings.map(({ rule }) => rule);

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'registry.example.com/web:1'}]}
`;
const service = (selector: string, port: string) => `---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: ${selector}}, ports: [${port}]}
`;

it('does not call those served who only read metrics', () => {
  expect(rules(deployment + service('web', '{name: http-metrics, port: 9090}'))).toEqual([]);
  expect(rules(deployment + service('web', '{name: http, port: 80}'))).toContain('readiness-missing');
});

it('does not miss the pods that an operator makes', () => {
  const prometheus = '---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: main}\n';
  const manifests = deployment + service('prometheus', '{name: http, port: 9090}');
  expect(rules(manifests)).toContain('service-selects-nothing');
  expect(rules(manifests + prometheus)).not.toContain('service-selects-nothing');
});

it('does not take what ko builds for an image without a tag', () => {
  expect(rules(deployment)).toEqual([]);
  expect(rules(deployment.replace(/image: '.*?'/, 'image: web'))).toEqual(['mutable-image-tag']);
  expect(rules(deployment.replace(/image: '.*?'/, "image: 'ko://example.com/cmd/web'"))).toEqual([]);
});
