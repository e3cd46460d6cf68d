/* eslint no-irregular-whitespace: off -- line ends of YAML 1.1 are among what is read */
import { describe, expect, it } from 'vitest';
import { difference, kubectlReads, readByCheck } from './kubectl-reads.js';

describe('what kubectl reads', () => {
  it.each(kubectlReads)('is read the same in $text', (read) => {
    expect(difference(read)).toBeUndefined();
  });

  it('is read, but for what another reader may take for something else', () => {
    const refused = kubectlReads.filter(
      ({ text, documents, error }) =>
        error === undefined && documents.length > 0 && readByCheck(text).problems.length > 0,
    );
    expect(refused.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "a: !!binary gIA=
      ",
        "{a: 1}
      {b: 2}
      ",
        "[{"a":1}]
      [{"b":1}]",
        "# c
      {"a":1}
      {"b":2}
      ",
        "---
      {"a":1}
      {"b":2}
      ",
        "a: 1
      ...
      b: 2
      ",
        "a: 1
      ... # x
      b: 2",
        "a: "x"#y
      ",
        "a: 
      ",
        "a: xb: 1
      ",
        "a: x b: 1
      ",
        "  a: 1
      b: 2
      ",
      ]
    `);
  });
});
