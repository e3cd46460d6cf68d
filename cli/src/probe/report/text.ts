import { count, latency, plural, seconds } from '../../shared/format.js';
import { printable } from '../../shared/untrusted-text.js';
import { FAILURE_KINDS } from '../outcome.js';
import type { ChangeResult, ProbeResult, StreamResult } from '../result.js';

/** The result as text for people. */
export function toText(result: ProbeResult): string {
  const sections = [
    [headline(result)],
    result.reasons.map((reason) => `  - ${reason}`),
    table(result.streams),
    facts(result).map(([name, text]) => `  ${name.padEnd(10)}${text}`),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${printable(line)}\n`).join(''))
    .join('\n');
}

function headline({ verdict, sent, failed }: ProbeResult): string {
  switch (verdict) {
    case 'none-failed':
      return `None of ${plural(sent, 'request')} failed.`;
    case 'some-failed':
      return `${count(failed)} of ${plural(sent, 'request')} failed.`;
    case 'not-measured':
      return 'No verdict: the measurement cannot be relied on.';
  }
}

function table(streams: readonly StreamResult[]): string[] {
  const head = ['stream', 'sent', 'ok', 'failed', 'connections', 'p50', 'p90', 'p99', 'max'];
  const rows = streams.map(({ name, sent, ok, failed, connections, latencyMs }) => [
    name,
    ...[sent, ok, failed, connections].map(count),
    // Where nothing was answered there is no latency.
    ...[latencyMs.p50, latencyMs.p90, latencyMs.p99, latencyMs.max].map((ms) =>
      ok === 0 ? '-' : latency(ms),
    ),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  return [head, ...rows].map(
    ([name, ...cells]) =>
      `  ${name.padEnd(widths[0])}${cells.map((cell, i) => '  ' + cell.padStart(widths[i + 1])).join('')}`,
  );
}

function facts(result: ProbeResult): [string, string][] {
  const { url, address, localAddresses, method, http2, durationMs, slipMs } = result;
  const from =
    localAddresses > 0
      ? `, from ${count(localAddresses)} local address${localAddresses === 1 ? '' : 'es'}`
      : '';
  return [
    [
      'target',
      `${method} ${url} (${address})${http2 ? ' over HTTP/2' : ''}${from}, for ${seconds(durationMs)}`,
    ],
    ...failureFacts(result),
    ...result.versions.map(({ version, ok, failed, firstMs, lastMs }): [string, string] => [
      'version',
      `${version}: ${count(ok)} ok, ${count(failed)} failed, from ${seconds(firstMs)} to ${seconds(lastMs)}`,
    ]),
    ...(result.change ? changeFacts(result.change) : []),
    ['books', books(result)],
    [
      'slip',
      `requests were sent ${latency(slipMs.p99)} late at the 99th percentile, ${latency(slipMs.max)} at most`,
    ],
    ...bound(result),
  ];
}

function failureFacts({ streams, windows }: ProbeResult): [string, string][] {
  const lines: [string, string][] = [];
  for (const { name, failures } of streams) {
    for (const kind of FAILURE_KINDS) {
      for (const [detail, number] of Object.entries(failures[kind] ?? {})) {
        lines.push(['failed', `${count(number)} ${kind} (${detail}), ${name}`]);
      }
    }
  }
  if (windows.length > 0) {
    const longest = windows.reduce((a, b) => (b.toMs - b.fromMs > a.toMs - a.fromMs ? b : a));
    const length = seconds(longest.toMs - longest.fromMs);
    lines.push([
      'when',
      `${plural(windows.length, 'window')} of failures; the longest from ${seconds(longest.fromMs)} lasted ${length}`,
    ]);
  }
  return lines;
}

function changeFacts(change: ChangeResult): [string, string][] {
  const { program, arguments: number, pid, startedMs, endedMs, exitCode } = change;
  const lines: [string, string][] = [
    ['command', number === 0 ? program : `${program} with ${plural(number, 'argument')}`],
  ];
  if (startedMs === undefined) {
    return [...lines, ['', 'not run']];
  }
  if (endedMs === undefined) {
    return [...lines, ['', `still running when the probe ended, as process ${pid}`]];
  }
  const status = exitCode === null ? 'without an exit status' : `with exit status ${exitCode}`;
  lines.push(['', `ended ${status} after ${seconds(endedMs - startedMs)}`]);
  for (const rollout of change.rollouts) {
    lines.push(['', `waited for ${rollout}`]);
  }
  if (change.settledMs !== undefined) {
    lines.push(['', `settled at ${seconds(change.settledMs)}`]);
  }
  return lines;
}

function books({ sent, ok, failed, unanswered, skipped }: ProbeResult): string {
  const rest = skipped > 0 ? `; ${count(skipped)} not sent` : '';
  return `${count(sent)} sent = ${count(ok)} ok + ${count(failed)} failed + ${count(unanswered)} unanswered${rest}`;
}

/** The rule of three: n successes in a row bound the failure rate by 3/n with 95 % confidence. */
function bound({ verdict, sent }: ProbeResult): [string, string][] {
  if (verdict !== 'none-failed') {
    return [];
  }
  return [
    [
      'bound',
      `under this load fewer than 1 request in ${count(Math.floor(sent / 3))} fails (95 % confidence)`,
    ],
  ];
}
