import { expect, it } from 'vitest';
import { Lines } from '../../src/probe/lines.js';
import { fc } from '../random.js';

function linesOf(pieces: readonly string[]): string[] {
  const found: string[] = [];
  const lines = new Lines((line) => found.push(line));
  for (const piece of pieces) {
    lines.take(piece);
  }
  lines.end();
  return found;
}

it('gives the same lines wherever the text is cut', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'ü', '\n', '\r', ' '), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(linesOf(pieces)).toEqual(linesOf([pieces.join('')]));
    }),
  );
});

it('ends lines as Unix and Windows do', () => {
  expect(linesOf(['a\n\nb\r\nc'])).toEqual(['a', '', 'b', 'c']);
});

it('keeps no more than 1,000 letters of a line', () => {
  const endless = Array.from({ length: 1000 }, () => 'a'.repeat(64_000));
  expect(linesOf([...endless, '\nb\n'])).toEqual(['a'.repeat(1000), 'b']);
});
