import { describe, expect, it } from 'vitest';
import {
  findVersion,
  noVersion,
  otherVersions,
  parseVersionSource,
  VersionTracker,
} from '../src/probe/versions.js';

describe('parseVersionSource and findVersion', () => {
  it.each([
    ['header:X-Version', { 'x-version': '1.2.3' }, '', '1.2.3'],
    ['header:X-Version', {}, '', noVersion],
    ['json:/version', {}, '{"version":"2"}', '2'],
    ['json:/build/0/id', {}, '{"build":[{"id":7}]}', '7'],
    ['json:/a~1b/~0', {}, '{"a/b":{"~":"found"}}', 'found'],
    ['json:', {}, '"v3"', 'v3'],
    ['json:/version', {}, '{"version":{"major":1}}', noVersion],
    ['json:/version/toString', {}, '{"version":"2"}', noVersion],
    ['json:/version', {}, 'not JSON', noVersion],
    ['regex:Hello from (\\S+)', {}, 'Hello from v2!', 'v2!'],
    ['regex:v\\d+', {}, 'Hello from v2!', 'v2'],
    ['regex:v\\d+', {}, 'Hello!', noVersion],
    ['regex:[^]*', {}, 'a\nb\x1b[2J', 'a b [2J'],
  ])('%s', (source, headers, body, version) => {
    expect(findVersion(parseVersionSource(source), headers, body)).toBe(version);
  });

  it.each(['', 'header', 'header:', 'header:a b', 'json:version', 'regex:', 'cookie:x'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseVersionSource(text)).toThrow(
        `got "${text}"; write header:NAME, json:POINTER (such as json:/version) or regex:RE`,
      );
    },
  );

  it('refuses a broken expression', () => {
    expect(() => parseVersionSource('regex:(')).toThrow('got "("; write a regular expression');
  });
});

describe('VersionTracker', () => {
  it('keeps the first and the last moment of every version', () => {
    const tracker = new VersionTracker();
    tracker.record('v1', true, 10);
    tracker.record('v2', false, 20);
    tracker.record('v1', true, 30);
    expect(tracker.list()).toEqual([
      { version: 'v1', ok: 2, failed: 0, firstMs: 10, lastMs: 30 },
      { version: 'v2', ok: 0, failed: 1, firstMs: 20, lastMs: 20 },
    ]);
  });

  it('counts together what is no version, such as the number of the request', () => {
    const tracker = new VersionTracker();
    for (let i = 0; i < 1000; i++) tracker.record(String(i), true, i);
    expect(tracker.list()).toHaveLength(51);
    expect(tracker.list().at(-1)).toEqual({
      version: otherVersions,
      ok: 950,
      failed: 0,
      firstMs: 50,
      lastMs: 999,
    });
  });
});
