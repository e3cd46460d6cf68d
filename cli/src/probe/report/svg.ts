import { LETTER_WIDTH, niceStep, round, roundUp, text } from '../../drawing/parts.js';
import {
  LABEL_HEIGHT,
  labelLength,
  LABEL_ROWS,
  LEFT,
  legend,
  markLine,
  markText,
  picture,
  PLOT_WIDTH,
  timeAxis,
  WIDTH,
  type Label,
  type Scale,
} from '../../drawing/timeline.js';
import { count, seconds } from '../../shared/format.js';
import { shorten, toXmlText } from '../../shared/untrusted-text.js';
import { FAILURE_KINDS, type FailureKind } from '../outcome.js';
import { sum, type Mark, type ProbeResult } from '../result.js';
import type { StreamName } from '../streams.js';
import { STEP_MS, total, type Step } from '../timeline.js';
import { judge } from '../verdict.js';
import type { VersionSeen } from '../versions.js';
import { STYLE } from './style.js';

const MAX_BARS = 240;
const LANE_HEIGHT = 24;
const LANE_COLOURS = 6;

type Series = 'ok' | FailureKind;
const SERIES: readonly Series[] = ['ok', ...FAILURE_KINDS];

/** The requests of some steps. */
interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly counts: Readonly<Record<Series, number>>;
}

/** A part of the picture with a vertical axis in requests a second. */
interface Panel {
  readonly top: number;
  readonly height: number;
  readonly max: number;
}

/** How long connections live. */
type Connections = 'new' | 'kept';

/** Which requests a picture shows. */
export interface SvgOptions {
  /**
   * Only the requests on new connections, or only those on connections that are kept. The lanes of versions always count all.
   * @default all requests
   */
  readonly connections?: Connections;
}

/**
 * The result as a picture: the requests of every second by outcome, the failures on a scale of their own, the versions,
 * and the marks. It can be read on light and dark pages, and loads and runs nothing.
 */
export function toSvg(result: ProbeResult, { connections }: SvgOptions = {}): string {
  return connections
    ? draw(onlyOn(connections, result), `requests on ${connections} connections`)
    : draw(result, 'requests');
}

/** The result as if all requests had been sent on new connections, or all on kept ones. */
function onlyOn(connections: Connections, result: ProbeResult): ProbeResult {
  const streams = result.streams.filter(
    ({ name }) => keepsConnections(name, result) === (connections === 'kept'),
  );
  const failed = sum(streams.map((stream) => stream.failed));
  return {
    ...result,
    timeline: result.timeline.map((step) => ({
      ...step,
      ...total(streams.flatMap(({ name }) => step.streams[name] ?? [])),
    })),
    streams,
    sent: sum(streams.map(({ sent }) => sent)),
    failed,
    verdict: judge(failed, result.reasons),
  };
}

/** Slow requests take the kept connections too over HTTP/2, if there are any. */
function keepsConnections(name: StreamName, { http2, streams }: ProbeResult): boolean {
  const isKept = name === 'keep-alive';
  return isKept || (name === 'slow' && http2 && streams.some((stream) => stream.name === 'keep-alive'));
}

/** @param what what the requests are called */
function draw(result: ProbeResult, what: string): string {
  const { durationMs, marks, versions } = result;
  const bars = toBars(result.timeline, durationMs);
  const failing = FAILURE_KINDS.filter((kind) => bars.some(({ counts }) => counts[kind] > 0));
  const x: Scale = (ms) => LEFT + (PLOT_WIDTH * Math.min(ms, durationMs)) / durationMs;

  const labels = placeLabels(marks, x);
  const top = 92 + LABEL_HEIGHT * Math.max(0, ...labels.map(({ row }) => row + 1));
  const parts = [header(result, what, failing)];

  const main = panel(top, 190, bars, SERIES);
  parts.push(axis(main, 'requests/s'), ...stack(main, bars, SERIES, x));
  let bottom = main.top + main.height;

  if (failing.length > 0) {
    const failed = panel(bottom + 24, 80, bars, failing);
    parts.push(axis(failed, 'failed/s'), ...stack(failed, bars, failing, x));
    bottom = failed.top + failed.height;
  }
  if (versions.length > 0) {
    parts.push(...versions.map((version, i) => lane(version, i, bottom + 14 + i * LANE_HEIGHT, x)));
    bottom += 14 + versions.length * LANE_HEIGHT;
  }
  parts.push(...timeAxis('seconds from the start', durationMs, bottom, x));
  const bare = marks.filter(({ atMs }) => labels.every((label) => label.x !== x(atMs)));
  parts.push(...bare.map((mark) => bareLine(mark, x, top, bottom)));
  parts.push(...labels.map((label) => markLine(label, top, bottom)));
  parts.push(...labels.map((label) => markText(label, top)));
  return picture(summary(result, what), STYLE, parts, bottom + 50);
}

function summary({ verdict, sent, failed }: ProbeResult, what: string): string {
  const counts = `${failed === 0 ? 'None' : count(failed)} of ${count(sent)} ${what} failed`;
  return verdict === 'not-measured' ? `No verdict (${counts.toLowerCase()})` : counts;
}

function header(result: ProbeResult, what: string, failing: readonly FailureKind[]): string {
  const { method, url, startedAt, durationMs, verdict } = result;
  const date = `${startedAt.slice(0, 10)} ${startedAt.slice(11, 19)} UTC`;
  return [
    text(LEFT, 30, summary(result, what), `headline ${verdict}`),
    text(LEFT, 50, `${method} ${shorten(url, 90)} for ${seconds(durationMs)}, ${date}`, 'faint'),
    ...legend(['ok', ...failing], 64),
  ].join('\n');
}

/** Gathers the steps into bars wide enough to be seen. The last bar takes what is left. */
function toBars(steps: readonly Step[], durationMs: number): Bar[] {
  const barMs = niceStep(Math.max(STEP_MS, durationMs / MAX_BARS));
  const number = Math.max(1, Math.round(durationMs / barMs));
  const bars = Array.from({ length: number }, (_, i) => ({
    fromMs: i * barMs,
    toMs: i === number - 1 ? durationMs : (i + 1) * barMs,
    counts: Object.fromEntries(SERIES.map((name) => [name, 0])) as Record<Series, number>,
  }));
  for (const step of steps) {
    const { counts } = bars[Math.min(number - 1, Math.floor(step.atMs / barMs))];
    counts.ok += step.ok;
    for (const kind of FAILURE_KINDS) {
      counts[kind] += step.failed[kind] ?? 0;
    }
  }
  return bars;
}

function perSecond(bar: Bar, names: readonly Series[]): number {
  const requests = names.reduce((sum, name) => sum + bar.counts[name], 0);
  return (requests * 1000) / (bar.toMs - bar.fromMs);
}

function panel(top: number, height: number, bars: readonly Bar[], names: readonly Series[]): Panel {
  return { top, height, max: axisEnd(Math.max(1, ...bars.map((bar) => perSecond(bar, names)))) };
}

/** One path for each series, stacked in their order; a failure is never too thin to be seen. */
function stack(
  { top, height, max }: Panel,
  bars: readonly Bar[],
  names: readonly Series[],
  x: Scale,
): string[] {
  const base = bars.map(() => top + height);
  return names
    .map((name): [Series, string] => {
      const boxes = bars.map((bar, i) => {
        if (bar.counts[name] === 0) {
          return '';
        }
        const least = name === 'ok' ? 0 : 2;
        const tall = Math.max(least, (height * perSecond(bar, [name])) / max);
        base[i] -= tall;
        const [from, to] = [Math.round(x(bar.fromMs)), Math.round(x(bar.toMs))];
        return `M${from} ${round(base[i])}H${to}v${round(tall)}H${from}z`;
      });
      return [name, boxes.join('')];
    })
    .filter(([, path]) => path !== '')
    .map(([name, path]) => `<path class="${name}" d="${path}"/>`);
}

function axis({ top, height, max }: Panel, title: string): string {
  const lines = [0, 0.5, 1].map((share) => {
    const y = top + height * (1 - share);
    const label = count(Math.round(max * share * 10) / 10);
    return `<path class="grid" d="M${LEFT} ${round(y)}h${PLOT_WIDTH}"/>${text(LEFT - 8, y + 4, label, 'end')}`;
  });
  const middle = top + height / 2;
  const turned = `transform="rotate(-90 18 ${middle})"`;
  return [...lines, `<text class="middle faint" x="18" y="${middle}" ${turned}>${title}</text>`].join('\n');
}

function lane(
  { version, ok, failed, firstMs, lastMs }: VersionSeen,
  index: number,
  top: number,
  x: Scale,
): string {
  const from = x(firstMs);
  const long = Math.max(2, x(lastMs) - from);
  const counts = `${count(ok)} ok${failed > 0 ? `, ${count(failed)} failed` : ''}`;
  const outside = long < (counts.length + 2) * LETTER_WIDTH;
  const before = outside && from > WIDTH / 2;
  const label = outside
    ? text(before ? from - 6 : from + long + 6, top + 15, counts, before ? 'end' : '')
    : '';
  return [
    `<rect class="lane v${index % LANE_COLOURS}" x="${round(from)}" y="${top + 2}" width="${round(long)}" height="${LANE_HEIGHT - 6}" rx="3"/>`,
    text(LEFT - 8, top + 15, shorten(version, 10), 'end'),
    label || text(from + 8, top + 15, counts, 'on'),
  ].join('\n');
}

/** The line of a mark without a label, which a viewer shows where the pointer is on the line. */
function bareLine({ atMs, label }: Mark, x: Scale, top: number, bottom: number): string {
  return `<path class="mark" d="M${round(x(atMs))} ${top}V${bottom}"><title>${toXmlText(label)}</title></path>`;
}

/** Gives every mark the first row in which its label touches no other. A mark for which there is no room has no label. */
function placeLabels(marks: readonly Mark[], x: Scale): Label[] {
  const ends = Array.from({ length: LABEL_ROWS }, () => -Infinity);
  return [...marks]
    .sort((a, b) => a.atMs - b.atMs)
    .flatMap((mark) => {
      const label = `${shorten(mark.label, 40)} ${seconds(mark.atMs)}`;
      const at = x(mark.atMs);
      const long = labelLength(label);
      const before = at + long > WIDTH;
      const start = before ? at - long : at;
      const row = ends.findIndex((end) => end <= start);
      if (row === -1) {
        return [];
      }
      ends[row] = start + long;
      return [{ x: at, row, label, before }];
    });
}

/** The end of an axis for a largest value: the value rounded up. */
function axisEnd(number: number): number {
  return roundUp(number, [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10]);
}
