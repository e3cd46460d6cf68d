import { describe, expect, it } from 'vitest';
import { check } from '../src/check/check.js';
import { parse } from '../src/check/read/parse.js';
import { Room } from '../src/check/read/room.js';
import { many, parsed } from '../test/check/growing.js';
import { budget, deployment } from '../test/check/objects.js';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n';

describe('large files', () => {
  const message = 'this and what comes after it is too much to be checked at once; check fewer files';

  it('are read up to what memory holds', () => {
    const { objects, problems } = parse(
      'a.yaml',
      `${configMap}---\n`.repeat(700_000).slice(0, 60 * 1024 * 1024),
    );
    expect(objects.length).toBeGreaterThan(300_000);
    expect(problems).toEqual([expect.objectContaining({ message })]);
  });

  it('are read up to what memory holds of all files together', () => {
    const room = new Room();
    const large = Buffer.alloc(40 * 1024 * 1024, '\n');
    const files = ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'].map((file) => parse(file, large, room));
    expect(files.map(({ problems }) => problems)).toEqual([
      [],
      [],
      [{ file: 'c.yaml', message }],
      [{ file: 'd.yaml', message }],
    ]);
    expect(files[2].isPart).toBe(true);
  });
});

describe('objects that select others', () => {
  it('are not checked when their selectors all differ and each selects most pods', () => {
    const others = (name: string) => ({
      matchExpressions: [{ key: 'app', operator: 'NotIn', values: [name] }],
    });
    const result = check(
      parsed([
        ...many(3000, (name) => deployment({ name })),
        ...many(3000, (name) => budget({ maxUnavailable: 1, selector: others(name) }, { name })),
      ]),
    );
    expect(result).toMatchObject({
      findings: [],
      problems: [
        {
          file: 'a.yaml',
          line: 1,
          message:
            'nothing is checked: too many different selectors select too many pods; check the namespaces one by one',
        },
      ],
    });
  });
});
