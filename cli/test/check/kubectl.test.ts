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
    expect(refused.map(({ text }) => text)).toEqual([
      'a: !!binary gIA=\n',
      // Of these kubectl reads only what is first.
      '{a: 1}\n{b: 2}\n',
      '[{"a":1}]\n[{"b":1}]',
      '# c\n{"a":1}\n{"b":2}\n',
      '---\n{"a":1}\n{"b":2}\n',
      'a: 1\n...\nb: 2\n',
      'a: 1\n... # x\nb: 2',
      'a: "x"#y\n',
      // Lines end here in YAML 1.1.
      'a: \u0085\n',
      'a: x\u0085b: 1\n',
      'a: x\u2028b: 1\n',
      '  a: 1\nb: 2\n',
      'a: "x\u0085y"\n',
      "a: 'x\u0085y'\n",
      'a: "x \u2028 y"\n',
      "a: 'x\u2029 y'\n",
    ]);
  });
});
