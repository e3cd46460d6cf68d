import { toXmlText } from '../shared/untrusted-text.js';

/** The mean width of a letter. */
export const letterWidth = 6.6;

/** A text at a place, with the classes of its style. */
export function text(x: number, y: number, content: string, className = ''): string {
  const classes = className === '' ? '' : ` class="${className}"`;
  return `<text${classes} x="${round(x)}" y="${round(y)}">${toXmlText(content)}</text>`;
}

/** A number with as many digits as a place in a picture needs. */
export function round(number: number): number {
  return Math.round(number * 10) / 10;
}

/** The least of 1, 2, 5, 10, 20, 50 ... that is not below a number. */
export function niceStep(number: number): number {
  return roundUp(number, [1, 2, 5, 10]);
}

/** The least of some factors and their tenfolds that is not below a number. */
export function roundUp(number: number, factors: readonly number[]): number {
  const power = 10 ** Math.floor(Math.log10(number));
  return (factors.find((factor) => factor * power >= number * 0.999) ?? 10) * power;
}
