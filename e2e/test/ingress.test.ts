import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { E2E } from '../cluster/paths';
import { ingressController } from '../ingress/controller';
import { SKIPPER } from '../ingress/image';
import { FULL_LOAD } from '../load/profile';
import { loadFor } from '../rules/target';

describe('the ingress controller', () => {
  const documents = parseAllDocuments(ingressController('shop', 'shop-ingress'));
  const objects = documents.map((document) => document.toJSON());

  it('is the version that go.mod pins', () => {
    const module = readFileSync(join(E2E, 'ingress', 'go', 'skipper', 'go.mod'), 'utf8');
    expect(module).toContain(`github.com/zalando/skipper ${SKIPPER}`);
    const { spec } = objects.find(({ kind }) => kind === 'Deployment').spec.template;
    expect(spec.containers[0].image).toMatch(new RegExp(`/teapot/skipper:${SKIPPER}$`));
  });

  it('is valid YAML with every placeholder filled in', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(JSON.stringify(objects)).not.toContain('${');
  });

  it('has a label on everything outside of namespaces, by which it is removed after a trial', () => {
    const outside = objects.filter(({ metadata }) => metadata.namespace === undefined);
    expect(outside.map(({ kind }) => kind)).toEqual(['IngressClass', 'IngressClass', 'Namespace']);
    for (const { metadata } of outside) {
      expect(metadata.labels).toHaveProperty(['zero-downtime.test/proof']);
    }
  });
});

describe('load', () => {
  it('through an Ingress names its host and stays below its path', () => {
    const load = loadFor({ url: 'http://10.216.0.1/cart', host: 'shop.example.com' }, FULL_LOAD);
    expect(load.request.slice(-2)).toEqual(['--header', 'Host: shop.example.com']);
    expect(load.slowPath).toBe('/cart/slow?ms=3000');
  });

  it('on a Service is unchanged', () => {
    expect(loadFor({ url: 'http://10.216.0.1:80/' }, FULL_LOAD)).toBe(FULL_LOAD);
  });
});
