import { describe, expect, it } from 'vitest';
import { preStopSeconds } from '../../src/check/model/pod.js';
import { rolloutBounds, share } from '../../src/check/model/rounding.js';
import { fromPlain, matchesSelector } from '../../src/check/model/selector.js';

describe('rolloutBounds', () => {
  it.each([
    // replicas, maxSurge, maxUnavailable, surge, unavailable
    [1, undefined, undefined, 1, 0],
    [3, undefined, undefined, 1, 0],
    [4, undefined, undefined, 1, 1],
    [10, undefined, undefined, 3, 2],
    [3, 0, '25%', 0, 1],
    [3, '0%', 0, 0, 1],
    [2, 1, 5, 1, 2],
    [0, '25%', '25%', 0, 1],
    [100, '7%', '7%', 7, 7],
  ])('%i replicas, %s and %s: %i more, %i less', (replicas, maxSurge, maxUnavailable, surge, unavailable) => {
    expect(rolloutBounds(replicas, maxSurge, maxUnavailable)).toEqual({ surge, unavailable });
  });
});

describe('share', () => {
  it.each([
    ['10', undefined],
    ['-1%', undefined],
    [1.5, undefined],
    [true, undefined],
    ['1%', 1],
    [7, 7],
  ])('of 3 for %s is %s', (value, expected) => {
    expect(share(value, 3, 'up')).toBe(expected);
  });
});

describe('selectors', () => {
  const labels = { app: 'web', tier: 'front' };

  it.each([
    [{}, false],
    [{ app: 'web' }, true],
    [{ app: 'web', tier: 'back' }, false],
    [{ other: 'web' }, false],
  ])('of a Service: %o', (selector, matches) => {
    expect(matchesSelector(fromPlain(selector), labels)).toBe(matches);
  });

  it.each([
    [undefined, false],
    [{}, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'api' } }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, false],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['web'] }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'Near' }] }, false],
    [{ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
  ])('of everything else: %o', (selector, matches) => {
    expect(matchesSelector(selector, labels)).toBe(matches);
  });
});

describe('preStopSeconds', () => {
  it.each([
    [{ sleep: { seconds: 15 } }, 15],
    [{ exec: { command: ['sleep', '10'] } }, 10],
    [{ exec: { command: ['/bin/sh', '-c', '/bin/sleep 20s && nginx -s quit'] } }, 20],
    [{ exec: { command: ['sh', '-c', 'nosleep 5; sleep "$SECONDS"'] } }, undefined],
    [{ exec: { command: ['sh', '-c', 'sleep 1.5'] } }, undefined],
    [{ httpGet: { path: '/drain', port: 80 } }, undefined],
  ])('of %o is %s', (preStop, seconds) => {
    expect(preStopSeconds({ lifecycle: { preStop } })).toBe(seconds);
  });
});
