import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Drain } from '../../src';
import { addWeb, expectAccepted, expectRefused, newChart } from '../helpers';

const seconds = (n: number) => Duration.seconds(n);
const WHOLE = 'it has to be a whole number of seconds from 1 to 172800';
const DRAIN = 'it has to be a whole number of seconds from 1 to 3600';

describe('drain', () => {
  test.each([Drain.sleep(seconds(0)), Drain.execSleep(Duration.millis(0))])(
    'of none is refused: %#',
    (drain) => {
      expectRefused(
        { drain },
        'drain = 0 s: the application would stop before every node knows of it, and refuse the connections that still arrive. Write Drain.sleep(Duration.seconds(15)) or leave the prop out.',
      );
    },
  );

  test('is whole seconds', () => {
    expectRefused(
      { drain: Drain.sleep(Duration.millis(1)) },
      `drain = 0.001 s: ${DRAIN}. Write Duration.seconds(1).`,
    );
    expectRefused(
      { drain: Drain.sleep(Duration.millis(0.5)) },
      `drain = 0.0005 s: ${DRAIN}. Write Duration.seconds(1).`,
    );
    expectAccepted({ drain: Drain.sleep(seconds(1)) });
    expectAccepted({ drain: Drain.sleep(seconds(15)) });
  });
});

describe('shutdownBudget', () => {
  test('is whole seconds of at least one', () => {
    expectRefused(
      { shutdownBudget: seconds(0) },
      `shutdownBudget = 0 s: ${WHOLE}. Write Duration.seconds(1).`,
    );
    expectRefused(
      { shutdownBudget: Duration.millis(9001) },
      `shutdownBudget = 9.001 s: ${WHOLE}. Write Duration.seconds(10).`,
    );
    expectAccepted({ shutdownBudget: seconds(1) });
  });
});

describe('terminationGracePeriod', () => {
  test('without room for drain and shutdown is refused', () => {
    expectRefused(
      { pod: { terminationGracePeriod: seconds(44) } },
      'pod.terminationGracePeriod = 44 s: the drain takes 15 s of it and the application gets 30 s to finish its requests, so the kubelet would kill it with requests in flight. Write Duration.seconds(45) or more, or leave the prop out and set shutdownBudget.',
    );
    expectAccepted({ pod: { terminationGracePeriod: seconds(45) } });
    expectAccepted({ pod: { terminationGracePeriod: seconds(44) }, shutdownBudget: seconds(29) });
  });

  test('shorter than the drain is refused', () => {
    expectRefused(
      { pod: { terminationGracePeriod: seconds(30) }, drain: Drain.sleep(seconds(60)) },
      'pod.terminationGracePeriod = 30 s: the drain takes 60 s of it and the application gets 30 s to finish its requests, so the kubelet would kill it with requests in flight. Write Duration.seconds(90) or more, or leave the prop out and set shutdownBudget.',
    );
  });

  test('is whole seconds', () => {
    expectRefused(
      { pod: { terminationGracePeriod: Duration.millis(60_500) } },
      `pod.terminationGracePeriod = 60.5 s: ${WHOLE}. Write Duration.seconds(61).`,
    );
  });
});

test('a negative duration is refused by cdk8s before it reaches a prop', () => {
  expect(() => addWeb(newChart(), { shutdownBudget: Duration.seconds(-1) })).toThrow(
    new Error('Duration amounts cannot be negative. Received: -1'),
  );
});
