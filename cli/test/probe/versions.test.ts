import { describe, expect, it } from 'vitest';
import {
  NO_VERSION,
  NO_VERSION_IN_PART,
  OTHER_VERSIONS,
  parseVersionSource,
  versionFinder,
  VersionTracker,
} from '../../src/probe/versions.js';

describe('parseVersionSource and versionFinder', () => {
  it.each([
    ['header:X-Version', { 'x-version': '1.2.3' }, '', '1.2.3'],
    ['header:X-Version', {}, '', NO_VERSION],
    ['json:/version', {}, '{"version":"2"}', '2'],
    ['json:/build/0/id', {}, '{"build":[{"id":7}]}', '7'],
    ['json:/a~1b/~0', {}, '{"a/b":{"~":"found"}}', 'found'],
    ['json:', {}, '"v3"', 'v3'],
    ['json:/version', {}, '{"version":{"major":1}}', NO_VERSION],
    ['json:/version/toString', {}, '{"version":"2"}', NO_VERSION],
    ['json:/version', {}, 'not JSON', NO_VERSION],
    ['json:/version', {}, '['.repeat(1_000_000), NO_VERSION],
    ['json:/version', {}, '['.repeat(500_000) + ']'.repeat(500_000), NO_VERSION],
    ['json:/__proto__/version', {}, '{}', NO_VERSION],
    ['json:/__proto__', {}, '{"__proto__":"3"}', '3'],
    ['regex:Hello from (\\S+)', {}, 'Hello from v2!', 'v2!'],
    ['regex:v\\d+', {}, 'Hello from v2!', 'v2'],
    ['regex:v\\d+', {}, 'Hello!', NO_VERSION],
    ['regex:(?s).*', {}, 'a\nb\x1b[2J', 'a b [2J'],
    ['regex:x*', {}, 'x'.repeat(1000), 'x'.repeat(100)],
    ['regex:x*', {}, '', NO_VERSION],
    ['regex:.*', {}, 'x'.repeat(99) + '\u{1f600}', 'x'.repeat(99) + '\ufffd'],
    ['header:constructor', {}, '', NO_VERSION],
    ['header:__proto__', {}, '', NO_VERSION],
  ])('%s', (source, headers, body, version) => {
    const finder = versionFinder(parseVersionSource(source));
    expect(finder.find(headers, { text: body, whole: true })).toBe(version);
  });

  it.each([
    ['header:x-version', '', NO_VERSION],
    ['json:', '12', NO_VERSION_IN_PART],
    ['regex:version=(\\S+)', 'version=1.2', NO_VERSION_IN_PART],
    ['regex:version=(\\S+)', 'version=1.2 and', '1.2'],
    ['regex:missing', 'version=1.2', NO_VERSION_IN_PART],
  ])('%s in a body that was cut off', (source, text, version) => {
    expect(versionFinder(parseVersionSource(source)).find({}, { text, whole: false })).toBe(version);
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
    expect(() => versionFinder(parseVersionSource('regex:('))).toThrow(
      'got "("; write a regular expression in RE2 syntax',
    );
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

  it('counts too many different versions, such as the number of the request, together', () => {
    const tracker = new VersionTracker();
    for (let i = 0; i < 1000; i++) {
      tracker.record(String(i), true, i);
    }
    expect(tracker.list()).toHaveLength(51);
    expect(tracker.list().at(-1)).toEqual({
      version: OTHER_VERSIONS,
      ok: 950,
      failed: 0,
      firstMs: 50,
      lastMs: 999,
    });
  });
});
