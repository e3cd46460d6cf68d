import { toXmlText } from '../shared/untrusted-text.js';

/** The mean width of a letter. */
export const LETTER_WIDTH = 6.6;

/** A text at a place, with the classes of its style. */
export function text(x: number, y: number, content: string, className = ''): string {
  const classes = className === '' ? '' : ` class="${className}"`;
  return `<text${classes} x="${round(x)}" y="${round(y)}">${toXmlText(content)}</text>`;
}

/** A coordinate with as many digits as a picture needs. */
export function round(number: number): number {
  return Math.round(number * 10) / 10;
}

/** Rounds a number up to one of 1, 2, 5, 10, 20, 50 ... */
export function niceStep(number: number): number {
  return roundUp(number, [1, 2, 5, 10]);
}

/** Rounds a number up to one of some factors times a power of ten. */
export function roundUp(number: number, factors: readonly number[]): number {
  const power = 10 ** Math.floor(Math.log10(number));
  return (factors.find((factor) => factor * power >= number * 0.999) ?? 10) * power;
}
