import type { Case, Side } from './plan';
import { services, SIDE_NAMES } from './plan';
import type { Medians, Row } from './summary';

/** One diagram: a figure over the number of services, a line per side. */
interface Panel {
  readonly left: number;
  readonly title: string;
  /** Values with a grid line; the first and the last are the ends of the axis. */
  readonly ticks: number[];
  readonly logarithmic: boolean;
  readonly value: (medians: Medians) => number;
  readonly digits: number;
}

const SHOWN: Side[] = ['zeroDowntime', 'plain'];
const [WIDTH, HEIGHT] = [960, 400];
const PLOT = { top: 104, bottom: 330, width: 370 };

/**
 * The rows that have one chart as an SVG: time per service and peak memory over the number of services.
 *
 * It has its own background and follows the reader's light or dark scheme.
 */
export function renderChart(rows: Row[]): string {
  const oneChart = rows.filter((row) => row.case.charts === 1);
  const most = Math.max(...oneChart.flatMap(({ sides }) => SHOWN.map((side) => sides[side].mebibytes)));
  const panels: Panel[] = [
    {
      left: 70,
      title: 'Milliseconds per service (each line is twice the one below)',
      ticks: doublings(
        oneChart.flatMap(({ sides }) => SHOWN.map((side) => sides[side].millisecondsPerService)),
      ),
      logarithmic: true,
      value: (medians) => medians.millisecondsPerService,
      digits: 2,
    },
    {
      left: 550,
      title: 'Peak memory of the process, MiB',
      ticks: [0, 1, 2, 3, 4].map((step) => step * Math.ceil(most / 4 / 25) * 25),
      logarithmic: false,
      value: (medians) => medians.mebibytes,
      digits: 0,
    },
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Time per service and peak memory over the number of services in one chart">
${STYLE}
<rect class="background" width="${WIDTH}" height="${HEIGHT}" rx="8"/>
<text class="heading" x="24" y="34">Synthesizing services in one chart</text>
${legend()}
${panels.map((panel) => renderPanel(panel, oneChart)).join('\n')}
</svg>
`;
}

const STYLE = `<style>
text { font: 13px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1f2328 }
.heading { font-size: 16px; font-weight: 600 }
.background { fill: #ffffff; stroke: #d1d9e0 }
.grid { stroke: #d1d9e0 }
.axis { fill: #59636e }
.line { fill: none; stroke-width: 2.5 }
.line.plain { stroke: #0969da }
.line.zeroDowntime { stroke: #bc4c00 }
.mark.plain, .value.plain { fill: #0969da }
.mark.zeroDowntime, .value.zeroDowntime { fill: #bc4c00 }
.value { font-weight: 600; stroke: #ffffff; stroke-width: 4; paint-order: stroke }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.background { fill: #0d1117; stroke: #3d444d }
.grid { stroke: #3d444d }
.axis { fill: #9198a1 }
.line.plain { stroke: #58a6ff }
.line.zeroDowntime { stroke: #f0883e }
.mark.plain, .value.plain { fill: #58a6ff }
.mark.zeroDowntime, .value.zeroDowntime { fill: #f0883e }
.value { stroke: #0d1117 }
}
</style>`;

function legend(): string {
  return SHOWN.map((side, i) => {
    const x = 24 + i * 250;
    return `<path class="line ${side}" d="M${x} 58h28"/>${mark(side, x + 14, 58)}<text x="${x + 36}" y="63">${SIDE_NAMES[side]}</text>`;
  }).join('\n');
}

function renderPanel(panel: Panel, rows: Row[]): string {
  const { left, title, ticks } = panel;
  const right = left + PLOT.width;
  const axis = ticks.map((tick) => {
    const y = height(panel, tick);
    return `<path class="grid" d="M${left} ${y}H${right}"/><text class="axis" x="${left - 8}" y="${y + 4}" text-anchor="end">${tick}</text>`;
  });
  const names = rows.map(
    (row) =>
      `<text class="axis" x="${across(panel, row.case, rows)}" y="${PLOT.bottom + 22}" text-anchor="middle">${services(row.case).toLocaleString('en-US')}</text>`,
  );
  return [
    `<text x="${left}" y="${PLOT.top - 14}">${title}</text>`,
    ...axis,
    ...names,
    `<text class="axis" x="${(left + right) / 2}" y="${PLOT.bottom + 46}" text-anchor="middle">services</text>`,
    ...SHOWN.map((side) => renderLine(panel, rows, side)),
  ].join('\n');
}

function renderLine(panel: Panel, rows: Row[], side: Side): string {
  const points = rows.map((row) => {
    const value = panel.value(row.sides[side]);
    return { value, x: across(panel, row.case, rows), y: height(panel, value) };
  });
  const marks = points.map(({ value, x, y }) => {
    // The line that is higher on both diagrams has its figures above, the other one below.
    const below = side === 'plain' ? 20 : -10;
    return `${mark(side, x, y)}<text class="value ${side}" x="${x}" y="${y + below}" text-anchor="middle">${value.toFixed(panel.digits)}</text>`;
  });
  return [
    `<polyline class="line ${side}" points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}"/>`,
    ...marks,
  ].join('\n');
}

/** The sides differ by shape too, for those who do not see the colours. */
function mark(side: Side, x: number, y: number): string {
  return side === 'plain'
    ? `<circle class="mark plain" cx="${x}" cy="${y}" r="5"/>`
    : `<rect class="mark ${side}" x="${x - 4.5}" y="${y - 4.5}" width="9" height="9"/>`;
}

/** Numbers of services stand on a logarithmic axis, a little away from both ends. */
function across({ left }: Panel, one: Case, rows: Row[]): number {
  const [first, last] = [rows[0].case, rows[rows.length - 1].case].map((end) => Math.log(services(end)));
  const share = (Math.log(services(one)) - first) / (last - first);
  return round(left + 24 + share * (PLOT.width - 48));
}

function height({ ticks, logarithmic }: Panel, value: number): number {
  const scale = (number: number) => (logarithmic ? Math.log(number) : number);
  const [lowest, highest] = [scale(ticks[0]), scale(ticks[ticks.length - 1])];
  const share = (scale(value) - lowest) / (highest - lowest);
  return round(PLOT.bottom - share * (PLOT.bottom - PLOT.top));
}

/** Powers of two around all values, with room for a figure at either end. */
function doublings(values: number[]): number[] {
  const first = Math.floor(Math.log2(Math.min(...values) * 0.8));
  const last = Math.ceil(Math.log2(Math.max(...values) * 1.2));
  return Array.from({ length: last - first + 1 }, (_, i) => 2 ** (first + i));
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
