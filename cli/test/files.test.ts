import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, writeWhole } from '../src/files.js';

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
    expect(() => writeWhole(join(folder, 'out'), 'new')).toThrow(/^".*out" cannot be written \(EISDIR\)$/);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('writes through a link, and keeps it', () => {
    symlinkSync('real', join(folder, 'link'));
    writeFileSync(join(folder, 'real'), 'old');
    writeWhole(join(folder, 'link'), 'new');
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['link', 'real']);
  });

  it('writes into a pipe, and does not put a file in its place', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const read = readFile(pipe, 'utf8');
    checkWritable('--json', pipe);
    writeWhole(pipe, 'new');
    expect(await read).toBe('new');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});
