import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgressDisplay } from '../../../src/commands/probe/progress.js';
import type { ProbeRun } from '../../../src/index.js';

const run = { progress: () => ({ elapsedMs: 1000, streams: [], inFlight: 0 }) } as unknown as ProbeRun;
const line = '  1.0 s  0 sent  0 ok  0 failed  0 in flight';
let written: string;
const write = (text: string, done?: () => void) => {
  written += text;
  done?.();
};
const screen = { write, writableLength: 0 };

beforeEach(() => {
  vi.useFakeTimers();
  written = '';
});
afterEach(() => vi.useRealTimers());

describe('ProgressDisplay', () => {
  it('keeps one line of a terminal, makes room for other text, and removes it at the end', () => {
    const display = new ProgressDisplay({ ...screen, isTTY: true, columns: 20 }, run);
    vi.advanceTimersByTime(200);
    void display.write('from the command\n');
    vi.advanceTimersByTime(200);
    void display.stop();
    vi.advanceTimersByTime(1000);
    const cut = line.slice(0, 19);
    const clear = '\r\x1b[2K';
    expect(written).toBe(`${clear}${cut}${clear}from the command\n${clear}${cut}${clear}`);
  });

  it('writes a line every five seconds elsewhere', () => {
    const display = new ProgressDisplay(screen, run);
    vi.advanceTimersByTime(10_000);
    void display.stop();
    expect(written).toBe(`${line}\n${line}\n`);
  });

  it('shows no progress while a terminal is stopped, and lets little text wait', async () => {
    const display = new ProgressDisplay({ ...screen, writableLength: 2_000_000 }, run);
    vi.advanceTimersByTime(10_000);
    await display.write('left out');
    await display.stop();
    expect(written).toBe('');
  });

  it('resolves when the text is written', async () => {
    let written = false;
    const display = new ProgressDisplay(
      { writableLength: 0, write: (_text, done) => setTimeout(() => done?.(), 500) },
      run,
    );
    void display.write('text').then(() => (written = true));
    await vi.advanceTimersByTimeAsync(400);
    expect(written).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    expect(written).toBe(true);
    void display.stop();
  });
});
