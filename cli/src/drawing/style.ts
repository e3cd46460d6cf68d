/** A colour on light pages and one on dark pages. */
type Colour = readonly [light: string, dark: string];

/** Colours by class. */
type Colours = Readonly<Record<string, Colour>>;

const COMMON_FILLS: Colours = {
  '.page': ['#ffffff', '#0d1117'],
  text: ['#1f2328', '#e6edf3'],
  '.faint': ['#59636e', '#9198a1'],
  '.on': ['#0b1f33', '#ffffff'],
};

const COMMON_STROKES: Colours = {
  '.grid': ['#d8dee4', '#30363d'],
  '.tick': ['#8c959f', '#6e7681'],
  '.mark': ['#59636e', '#9198a1'],
  '.halo': ['#ffffff', '#0d1117'],
};

/**
 * The style sheet of a picture, for light pages and, where the reader prefers them, for dark ones.
 * @param fills of the picture's own classes
 * @param strokes of the same
 */
export function styleSheet(fills: Colours, strokes: Colours = {}): string {
  const rules = (index: 0 | 1) =>
    [
      ...Object.entries({ ...COMMON_FILLS, ...fills }).map(
        ([name, colour]) => `${name} { fill: ${colour[index]}; }`,
      ),
      ...Object.entries({ ...COMMON_STROKES, ...strokes }).map(
        ([name, colour]) => `${name} { stroke: ${colour[index]}; }`,
      ),
    ].join('\n');
  return `text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.headline { font-size: 18px; font-weight: 600; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
.halo { stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
.mark { stroke-dasharray: 3 3; }
path { shape-rendering: crispEdges; }
${rules(0)}
@media (prefers-color-scheme: dark) {
${rules(1)}
}`;
}
