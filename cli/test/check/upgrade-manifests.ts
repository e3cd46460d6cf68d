import { expect } from 'vitest';
import { stringify } from 'yaml';
import { check } from '../../src/check/check.js';
import type { ApplyOptions } from '../../src/check/model/state.js';
import { parse } from '../../src/check/read/parse.js';
import { upgradeRules } from '../../src/check/rules/rules.js';

export type Body = Record<string, unknown>;

export const ids: ReadonlySet<string> = new Set(upgradeRules.map(({ id }) => id));
export const written = (objects: readonly unknown[]) =>
  parse('web.yaml', objects.map((one) => stringify(one)).join('---\n'));

/** The upgrade rules that the step between two lists of objects breaks. */
export function broken(
  from: readonly Body[],
  to: readonly Body[],
  options?: ApplyOptions,
): readonly string[] {
  const { findings, problems } = check(written(to), written(from), options);
  expect(problems).toEqual([]);
  return findings.map(({ rule }) => rule).filter((rule) => ids.has(rule));
}

export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  spec: Body,
  more: Body = {},
): Body => ({
  apiVersion,
  kind,
  metadata: { name, ...more },
  spec,
});

export const deployment = (name: string, spec: Body = {}, pod: Body = {}, labels: Body = { app: 'web' }) =>
  object('apps/v1', 'Deployment', name, {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [{ name: 'main', image: 'web:1', ports: [{ name: 'http', containerPort: 8080 }] }],
        ...pod,
      },
    },
    ...spec,
  });

export const service = (spec: Body = {}, more: Body = {}) =>
  object(
    'v1',
    'Service',
    'web',
    { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }], ...spec },
    more,
  );

export const budget = (spec: Body) =>
  object('policy/v1', 'PodDisruptionBudget', 'web', { selector: { matchLabels: { app: 'web' } }, ...spec });

export const autoscaler = (apiVersion: string, spec: Body) =>
  object(apiVersion, 'HorizontalPodAutoscaler', 'web', {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 8,
    ...spec,
  });

export const path = (host: string | undefined, at: string, name = 'web', pathType = 'Prefix') => ({
  host,
  http: { paths: [{ path: at, pathType, backend: { service: { name, port: { number: 80 } } } }] },
});

export const ingress = (name: string, rules: readonly unknown[], spec: Body = {}, more: Body = {}) =>
  object('networking.k8s.io/v1', 'Ingress', name, { rules, ...spec }, more);

export const web = deployment('web');
