import { describe, expect, it } from 'vitest';
import { preStopOf } from '../../src/check/model/workloads/pre-stop.js';
import { rolloutBounds, share } from '../../src/check/model/workloads/rounding.js';
import { fromPlain, matchesSelector } from '../../src/check/model/selectors/selector.js';

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

describe('preStopOf', () => {
  const of = (preStop: object) => preStopOf({ lifecycle: { preStop } });
  const shell = (script: string) => of({ exec: { command: ['/bin/sh', '-c', script] } });

  it.each<[object, number | undefined]>([
    [{ sleep: { seconds: 15 } }, 15],
    [{ exec: { command: ['sleep', '10'] } }, 10],
    [{ exec: { command: ['/bin/sleep', '0.5'] } }, 0.5],
    [{ exec: { command: ['busybox', 'sleep', '2h'] } }, 7200],
    [{ exec: { command: ['sleep', '$N'] } }, undefined],
    [{ exec: { command: ['bash', '-ec', 'sleep 3'] } }, 3],
    [{ exec: { command: ['sleep'] } }, 0],
    [{ exec: { command: [] } }, undefined],
    [{ exec: {} }, undefined],
    [{ httpGet: { path: '/drain', port: 80 } }, undefined],
  ])('%o takes %s seconds', (preStop, seconds) => {
    expect(of(preStop)?.seconds).toBe(seconds);
  });

  it.each<[string, number | undefined, number | undefined]>([
    // script, seconds, waits before the end
    ['/bin/sleep 20s && nginx -s quit', 20, 20],
    ['sleep 1m', 60, 60],
    ['sleep 1m 5', 65, 65],
    ['sleep 5; sleep "2.5"', 7.5, 7.5],
    ['sleep 5 # not 50\nsleep 1', 6, 6],
    ['sleep 5 >/dev/null 2>&1', 5, 5],
    ['TZ=UTC exec sleep 5', 5, 5],
    ['sleep 5 & echo done', 0, 0],
    ['sleep 5 & wait', undefined, undefined],
    ['timeout 10 sleep 20', 10, 10],
    ['timeout -k 5 10 sleep 3', undefined, undefined],
    ['nosleep 5; sleep "$SECONDS"', undefined, undefined],
    ['sleep ${DRAIN:-15}', undefined, undefined],
    ['sleep $((5 + 5))', undefined, undefined],
    ['nginx -s quit; sleep 15', 15, 0],
    ['echo bye; /usr/sbin/nginx -s quit; while pgrep nginx; do sleep 1; done', undefined, 0],
    ['while pgrep worker; do sleep 1; done', undefined, undefined],
    ['if [ -f /ready ]; then sleep 9; fi', undefined, undefined],
    ['sh -c "sleep 4; kill 1"', 4, 4],
    ['kill -TERM 1; sleep 5', 5, 0],
    ['kill -s USR1 1; sleep 5', 5, 5],
    ['kill -SIGHUP 1 && sleep 5', 5, 5],
    ['my-drain; kill 1', undefined, undefined],
    ["echo 'sleep 9'", 0, 0],
    ['curl -X POST localhost:8080/quit', 0, 0],
    ['curl localhost:8080/drain', undefined, undefined],
    ["sleep 5; echo 'no end", 5, 5],
  ])('the script %j takes %s seconds and waits for %s', (script, seconds, waits) => {
    expect(shell(script)).toMatchObject({ seconds, waits });
  });
});
