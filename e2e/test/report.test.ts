import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FileHashes, hashFiles } from '../../figures/files';
import { FULL_LOAD } from '../load/profile';
import type { ScenarioResult } from '../proof/run-scenario';
import { number, percent, percentAtMost, table } from '../report/format';
import { toJson } from '../report/json';
import { readJudged } from '../report/judged';
import { toMarkdown } from '../report/markdown';
import { stackedSvg } from '../report/stacked-svg';

const RUN = {
  cores: 2,
  processor: 'some processor',
  memoryGiB: 24,
  command: 'npm run e2e:all',
  versions: { kubernetes: 'v1.34.4' },
  date: '2026-11-24',
  files: { 'examples/myapp/manifests/myapp-v1.k8s.yaml': 'a hash' },
  minutes: 12,
};

function result(change: Partial<ScenarioResult>): ScenarioResult {
  return {
    id: 'a-change',
    name: 'a change',
    kind: 'ours',
    commit: '1234567',
    outcome: 'held',
    requests: 30_000,
    failed: 0,
    keepAliveRequests: 900,
    keepAliveFailed: 2,
    seconds: 40,
    load: FULL_LOAD,
    ...change,
  };
}

describe('the report', () => {
  it('says how many requests failed and what that bounds', () => {
    const page = toMarkdown([result({}), result({ name: 'another' })], RUN);
    expect(page).toContain(
      '**2 changes to a ZeroDowntimeDeployment, 60,000 requests on new connections, 0 failed.**\n' +
        'With 95 % confidence that is a rate below 0.0050 % (3 / N).',
    );
    expect(page).toContain('| a change | 30,000 | **0** | < 0.010 % | 2 of 900 | 1,000 + 50 + 5 | 40 s |');
  });

  it('does not claim what did not hold', () => {
    const page = toMarkdown([result({ outcome: 'broken', failed: 3, reason: '3 requests failed' })], RUN);
    expect(page).toContain('The claim of this library does not hold in this run.');
    expect(page).toContain('| a change | 30,000 | 3 | 0.010 % |');
  });

  it('does not count what could not be judged', () => {
    const page = toMarkdown(
      [result({}), result({ name: 'x', outcome: 'void', reason: 'late\nand a log' })],
      RUN,
    );
    expect(page).toContain('**1 change to a ZeroDowntimeDeployment, 30,000 requests');
    expect(page).toContain('1 more could not be judged.');
    expect(page).toContain('| x | void: late |');
    expect(toMarkdown([], RUN)).toContain('No change was judged in this run.');
  });

  it('shows the speed of rollouts beside their limit', () => {
    const speed = { seconds: 66, waves: 3, startSeconds: 20, delays: [0.4, 0.9, 1.1] };
    expect(toMarkdown([result({ speed })], RUN)).toContain(
      '| a change | 66.0 s | 3 | 60 s | 1.10 | 0.90 s | 1.10 s |',
    );
  });

  it('has every number in JSON', () => {
    const measured = { sent: 9, timeline: [{ atMs: 0, ok: 9 }] } as never;
    const results = [result({ measured }), result({ id: 'drawn', measured })];
    const { run, results: written } = JSON.parse(toJson(results, RUN, ['drawn']));
    expect(run).toEqual(RUN);
    expect(written).toEqual([{ ...results[0], measured: { sent: 9, timeline: [] } }, results[1]]);
  });

  it('keeps what has a verdict when it is completed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    const write = (files: FileHashes) =>
      writeFileSync(
        join(folder, 'results.json'),
        toJson(
          [result({}), result({ id: 'b', outcome: 'broken' }), result({ id: 'v', outcome: 'void' })],
          { ...RUN, files },
          [],
        ),
      );
    try {
      const files = hashFiles(['package.json']);
      write(files);
      const judged = readJudged(folder);
      expect(judged.results.map(({ id }) => id)).toEqual(['a-change', 'b']);
      expect(judged.files).toEqual(files);
      write({ 'package.json': 'another hash' });
      expect(() => readJudged(folder)).toThrow('--resume: package.json changed since the report.');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('puts pictures one below the other', () => {
    const svg = stackedSvg([
      { title: 'A & B', svg: '<svg width="960" height="100"></svg>' },
      { title: 'C', svg: '<svg width="960" height="200"></svg>' },
    ]);
    expect(svg).toContain('height="388"');
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('<svg y="188" ');
  });
});

describe('numbers of the report', () => {
  it.each([
    [0, '0 %'],
    [0.326, '33 %'],
    [0.0054, '0.54 %'],
    [0.000025, '0.0025 %'],
  ])('%d as a rate', (rate, text) => {
    expect(percent(rate)).toBe(text);
  });

  it.each([
    [3 / 30_000, '0.010 %'],
    [3 / 60_000, '0.0050 %'],
    [3 / 1_822_000, '0.00017 %'],
    [3 / 41_591, '0.0073 %'],
  ])('%d as a bound', (rate, text) => {
    expect(percentAtMost(rate)).toBe(text);
  });

  it('have commas', () => {
    expect(number(1_234_567)).toBe('1,234,567');
  });

  it('are in tables whose cells may contain a bar', () => {
    expect(table(['a|b'], [['c']])).toBe('| a\\|b |\n| --- |\n| c |');
  });
});
