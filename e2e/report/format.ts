/** 12345 as `12,345`. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** 0.00123 as `0.12 %`, with two significant digits. */
export function percent(rate: number): string {
  return rate === 0 ? '0 %' : `${(rate * 100).toFixed(digits(rate))} %`;
}

/** A bound as a percentage, rounded up: 0.00123 as `0.13 %`. */
export function percentAtMost(rate: number): string {
  const scale = 10 ** digits(rate);
  // Without the imprecision of floating point numbers.
  return percent(Math.ceil(rate * 100 * scale - 1e-6) / scale / 100);
}

function digits(rate: number): number {
  return Math.min(Math.max(0, 1 - Math.floor(Math.log10(rate * 100))), 10);
}

/** A table in Markdown. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
