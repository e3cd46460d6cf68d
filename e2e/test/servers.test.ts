import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { E2E, REPOSITORY } from '../cluster/paths';
import { IMMUTABLE, immutableFields } from '../without-cluster/servers/immutable';
import { lostFields } from '../without-cluster/servers/lost-fields';
import { freePorts } from '../without-cluster/servers/ports';
import { API_SERVERS, minorOf } from '../without-cluster/servers/versions';

describe('versions of the API servers', () => {
  it('are one of each minor version', () => {
    expect(API_SERVERS.map(minorOf)).toEqual(['v1.34', 'v1.35', 'v1.36', 'v1.37']);
  });

  it.each(API_SERVERS.slice(1))('%s is what go.mod pins', (version) => {
    const module = readFileSync(
      join(E2E, 'without-cluster', 'servers', 'go', minorOf(version), 'go.mod'),
      'utf8',
    );
    expect(module).toContain(`k8s.io/kubernetes ${version}`);
    expect(module).toContain(`k8s.io/api => k8s.io/api ${version.replace('v1.', 'v0.')}`);
  });
});

describe('lostFields', () => {
  it('names what is missing or has another value', () => {
    const sent = { spec: { replicas: 2, ports: [{ port: 80 }, { port: 443 }], type: 'ClusterIP' } };
    const stored = { spec: { replicas: 3, ports: [{ port: 80 }, { port: 444 }] } };
    expect(lostFields(sent, stored)).toEqual(['.spec.replicas', '.spec.ports.1.port', '.spec.type']);
  });

  it('names a list that became longer or shorter', () => {
    expect(lostFields({ args: ['a'] }, { args: ['a', 'b'] })).toEqual(['.args']);
    expect(lostFields({ args: ['a', 'b'] }, { args: ['a'] })).toEqual(['.args']);
    expect(lostFields({ args: ['a'] }, {})).toEqual(['.args']);
  });

  it('names an object that is missing, also an empty one', () => {
    expect(lostFields({ emptyDir: {} }, {})).toEqual(['.emptyDir']);
  });

  it('ignores what the server added', () => {
    expect(lostFields({ spec: {} }, { spec: { replicas: 2 }, status: {} })).toEqual([]);
  });

  it('ignores an empty string or list that was dropped', () => {
    expect(lostFields({ value: '', args: [] }, {})).toEqual([]);
    expect(lostFields({ value: '' }, { value: 'x' })).toEqual(['.value']);
  });

  it('ignores another spelling of a quantity, but only of a quantity', () => {
    const requests = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });
    expect(lostFields(requests('2000m', '1024Mi'), requests('2', '1Gi'))).toEqual([]);
    expect(lostFields(requests('2000m', '1Mi'), requests('3', '1Ki'))).toEqual([
      '.resources.requests.cpu',
      '.resources.requests.memory',
    ]);
    expect(lostFields({ value: '1000m' }, { value: '1' })).toEqual(['.value']);
  });

  it.each([
    [1000, '1k', 1001],
    [1.5, '1500m', 1.4],
    ['0.001', '1m', '2m'],
    [9e18, '9E', 8e18],
    [1e-12, '1n', '2n'],
    ['1536Ki', '1.5Mi', '1.5Gi'],
  ])('knows that the target %s of a metric is stored as %s and not as %s', (sent, stored, other) => {
    expect(lostFields({ target: { averageValue: sent } }, { target: { averageValue: stored } })).toEqual([]);
    expect(lostFields({ target: { value: sent } }, { target: { value: other } })).toEqual(['.target.value']);
  });
});

describe('immutable fields', () => {
  const service = (type: string, loadBalancerClass?: string) => ({
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type, loadBalancerClass },
  });
  const deployment = (app: string) => ({
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app } } },
  });

  it('are those whose value would change', () => {
    const live = [deployment('web'), service('LoadBalancer', 'example.com/a')];
    expect(immutableFields(live, deployment('web'))).toEqual([]);
    expect(immutableFields(live, deployment('shop'))).toEqual(['spec.selector']);
    expect(immutableFields(live, service('LoadBalancer', 'example.com/a'))).toEqual([]);
    expect(immutableFields(live, service('LoadBalancer'))).toEqual(['spec.loadBalancerClass']);
    expect(immutableFields(live, service('ClusterIP'))).toEqual([]);
  });

  it('are none where the object is new', () => {
    expect(immutableFields([], deployment('shop'))).toEqual([]);
  });

  it.each(IMMUTABLE)('of $kind: $field, stands in the guide under $prop', ({ prop, kind, field }) => {
    const guide = readFileSync(join(REPOSITORY, 'docs', 'guide', 'settings.md'), 'utf8');
    const section = guide.slice(guide.indexOf('## On a live object'));
    expect(section).toMatch(new RegExp(`\\| \`${prop}\` +\\| .*${kind}'s \`${field}\``));
  });
});

it('finds free ports', async () => {
  const ports = await freePorts(3);
  expect(new Set(ports).size).toBe(3);
  expect(ports.every((port) => port > 0)).toBe(true);
});
