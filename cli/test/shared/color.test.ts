import { describe, expect, it } from 'vitest';
import { useColor } from '../../src/shared/color.js';

describe('a text', () => {
  const terminal = { isTTY: true };
  const pipe = {};
  it.each([
    ['on a terminal', undefined, terminal, {}, true],
    ['on a terminal that knows none', undefined, terminal, { TERM: 'dumb' }, false],
    ['in a pipe', undefined, pipe, {}, false],
    ['with NO_COLOR', undefined, terminal, { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', undefined, terminal, { NO_COLOR: '' }, true],
    ['with FORCE_COLOR in a pipe', undefined, pipe, { FORCE_COLOR: '1', TERM: 'dumb' }, true],
    ['with FORCE_COLOR=0', undefined, terminal, { FORCE_COLOR: '0' }, false],
    ['with both, as others do', undefined, terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['with --color always', 'always', pipe, { NO_COLOR: '1' }, true],
    ['with --color never', 'never', terminal, { FORCE_COLOR: '1' }, false],
    ['with --color auto', 'auto', terminal, {}, true],
  ] as const)('has colors or not %s', (_, asked, stream, environment, expected) => {
    expect(useColor(asked, stream, environment)).toBe(expected);
  });
});
