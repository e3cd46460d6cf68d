import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkWritable, writeWhole } from '../../src/shared/files.js';
import { writeOutputs } from '../../src/shared/outputs.js';
import { startScript } from '../processes.js';

const isRoot = process.getuid?.() === 0;
const canMount = isRoot && canMountHere();

function canMountHere(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', place]);
  if (status === 0) {
    execFileSync('umount', [place]);
  }
  rmSync(place, { recursive: true });
  return status === 0;
}

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

  it('writes through a link to what is not there yet, and keeps it', () => {
    symlinkSync('real', join(folder, 'link'));
    write('link', 'new');
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['link', 'real']);
  });

  it('keeps the mode of a file, and gives a new one that of the umask', () => {
    write('new', '');
    for (const mode of [0o600, 0o640, 0o666]) {
      writeFileSync(join(folder, 'out'), 'secret');
      chmodSync(join(folder, 'out'), mode);
      write('out', 'new');
      expect(statSync(join(folder, 'out')).mode & 0o777).toBe(mode);
    }
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  it.runIf(isRoot)('keeps the owner of a file, as root', () => {
    write('out', 'old');
    chownSync(join(folder, 'out'), 65534, 12);
    chmodSync(join(folder, 'out'), 0o640);
    write('out', 'new');
    const { uid, gid, mode } = statSync(join(folder, 'out'));
    expect([uid, gid, mode & 0o777]).toEqual([65534, 12, 0o640]);
  });

  it('is not led away by links that others plant beside it', () => {
    writeFileSync(join(folder, 'victim'), 'precious');
    symlinkSync('victim', join(folder, `out.${process.pid}.tmp`));
    write('out', 'new');
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious');
  });

  it('uses another name for each file that it is about to replace', () => {
    mkdirSync(join(folder, 'out'));
    const names = new Set<string>();
    const watcher = watch(folder, (_event, name) => names.add(String(name)));
    for (let i = 0; i < 3; i++) {
      expect(() => write('out', 'new')).toThrow(/EISDIR/);
    }
    return vi
      .waitFor(() => expect([...names].filter((name) => name.endsWith('.tmp'))).toHaveLength(3), {
        timeout: 30_000,
      })
      .finally(() => watcher.close());
  });

  it('writes all files or none', () => {
    write('a', 'old');
    const files = [
      { path: join(folder, 'a'), content: 'new' },
      { path: join(folder, 'b'), content: 'new' },
      { path: join(folder, 'none/c'), content: 'new' },
    ];
    expect(() => writeWhole(files)).toThrow(/^".*none\/c" cannot be written \(ENOENT\)$/);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('brings back what it replaced when a later file cannot be replaced', () => {
    write('a', 'old');
    mkdirSync(join(folder, 'c'));
    const files = ['a', 'b', 'c'].map((name) => ({ path: join(folder, name), content: 'new' }));
    expect(() => writeWhole(files)).toThrow(/^".*c" cannot be written \(EISDIR\)$/);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a', 'c']);
  });

  it.runIf(canMount)('leaves everything as it was when the disk is full', () => {
    mkdirSync(join(folder, 'small'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', join(folder, 'small')]);
    try {
      write('small/a', 'old');
      const files = [
        { path: join(folder, 'other'), content: 'new' },
        { path: join(folder, 'small/a'), content: 'x'.repeat(200_000) },
      ];
      expect(() => writeWhole(files)).toThrow(/^".*small\/a" cannot be written \(ENOSPC\)$/);
      expect(readdirSync(folder)).toEqual(['small']);
      expect(readdirSync(join(folder, 'small'))).toEqual(['a']);
      expect(readFileSync(join(folder, 'small/a'), 'utf8')).toBe('old');
    } finally {
      execFileSync('umount', [join(folder, 'small')]);
    }
  });

  it('is not ended by a signal in the middle', async () => {
    const { exit } = startScript(
      (built) => `import { uninterrupted } from ${built('shared/termination-signals.js')};
        import { writeFileSync } from 'node:fs';
        uninterrupted(() => { process.kill(process.pid, 'SIGTERM'); writeFileSync('out', 'new'); });
        setTimeout(() => console.log('went on'), 60_000);`,
      { cwd: folder },
    );
    expect(await exit).toMatchObject({ signal: 'SIGTERM', stdout: '' });
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('new');
  });
});

describe('checkWritable refuses a file that cannot be replaced', () => {
  it.runIf(canMount)('since it is a mount point', () => {
    const [file, other] = ['an out', 'other'].map((name) => join(folder, name));
    for (const path of [file, other]) {
      writeFileSync(path, '');
    }
    execFileSync('mount', ['--bind', other, file]);
    try {
      expect(() => checkWritable('--json', file)).toThrow(/this is a mount point, so it cannot be replaced/);
      expect(() => checkWritable('--json', other)).not.toThrow();
    } finally {
      execFileSync('umount', [file]);
    }
  });

  it('since it belongs to another user, in a folder such as /tmp', () => {
    const file = join(folder, 'out');
    writeFileSync(file, '');
    chmodSync(folder, 0o1777);
    expect(() => checkWritable('--json', file)).not.toThrow();
    const somebody = vi.spyOn(process, 'geteuid').mockReturnValue(65_534);
    expect(() => checkWritable('--json', file)).toThrow(/who alone may replace it in this folder/);
    somebody.mockRestore();
  });
});

it('writeOutputs writes into a pipe, and does not put a file in its place', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  checkWritable('--json', pipe);
  const written = writeOutputs([{ option: 'json', path: pipe }], () => 'new');
  expect(await readFile(pipe, 'utf8')).toBe('new');
  await written;
  expect(statSync(pipe).isFIFO()).toBe(true);
});
