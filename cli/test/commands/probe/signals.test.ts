import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Signals } from '../../../src/commands/probe/signals.js';
import type { ProbeRun } from '../../../src/probe/probe.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

describe('signals while the results are written', () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    kill.mockClear();
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const signal of signals) {
      process.removeAllListeners(signal);
    }
  });

  function released(...before: NodeJS.Signals[]): void {
    const run = {
      ended: new AbortController().signal,
      stop: vi.fn(),
      abandon: vi.fn(),
    } as unknown as ProbeRun;
    const taken = new Signals(run, () => Promise.resolve());
    for (const signal of before) {
      process.emit(signal, signal);
    }
    taken.release();
  }

  it('do not end the probe when npx repeats the signal that ended the sending', () => {
    released('SIGINT');
    vi.advanceTimersByTime(999);
    process.emit('SIGINT', 'SIGINT');
    expect(kill).not.toHaveBeenCalled();
    // Without one, the system would end the process.
    expect(process.listenerCount('SIGINT')).toBe(1);
  });

  it('end the probe when they come again later', () => {
    released('SIGINT');
    vi.advanceTimersByTime(1001);
    process.emit('SIGINT', 'SIGINT');
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGINT');
  });

  it.each(signals)('end the probe when %s is the first', (signal) => {
    released();
    process.emit(signal, signal);
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, signal);
    expect(process.listenerCount(signal)).toBe(0);
  });
});
