/** A colour on light pages and one on dark pages. */
type Colour = readonly [light: string, dark: string];

/** Colours by class. */
type Colours = Readonly<Record<string, Colour>>;

const commonFills: Colours = {
  '.page': ['#ffffff', '#0d1117'],
  text: ['#1f2328', '#e6edf3'],
  '.faint': ['#59636e', '#9198a1'],
  '.on': ['#0b1f33', '#ffffff'],
};

const fills: Colours = {
  '.none-failed': ['#1a7f37', '#3fb950'],
  '.some-failed': ['#cf222e', '#f85149'],
  '.not-measured': ['#9a6700', '#d29922'],
  '.ok': ['#a8d8bd', '#2b6148'],
  '.refused': ['#cf222e', '#f85149'],
  '.reset': ['#e8710a', '#f0883e'],
  '.closed': ['#bf3989', '#f778ba'],
  '.connect-timeout': ['#512a97', '#8957e5'],
  '.response-timeout': ['#9b6bff', '#d2a8ff'],
  '.status': ['#d4a72c', '#e3b341'],
  '.wrong-body': ['#7d4e00', '#a9794a'],
  '.other': ['#6e7781', '#8b949e'],
  '.v0': ['#b6d7ff', '#1f4b80'],
  '.v1': ['#ffd8a8', '#7a4a10'],
  '.v2': ['#d8c7ff', '#4c3690'],
  '.v3': ['#a5e8e4', '#125a57'],
  '.v4': ['#ffc9de', '#7c2d54'],
  '.v5': ['#dfe3a0', '#565a16'],
};

const commonStrokes: Colours = {
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
      ...Object.entries({ ...commonFills, ...fills }).map(
        ([name, colour]) => `${name} { fill: ${colour[index]}; }`,
      ),
      ...Object.entries({ ...commonStrokes, ...strokes }).map(
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

/** The style sheet of the probe's pictures. */
export const style = styleSheet(fills);
