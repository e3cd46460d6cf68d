/** 12345 as `12,345`. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** 0.00123 as `0.12 %`: two digits that say something. */
export function percent(rate: number): string {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(rate * 100)));
  return rate === 0 ? '0 %' : `${(rate * 100).toFixed(Math.min(digits, 10))} %`;
}

/** A table in Markdown. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
