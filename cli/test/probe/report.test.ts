import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/commands/probe/progress.js';
import type { ProbeResult } from '../../src/index.js';
import { FAILURE_KINDS } from '../../src/probe/outcome.js';
import { toJson } from '../../src/probe/report/json.js';
import { toSvg } from '../../src/probe/report/svg.js';
import { toText } from '../../src/probe/report/text.js';
import { fc } from '../random.js';

const latencyMs = { p50: 1.25, p90: 2, p99: 30.4, max: 3021 };

const clean: ProbeResult = {
  schemaVersion: 2,
  verdict: 'none-failed',
  reasons: [],
  url: 'http://myapp.example.com/?a=1&b=<2>',
  method: 'GET',
  http2: false,
  address: '192.0.2.1',
  localAddresses: 64,
  startedAt: '2026-01-02T03:04:05.678Z',
  durationMs: 2000,
  sent: 3000,
  ok: 3000,
  failed: 0,
  unanswered: 0,
  skipped: 0,
  streams: [
    {
      name: 'new',
      sent: 3000,
      ok: 3000,
      failed: 0,
      unanswered: 0,
      connections: 3000,
      failures: {},
      latencyMs,
    },
  ],
  versions: [],
  windows: [],
  slipMs: { p50: 0.5, p90: 1, p99: 1.5, max: 8 },
  marks: [],
  failures: [],
  timeline: [{ atMs: 0, ok: 3000, failed: {}, streams: {}, versions: {} }],
};

const failed: ProbeResult = {
  ...clean,
  verdict: 'some-failed',
  ok: 2990,
  failed: 10,
  streams: [
    {
      ...clean.streams[0],
      ok: 2990,
      failed: 10,
      failures: { reset: { 'mid-response': 4 }, status: { '503': 6 } },
    },
  ],
  versions: [{ version: 'v1', ok: 2990, failed: 6, firstMs: 1, lastMs: 1999 }],
  windows: [{ fromMs: 300, toMs: 900, failed: 10 }],
  timeline: [
    {
      atMs: 0,
      ok: 2990,
      failed: {},
      streams: { new: { ok: 2990, failed: {} } },
      versions: { v1: 2990 },
    },
    {
      atMs: 300,
      ok: 0,
      failed: { reset: 4, status: 6 },
      streams: { new: { ok: 0, failed: { reset: 4, status: 6 } } },
      versions: {},
    },
  ],
  marks: [{ atMs: 250, label: 'command starts' }],
  change: {
    program: 'kubectl',
    arguments: 3,
    pid: 4321,
    startedMs: 250,
    endedMs: 1250,
    exitCode: 0,
    rollouts: ['deployment/myapp'],
    settledMs: 1900,
  },
};

describe('toText', () => {
  it('says that none failed, and how sure that is', () => {
    expect(toText(clean)).toBe(`None of 3,000 requests failed.

  stream   sent     ok  failed  connections     p50     p90    p99     max
  new     3,000  3,000       0        3,000  1.3 ms  2.0 ms  30 ms  3.02 s

  target    GET http://myapp.example.com/?a=1&b=<2> (192.0.2.1), from 64 local addresses, for 2.0 s
  books     3,000 sent = 3,000 ok + 0 failed + 0 unanswered
  slip      requests were sent 1.5 ms late at the 99th percentile, 8.0 ms at most
  bound     under this load fewer than 1 request in 1,000 fails (95 % confidence)
`);
  });

  it('says what failed, when, and during which change', () => {
    const text = toText(failed);
    expect(text).toMatch(/^10 of 3,000 requests failed\.\n/);
    expect(text).toContain(`  failed    4 reset (mid-response), new
  failed    6 status (503), new
  when      1 window of failures; the longest from 0.3 s lasted 0.6 s
  version   v1: 2,990 ok, 6 failed, from 0.0 s to 2.0 s
  command   kubectl with 3 arguments
            ended with exit status 0 after 1.0 s
            waited for deployment/myapp
            settled at 1.9 s
`);
    expect(text).not.toContain('bound');
  });

  it('shows no latency where nothing was answered', () => {
    const [stream] = clean.streams;
    const text = toText({ ...failed, streams: [{ ...stream, ok: 0, failed: 3000 }] });
    expect(text).toContain('  new     3,000   0   3,000        3,000    -    -    -    -\n');
  });

  it('says which process was left running', () => {
    const text = toText({
      ...failed,
      change: { program: 'sh', arguments: 1, pid: 4321, startedMs: 250, rollouts: [] },
    });
    expect(text).toContain(`  command   sh with 1 argument
            still running when the probe ended, as process 4321
`);
  });

  it('says why there is no verdict', () => {
    const text = toText({
      ...failed,
      verdict: 'not-measured',
      reasons: ['the command failed: exit status 1'],
    });
    expect(text).toMatch(
      /^No verdict: the measurement cannot be relied on\.\n\n {2}- the command failed: exit status 1\n/,
    );
  });
});

describe('toJson', () => {
  it('can be read back', () => {
    expect(JSON.parse(toJson(failed))).toEqual(failed);
  });
});

describe('progressLine', () => {
  it('says how the probe is doing', () => {
    expect(progressLine({ elapsedMs: 12_340, streams: failed.streams, inFlight: 3 })).toBe(
      ' 12.3 s  3,000 sent  2,990 ok  10 failed (4 reset, 6 status)  3 in flight',
    );
  });
});

describe('toSvg', () => {
  it('draws a path for every outcome, the failures on both scales', () => {
    const root = parseXml(toSvg(failed));
    const paths = Array.from(root.getElementsByTagName('path'), (path) => path.getAttribute('class'));
    expect(paths.filter((name) => ['ok', 'reset', 'status'].includes(name ?? ''))).toEqual([
      ...['ok', 'reset', 'status', 'reset', 'status'],
    ]);
  });

  it('draws no scale of failures where there are none', () => {
    expect(toSvg(clean)).not.toContain('failed/s');
  });

  it('shows only the requests on new connections, or only those on kept ones', () => {
    const [stream] = clean.streams;
    const both: ProbeResult = {
      ...failed,
      sent: 3100,
      failed: 10,
      streams: [stream, { ...stream, name: 'keep-alive', sent: 100, ok: 90, failed: 10 }],
      timeline: [
        {
          ...{ atMs: 0, ok: 3090, failed: { reset: 10 }, versions: {} },
          streams: { new: { ok: 3000, failed: {} }, 'keep-alive': { ok: 90, failed: { reset: 10 } } },
        },
      ],
    };
    expect(toSvg(both)).toContain('>10 of 3,100 requests failed<');
    const onNew = toSvg(both, { connections: 'new' });
    expect(onNew).toContain('>None of 3,000 requests on new connections failed<');
    expect(onNew).not.toContain('failed/s');
    const onKept = toSvg(both, { connections: 'kept' });
    expect(onKept).toContain('>10 of 100 requests on kept connections failed<');
    expect(onKept).toContain('failed/s');
  });

  it('has a line for every mark, and writes no label over another', () => {
    const marks = Array.from({ length: 30 }, (_, i) => ({ atMs: 100 * i, label: `pod ${i} is deleted` }));
    const root = parseXml(toSvg({ ...failed, marks }));
    const withClass = (tag: string, name: string) =>
      Array.from(root.getElementsByTagName(tag)).filter((each) =>
        (each.getAttribute('class') ?? '').split(' ').includes(name),
      );
    expect(withClass('path', 'mark')).toHaveLength(30);
    const labels = withClass('text', 'halo').map((label) => ({
      row: label.getAttribute('y'),
      from: Number(label.getAttribute('x')),
      long: (label.textContent ?? '').length * 6,
    }));
    expect(labels.length).toBeGreaterThan(3);
    for (const [i, { row, from, long }] of labels.entries()) {
      const next = labels.slice(i + 1).find((other) => other.row === row);
      expect(next === undefined || next.from >= from + long).toBe(true);
    }
  });

  it('is well-formed whatever the result says', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const moment = fc.double({ min: 0, max: 100_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          url: text,
          durationMs: fc.double({ min: 1, max: 100_000, noNaN: true }),
          marks: fc.array(fc.record({ atMs: moment, label: text }), { maxLength: 10 }),
          versions: fc.array(
            fc.record({ version: text, ok: fc.nat(), failed: fc.nat(), firstMs: moment, lastMs: moment }),
            { maxLength: 5 },
          ),
          steps: fc.array(
            fc.record({ ok: fc.nat(5000), kind: fc.constantFrom(...FAILURE_KINDS), failed: fc.nat(50) }),
          ),
        }),
        ({ steps, ...parts }) => {
          const timeline = steps.map(({ ok, kind, failed: number }, i) => ({
            atMs: i * 100,
            ok,
            failed: { [kind]: number },
            streams: { new: { ok, failed: { [kind]: number } } },
            versions: {},
          }));
          const svg = toSvg({ ...failed, ...parts, timeline });
          expect(parseXml(svg).tagName).toBe('svg');
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        },
      ),
      { numRuns: 50 },
    );
  });
});

function parseXml(text: string) {
  const parser = new DOMParser({
    onError: (_level, message) => {
      throw new Error(message);
    },
  });
  const root = parser.parseFromString(text, 'image/svg+xml').documentElement;
  if (!root) {
    throw new Error('no root element');
  }
  return root;
}
