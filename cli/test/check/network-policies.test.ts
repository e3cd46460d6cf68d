import { describe, expect, it } from 'vitest';
import { type Body, broken, object, service, web } from './upgrade-manifests.js';

const narrowed = ['source-ranges-narrowed'];
const policy = (spec: Body, name = 'web') =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ...spec,
  });
const front = { podSelector: { matchLabels: { app: 'front' } } };
const inner = { namespaceSelector: { matchLabels: { zone: 'inner' } } };
const from = (...peers: readonly Body[]) => policy({ ingress: [{ from: peers }] });
const step = (before: readonly Body[], after: readonly Body[]) =>
  broken([web, service(), ...before], [web, service(), ...after]);

describe('a new NetworkPolicy', () => {
  it.each<[string, readonly Body[], readonly string[]]>([
    ['for some', [from(front)], narrowed],
    ['for nobody', [policy({ ingress: [] })], narrowed],
    ['for all pods of the namespace', [policy({ podSelector: {}, ingress: [] })], narrowed],
    ['without types', [policy({ policyTypes: undefined })], narrowed],
    ['for everybody', [policy({ ingress: [{}] })], []],
    ['for every namespace', [from({ namespaceSelector: {} })], []],
    ['for every address', [from({ ipBlock: { cidr: '0.0.0.0/0' } })], []],
    [
      'for nearly every address',
      [from({ ipBlock: { cidr: '0.0.0.0/0', except: ['192.0.2.0/24'] } })],
      narrowed,
    ],
    ['for the port that serves', [policy({ ingress: [{ ports: [{ port: 8080 }] }] })], []],
    ['for its name', [policy({ ingress: [{ ports: [{ port: 'http' }] }] })], []],
    ['for another port', [policy({ ingress: [{ ports: [{ port: 9090 }] }] })], narrowed],
    ['for a range of ports', [policy({ ingress: [{ ports: [{ port: 8000, endPort: 9000 }] }] })], []],
    ['of which one of two is for everybody', [from(front), policy({ ingress: [{}] }, 'all')], []],
    ['for other pods', [policy({ podSelector: { matchLabels: { app: 'db' } } })], []],
    ['for connections to others', [policy({ policyTypes: ['Egress'], egress: [{ to: [front] }] })], narrowed],
    ['for connections to everybody', [policy({ policyTypes: ['Egress'], egress: [{}] })], []],
  ])('%s', (_what, after, rules) => {
    expect(step([], after)).toEqual(rules);
  });

  it('changes nothing where another one is already', () => {
    expect(step([from(front)], [from(front), policy({ ingress: [{ from: [inner] }] }, 'more')])).toEqual([]);
  });

  it('counts only for pods that get requests', () => {
    expect(broken([web], [web, from(front)])).toEqual([]);
  });
});

describe('a changed NetworkPolicy', () => {
  it.each<[string, readonly Body[], readonly Body[], readonly string[]]>([
    ['with one peer less', [from(front, inner)], [from(front)], narrowed],
    ['with one peer more', [from(front)], [from(front, inner)], []],
    [
      'in which a peer moved to another one',
      [from(front, inner)],
      [from(front), policy({ ingress: [{ from: [inner] }] }, 'inner')],
      [],
    ],
    [
      'with fewer ports',
      [policy({ ingress: [{ from: [front], ports: [{ port: 8080 }, { port: 9090 }] }] })],
      [policy({ ingress: [{ from: [front], ports: [{ port: 9090 }] }] })],
      narrowed,
    ],
    [
      'with more ports',
      [policy({ ingress: [{ from: [front], ports: [{ port: 9090 }] }] })],
      [policy({ ingress: [{ from: [front], ports: [{ port: 8080 }, { port: 9090 }] }] })],
      [],
    ],
    [
      'with fewer ports for everybody',
      [policy({ ingress: [{ ports: [{ port: 8080 }, { port: 9090 }] }] })],
      [policy({ ingress: [{ ports: [{ port: 9090 }] }] })],
      narrowed,
    ],
    [
      'for everybody at a port in place of some at it',
      [policy({ ingress: [{ from: [front], ports: [{ port: 8080 }] }] })],
      [policy({ ingress: [{ ports: [{ port: 8080 }] }] })],
      [],
    ],
    [
      'for everybody at a port in place of some at all',
      [from(front)],
      [policy({ ingress: [{ ports: [{ port: 8080 }] }] })],
      [],
    ],
    [
      'with the number of a port in place of its name',
      [policy({ ingress: [{ ports: [{ port: 'http' }] }] })],
      [policy({ ingress: [{ ports: [{ port: 8080 }] }] })],
      [],
    ],
    ['that is gone', [from(front)], [], []],
    [
      'that is gone beside one that forbids',
      [from(front), policy({ ingress: [] }, 'none')],
      [policy({ ingress: [] }, 'none')],
      narrowed,
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(step(before, after)).toEqual(rules);
  });
});
