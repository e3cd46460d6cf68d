/** What pictures over time share: the width, the legend, the time axis, and marks with their labels. */
import { toXmlText } from '../shared/untrusted-text.js';
import { LETTER_WIDTH, niceStep, round, text } from './parts.js';

export const WIDTH = 960;
export const LEFT = 76;
export const RIGHT = 24;
export const PLOT_WIDTH = WIDTH - LEFT - RIGHT;
/** Lines for the labels of marks above a plot. */
export const LABEL_ROWS = 3;
export const LABEL_HEIGHT = 16;

/** The x coordinate of a moment in ms from the start. */
export type Scale = (ms: number) => number;

/** The whole picture. */
export function picture(title: string, style: string, parts: readonly string[], height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${toXmlText(title)}</title>
<style>
${style}
</style>
<rect class="page" width="${WIDTH}" height="${height}" rx="6"/>
${parts.join('\n')}
</svg>
`;
}

/** The label of a mark: in which line it is, and whether left of its mark. */
export interface Label {
  readonly x: number;
  readonly row: number;
  readonly label: string;
  readonly before: boolean;
}

/** How much room a label takes, with the gap to the next one. */
export function labelLength(label: string): number {
  return label.length * LETTER_WIDTH + 10;
}

export function markLine({ x, row }: Label, top: number, bottom: number): string {
  return `<path class="mark" d="M${round(x)} ${labelY(row, top) - 10}V${bottom}"/>`;
}

export function markText({ x, row, label, before }: Label, top: number): string {
  return text(before ? x - 5 : x + 5, labelY(row, top), label, before ? 'halo end' : 'halo');
}

function labelY(row: number, top: number): number {
  return top - 8 - row * LABEL_HEIGHT;
}

/** A square and a name for each class. */
export function legend(names: readonly string[], top: number): string[] {
  let at = LEFT;
  return names.map((name) => {
    const item = `<rect class="${name}" x="${at}" y="${top}" width="11" height="11" rx="2"/>${text(at + 16, top + 10, name)}`;
    at += 40 + name.length * LETTER_WIDTH;
    return item;
  });
}

export function timeAxis(name: string, endMs: number, bottom: number, x: Scale): string[] {
  const every = niceStep(endMs / 10);
  const ticks: string[] = [];
  for (let ms = 0; ms <= endMs; ms += every) {
    ticks.push(
      `<path class="tick" d="M${round(x(ms))} ${bottom}v5"/>`,
      text(x(ms), bottom + 19, String(Math.round(ms) / 1000), 'middle'),
    );
  }
  return [...ticks, text(LEFT + PLOT_WIDTH / 2, bottom + 38, name, 'middle faint')];
}
