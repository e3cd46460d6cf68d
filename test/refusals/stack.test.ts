import { fileURLToPath } from 'node:url';
import type { Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { ZeroDowntimeDeployment } from '../../src';
import { MINIMAL, newChart } from '../helpers';

/** The first line of a stack after the message. */
function firstFrame(create: () => void): string {
  try {
    create();
  } catch (error) {
    return (error as Error).stack!.split('\n')[1];
  }
  throw new Error('nothing was thrown');
}

test('the stack of a refused prop starts at the line of the user', () => {
  const frame = firstFrame(() => {
    new ZeroDowntimeDeployment(newChart(), 'web', { ...MINIMAL, replicas: 1 });
  });
  expect(frame).toContain(fileURLToPath(import.meta.url));
});

test('so does that of a class that extends the construct', () => {
  class Shop extends ZeroDowntimeDeployment {
    constructor(chart: Chart) {
      super(chart, 'shop', { ...MINIMAL, replicas: 1 });
    }
  }
  function userCode() {
    new Shop(newChart());
  }
  expect(firstFrame(userCode)).toMatch(/^ +at userCode /);
});

test('an error that is no refusal goes through as it is', () => {
  const props = {
    ...MINIMAL,
    get replicas(): number {
      throw new TypeError('from elsewhere');
    },
  };
  expect(() => new ZeroDowntimeDeployment(newChart(), 'web', props)).toThrow(new TypeError('from elsewhere'));
});
