import { expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import type { Config } from '../../src/check/config/config.js';
import { stateRules, upgradeRules } from '../../src/check/rules/rules.js';
import { type Body, deployment, service, web, written } from './upgrade-manifests.js';

/** Of a rule about a change and the one about the state after it, those that are told and those that are ignored. */
function told(pair: readonly string[], from: readonly Body[], to: readonly Body[], config: Config = {}) {
  const { findings, ignored } = check(written(to), written(from), config);
  const ofPair = (found: readonly { readonly rule: string }[]) =>
    found.map(({ rule }) => rule).filter((rule) => pair.includes(rule));
  return { findings: ofPair(findings), ignored: ofPair(ignored) };
}

const version = (label: string, image: string) =>
  deployment(
    'web',
    {},
    { containers: [{ name: 'main', image, ports: [{ name: 'http', containerPort: 8080 }] }] },
    { app: 'web', 'app.kubernetes.io/version': label },
  );
const local = service({ internalTrafficPolicy: 'Local' });

it.each<[string, string, string, Body[], Body[]]>([
  [
    'internal-traffic-turned-local',
    'internal-traffic-turned-local',
    'internal-traffic-local',
    [web, service()],
    [web, local],
  ],
  [
    'unready-pods-published',
    'unready-pods-published',
    'not-ready-published',
    [web, service()],
    [web, service({ publishNotReadyAddresses: true })],
  ],
  [
    'selector-misses-running-pods',
    'selector-misses-running-pods',
    'service-selects-nothing',
    [web, service()],
    [web, service({ selector: { app: 'wbe' } })],
  ],
  [
    'mutable-image-tag',
    'image-tag-reused',
    'mutable-image-tag',
    [version('1', 'web:latest'), service()],
    [version('2', 'web:latest'), service()],
  ],
  [
    'target-port-missing',
    'target-port-not-in-running-pods',
    'target-port-missing',
    [web, service()],
    [web, service({ ports: [{ port: 80, targetPort: 'htpp' }] })],
  ],
])('%s is the only one reported of %s and %s', (alone, change, state, from, to) => {
  expect(told([change, state], from, to).findings).toEqual([alone]);
});

const pair = ['internal-traffic-turned-local', 'internal-traffic-local'];
const ignoring = (rule: string) =>
  service({ internalTrafficPolicy: 'Local' }, { annotations: { 'zero-downtime/ignore': `${rule}: wanted` } });

it('a state that already existed is reported by the rule about states', () => {
  expect(told(pair, [web, local], [web, local]).findings).toEqual(['internal-traffic-local']);
});

it('a rule that is off leaves the other one', () => {
  const off = (rule: string): Config => ({ rules: { [rule]: { severity: 'off', reason: 'wanted' } } });
  const [change, state] = pair;
  expect(told(pair, [web, service()], [web, local], off(change)).findings).toEqual([state]);
  expect(told(pair, [web, service()], [web, local], off(state)).findings).toEqual([change]);
});

it('the rule about states is reported where a configuration makes it the more severe one', () => {
  const config: Config = {
    rules: { 'internal-traffic-local': { severity: 'error', reason: 'no spare node' } },
  };
  expect(told(pair, [web, service()], [web, local], config).findings).toEqual(['internal-traffic-local']);
});

it('what ignores the state ignores the change to it, and not the other way round', () => {
  const [change, state] = pair;
  expect(told(pair, [web, service()], [web, ignoring(state)])).toEqual({
    findings: [],
    ignored: [state, change],
  });
  expect(told(pair, [web, service()], [web, ignoring(change)])).toEqual({
    findings: [state],
    ignored: [change],
  });
});

it('names rules that are there', () => {
  const states = stateRules.map(({ id }) => id);
  const named = upgradeRules.flatMap(({ sameAs }) => sameAs ?? []);
  expect(named.filter((id) => !states.includes(id))).toEqual([]);
});
