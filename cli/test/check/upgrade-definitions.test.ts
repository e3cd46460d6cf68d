import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { type Body, object, written } from './upgrade-manifests.js';

const version = (name: string, served = true, storage = false) => ({ name, served, storage });
const definition = (versions: readonly Body[], status?: Body) => ({
  ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'carts.example.com', {
    group: 'example.com',
    names: { kind: 'Cart' },
    versions,
  }),
  ...(status === undefined ? {} : { status }),
});
const cart = object('example.com/v1beta1', 'Cart', 'web', {});
const found = (before: readonly Body[], after: readonly Body[]) =>
  check(written(after), written(before)).findings.map(({ severity, what }) => `${severity}: ${what}`);

describe('versions of a definition', () => {
  const old = definition([version('v1beta1', true, true)]);

  it.each<[string, Body, readonly string[]]>([
    [
      'one instead of the stored one',
      definition([version('v1', true, true)]),
      ['error: version v1beta1 is stored, and it is gone'],
    ],
    ['one more', definition([version('v1beta1'), version('v1', true, true)]), []],
    [
      'the stored one, which is not served',
      definition([version('v1beta1', false), version('v1', true, true)]),
      ['warning: version v1beta1 is not served any more'],
    ],
  ])('%s', (_what, after, findings) => {
    expect(found([old], [after])).toEqual(findings);
  });

  it('that objects have are missed more', () => {
    const after = definition([version('v1beta1', false), version('v1', true, true)]);
    expect(found([old, cart], [after, cart])).toEqual([
      'error: its CustomResourceDefinition does not serve v1beta1; write example.com/v1',
      'error: version v1beta1 is not served any more',
    ]);
  });

  it('that are stored, a cluster says', () => {
    const before = (...storedVersions: readonly string[]) =>
      definition([version('v1beta1', false), version('v1', true, true)], { storedVersions });
    const after = definition([version('v1', true, true)]);
    expect(found([before('v1beta1', 'v1')], [after])).toEqual([
      'error: version v1beta1 is stored, and it is gone',
    ]);
    expect(found([before('v1')], [after])).toEqual([]);
  });
});
