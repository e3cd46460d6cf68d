/** A stretch of time in ms: what is expected, and the most that it may be. */
export interface Span {
  readonly expectedMs: number;
  readonly mostMs: number;
}
