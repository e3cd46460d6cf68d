import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProbeRun } from '../src/index.js';
import { Live } from '../src/report/live.js';

const run = { progress: () => ({ elapsedMs: 1000, streams: [], inFlight: 0 }) } as unknown as ProbeRun;
const line = '  1.0 s  0 sent  0 ok  0 failed  0 in flight';
let written: string;
const write = (text: string) => (written += text);

beforeEach(() => {
  vi.useFakeTimers();
  written = '';
});
afterEach(() => vi.useRealTimers());

describe('Live', () => {
  it('keeps one line of a terminal, makes room for other text, and removes it at the end', () => {
    const live = new Live({ isTTY: true, columns: 20, write }, run);
    vi.advanceTimersByTime(200);
    live.write('from the command\n');
    vi.advanceTimersByTime(200);
    live.stop();
    vi.advanceTimersByTime(1000);
    const cut = line.slice(0, 19);
    const clear = '\r\x1b[2K';
    expect(written).toBe(`${clear}${cut}${clear}from the command\n${clear}${cut}${clear}`);
  });

  it('writes a line every five seconds elsewhere', () => {
    const live = new Live({ write }, run);
    vi.advanceTimersByTime(10_000);
    live.stop();
    expect(written).toBe(`${line}\n${line}\n`);
  });
});
