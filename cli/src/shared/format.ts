/** A whole number with separators: 12,345. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** A number of things: "1 request", "2 requests". */
export function plural(number: number, thing: string): string {
  return `${count(number)} ${thing}${number === 1 ? '' : 's'}`;
}

/** A moment or a stretch of time in seconds: 12.3 s. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A latency with as many digits as make sense: 0.8 ms, 12 ms, 3.02 s. */
export function latency(ms: number): string {
  if (ms < 10) {
    return `${ms.toFixed(1)} ms`;
  }
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  return `${(ms / 1000).toFixed(2)} s`;
}
