import { describe, expect, it } from 'vitest';
import { limitSeconds, listeningSince, timesTheLimit } from '../proof/speed';

describe('the speed of a rollout', () => {
  const speed = { seconds: 66, waves: 3, startSeconds: 20, delays: [0.4, 0.9] };

  it('is compared with waves x start-up time', () => {
    expect(limitSeconds(speed)).toBe(60);
    expect(timesTheLimit(speed)).toBe(1.1);
  });

  it('begins when the application says that it listens', () => {
    const log = [
      '2026/11/24 05:00:20.123456 version 2 listens on :80',
      '2026/11/24 05:01:00.000000 SIGTERM (abrupt): received 1, answered 1',
    ].join('\n');
    expect(listeningSince(log)).toBe(Date.UTC(2026, 10, 24, 5, 0, 20, 123));
  });

  it('is not guessed when the application did not say so', () => {
    expect(() => listeningSince('panic: no such file')).toThrow(
      'the application does not say when it began to listen:\npanic: no such file',
    );
  });
});
