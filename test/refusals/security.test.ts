import { describe, test } from 'vitest';
import { PodSecurity } from '../../src';
import { expectAccepted, expectRefused } from '../helpers';

describe.each(['runAsUser', 'runAsGroup', 'fsGroup'])('the %s', (option) => {
  const security = (id: number) => ({ security: PodSecurity.restricted({ [option]: id }) });

  test.each([
    [0, 1],
    [-1, 1],
    [1.5, 2],
    [2 ** 31, 2 ** 31 - 1],
  ])('%d is refused', (id, nearest) => {
    expectRefused(
      security(id),
      `security.${option} = ${id}: it has to be a whole number of at least 1. Write ${nearest}.`,
    );
  });

  test.each([1, 2 ** 31 - 1])('%d is taken', (id) => {
    expectAccepted(security(id));
  });
});

describe('a writable path', () => {
  const security = (...writablePaths: string[]) => ({ security: PodSecurity.restricted({ writablePaths }) });
  const message = (path: string, i: number) =>
    `security.writablePaths[${i}] = "${path}": no volume can be mounted there: each path has to be absolute, below /, without a / at its end, listed once, and of at most 63 letters, digits, ., _, - and /. Write for example ['/tmp', '/var/cache/nginx'].`;

  test.each([
    '',
    '/',
    'tmp',
    './tmp',
    'var/tmp',
    '/tmp/',
    '//tmp',
    '/a b',
    '/a:b',
    '/...',
    '/a/../b',
    '/./a',
    `/${'x'.repeat(64)}`,
  ])('"%s" is refused', (path) => {
    expectRefused(security('/run', path), message(path, 1));
  });

  test('listed twice is refused', () => {
    expectRefused(security('/tmp', '/run', '/tmp'), message('/tmp', 2));
  });

  test.each(['/a', '/tmp', '/.cache', '/var/cache/nginx', '/var/lib/App_1.2-x', `/${'x'.repeat(63)}`])(
    '%s is taken',
    (path) => {
      expectAccepted(security(path));
    },
  );
});
