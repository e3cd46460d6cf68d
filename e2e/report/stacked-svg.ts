/** A picture with its heading. */
export interface Titled {
  readonly title: string;
  readonly svg: string;
}

const WIDTH = 960;
const HEADING = 44;

/** Pictures of the same width, one below the other, each with a heading. */
export function stackedSvg(pictures: readonly Titled[]): string {
  let top = 0;
  const parts = pictures.map(({ title, svg }) => {
    const y = top + HEADING;
    top = y + heightOf(svg);
    return `<text x="24" y="${y - 14}" class="heading">${escape(title)}</text>\n${svg.replace('<svg ', `<svg y="${y}" `)}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img">
<title>${escape(pictures.map(({ title }) => title).join('; '))}</title>
<style>
.heading { font: 600 20px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1f2328; }
.sheet { fill: #ffffff; }
@media (prefers-color-scheme: dark) { .heading { fill: #e6edf3; } .sheet { fill: #0d1117; } }
</style>
<rect class="sheet" width="${WIDTH}" height="${top}" rx="6"/>
${parts.join('\n')}
</svg>
`;
}

function heightOf(svg: string): number {
  return Number(/ height="(\d+)"/.exec(svg)![1]);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
