import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProbeRun } from '../src/index.js';
import { Live } from '../src/report/live.js';

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

describe('Live', () => {
  it('keeps one line of a terminal, makes room for other text, and removes it at the end', () => {
    const live = new Live({ ...screen, isTTY: true, columns: 20 }, run);
    vi.advanceTimersByTime(200);
    void live.write('from the command\n');
    vi.advanceTimersByTime(200);
    void live.stop();
    vi.advanceTimersByTime(1000);
    const cut = line.slice(0, 19);
    const clear = '\r\x1b[2K';
    expect(written).toBe(`${clear}${cut}${clear}from the command\n${clear}${cut}${clear}`);
  });

  it('writes a line every five seconds elsewhere', () => {
    const live = new Live(screen, run);
    vi.advanceTimersByTime(10_000);
    void live.stop();
    expect(written).toBe(`${line}\n${line}\n`);
  });

  it('shows no progress while a screen stands still, and lets little wait', async () => {
    const live = new Live({ ...screen, writableLength: 2_000_000 }, run);
    vi.advanceTimersByTime(10_000);
    await live.write('left out');
    await live.stop();
    expect(written).toBe('');
  });

  it('resolves when the text is written', async () => {
    let written = false;
    const live = new Live(
      { writableLength: 0, write: (_text, done) => setTimeout(() => done?.(), 500) },
      run,
    );
    void live.write('text').then(() => (written = true));
    await vi.advanceTimersByTimeAsync(400);
    expect(written).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    expect(written).toBe(true);
    void live.stop();
  });
});
