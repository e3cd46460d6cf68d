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

const write = (name: string, content: string) => writeWhole([{ path: join(folder, name), content }]);

describe('writeWhole', () => {
  it('replaces a file and leaves nothing else', () => {
    write('out', 'old');
    write('out', 'new');
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('leaves nothing when it fails', () => {
    mkdirSync(join(folder, 'out'));
    expect(() => write('out', 'new')).toThrow(/^".*out" cannot be written \(EISDIR\)$/);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('writes through a link, and keeps it', () => {
    symlinkSync('real', join(folder, 'link'));
    writeFileSync(join(folder, 'real'), 'old');
    write('link', 'new');
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['link', 'real']);
  });

  it('writes into a pipe, and does not put a file in its place', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const read = readFile(pipe, 'utf8');
    checkWritable('--json', pipe);
    write('pipe', 'new');
    expect(await read).toBe('new');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});
