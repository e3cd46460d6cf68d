import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Assembly } from '../scripts/undocumented-api';
import { undocumentedApi } from '../scripts/undocumented-api';
import { undocumentedThrows } from '../scripts/undocumented-throws';

const said = { summary: 'Says what it is.' };

describe('undocumentedApi', () => {
  it('names every type, member and parameter without a summary', () => {
    const assembly: Assembly = {
      types: {
        'lib.Bare': {
          kind: 'class',
          name: 'Bare',
          initializer: { parameters: [{ name: 'id' }] },
          methods: [{ name: 'run', parameters: [{ name: 'fast' }] }],
          properties: [{ name: 'size' }],
        },
        'lib.Colour': { kind: 'enum', name: 'Colour', docs: said, members: [{ name: 'RED' }] },
      },
    };

    expect(undocumentedApi(assembly)).toEqual([
      'Bare: no summary',
      'Bare.constructor(id): no summary',
      'Bare.run: no summary',
      'Bare.run(fast): no summary',
      'Bare.size: no summary',
      'Colour.RED: no summary',
    ]);
  });

  it('names every optional prop without a default', () => {
    const assembly: Assembly = {
      types: {
        'lib.Props': {
          kind: 'interface',
          name: 'Props',
          docs: said,
          properties: [
            { name: 'required', docs: said },
            { name: 'told', docs: { ...said, default: '1' }, optional: true },
            { name: 'untold', docs: said, optional: true },
          ],
        },
      },
    };

    expect(undocumentedApi(assembly)).toEqual(['Props.untold: no @default']);
  });

  it('names every summary that jsii cuts off', () => {
    const assembly: Assembly = {
      types: { 'lib.Half': { kind: 'class', name: 'Half', docs: { summary: 'HTTP GET;' } } },
    };

    expect(undocumentedApi(assembly)).toEqual(['Half: the summary is cut off after "HTTP GET;"']);
  });
});

describe('undocumentedThrows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'undocumented-throws-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names public methods that throw, themselves or through what they call, and do not say so', () => {
    const file = join(folder, 'sample.ts');
    writeFileSync(
      file,
      `
      function check(n: number): number { return n > 0 ? n : refuse(); }
      function refuse(): never { throw new Error('no'); }
      export class Sample {
        constructor(n: number) { check(n); }
        public direct(): void { throw new Error('no'); }
        public nested(): number { return [1].map((n) => check(n))[0]; }
        /** @throws always */
        public told(): void { refuse(); }
        public safe(): number { return this.safe(); }
        private hidden(): void { refuse(); }
      }
      class Inner { public direct(): void { refuse(); } }
      `,
    );

    expect(undocumentedThrows([file], { noLib: true })).toEqual([
      'Sample.constructor',
      'Sample.direct',
      'Sample.nested',
    ]);
  });
});
