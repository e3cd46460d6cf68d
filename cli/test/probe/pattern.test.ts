import { describe, expect, it } from 'vitest';
import { Pattern } from '../../src/probe/pattern.js';
import { fc } from '../random.js';

const whole = (text: string) => ({ text, whole: true });
const cut = (text: string) => ({ text, whole: false });

describe('Pattern', () => {
  it.each([
    ['v(\\d+)', 'is v12!', '12'],
    ['v\\d+', 'is v12!', 'v12'],
    ['(a)|b', 'b', 'b'],
    ['(?i)HELLO', 'say hello', 'hello'],
    ['(?s)a.b', 'a\nb', 'a\nb'],
    ['é+', 'éé', 'éé'],
  ])('%s finds in "%s" what it should', (source, text, found) => {
    expect(new Pattern(source).find(whole(text))).toBe(found);
    expect(new Pattern(source).matches(whole(text))).toBe(true);
  });

  it.each([
    ['Welcome', 'Welcome to', true],
    ['Welcome', 'Welcome', false],
    ['a$', 'aaa', false],
    ['a\\b', 'aaa', false],
    ['.*', 'aaa', false],
    ['^a', 'aaa', true],
    ['b', 'aaa', false],
  ])('%s matches "%s", which goes on: %s', (source, text, matches) => {
    expect(new Pattern(source).matches(cut(text))).toBe(matches);
    expect(new Pattern(source).find(cut(text)) !== undefined).toBe(matches);
  });

  it('never says of the beginning of a text that it matches when the text does not', () => {
    const source = fc.constantFrom(
      'a$',
      'ab$',
      '^a+$',
      'a\\b',
      '(a|b)+',
      'b\\B',
      '^$',
      'a*',
      'a.?b',
      '(?m)^b$',
    );
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 8 });
    fc.assert(
      fc.property(source, text, text, (expression, start, rest) => {
        const pattern = new Pattern(expression);
        expect(pattern.matches(cut(start)) && !pattern.matches(whole(start + rest))).toBe(false);
      }),
    );
  });

  const long = 'a'.repeat(2 ** 20);
  it.each([
    ['^(a+)+$', `${long}!`],
    ['(a|a)*$', `${long}!`],
    ['([a-z]+)*$', `${long}!`],
    ['(.*a){20}$', `${long}!`],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', long],
  ])('%s takes no time that explodes', (source, text) => {
    // With backtracking it would take longer than the universe is old.
    expect(typeof new Pattern(source).matches(whole(text))).toBe('boolean');
  });

  it.each([
    ['(', 'missing closing )'],
    ['(?=a)', 'there is no (?=...): match what stands there too, and put what you look for into a group'],
    ['a(?!b)', 'there is no (?!...)'],
    ['(?<=a)b', 'there is no (?<=...)'],
    ['(?<!a)b', 'there is no (?<!...)'],
    ['(a)\\1', 'there are no backreferences: write what the group matches again'],
    ['(?<x>a)\\k<x>', 'there are no backreferences'],
    ['[^]*', 'there is no [^]: write (?s:.) for any character'],
    ['\\u00e9', 'there is no \\u: write a character by its number as \\x{00e9}'],
    ['a++', 'invalid nested repetition operator'],
  ])('refuses %s and says why', (source, why) => {
    expect(() => new Pattern(source)).toThrow(`got "${source}"; write a regular expression in RE2 syntax (`);
    expect(() => new Pattern(source)).toThrow(why);
  });

  it.each(['a{251}', '[a-z]{300}', 'x'.repeat(300)])('refuses %s, which would take too long', (source) => {
    expect(() => new Pattern(source)).toThrow(
      /it would take too long to match: write an expression of at most 250 steps, not \d+$/,
    );
  });
});
