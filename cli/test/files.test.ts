import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from '../src/files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeWhole', () => {
  it('replaces a file and leaves nothing else', () => {
    writeWhole(join(folder, 'out'), 'old');
    writeWhole(join(folder, 'out'), 'new');
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('leaves nothing when it fails', () => {
    mkdirSync(join(folder, 'out'));
    expect(() => writeWhole(join(folder, 'out'), 'new')).toThrow('EISDIR');
    expect(readdirSync(folder)).toEqual(['out']);
  });
});
