import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { HealthCheck, type HealthCheckOptions } from '../../src';
import { expectAccepted, expectRefused, expectRefusedAtSynth, render } from '../helpers';

const WHOLE = 'it has to be a whole number of seconds from 1 to 300';
const DELAY = 'it has to be a whole number of seconds from 1 to 21600';
const TOO_SHORT = 'it is asked from the first second on, and would be restarted before it can listen';
const TOO_LONG = 'a release that never starts would be reported only then, and no pipeline waits for longer';

describe.each(['readiness', 'liveness'])('%s', (prop) => {
  const check = (options: HealthCheckOptions) => ({ [prop]: HealthCheck.tcp(options) });

  test('period and time-out are whole seconds', () => {
    expectRefused(
      check({ period: Duration.millis(1500) }),
      `${prop}.period = 1.5 s: ${WHOLE}. Write Duration.seconds(2).`,
    );
    expectRefused(
      check({ period: Duration.seconds(0) }),
      `${prop}.period = 0 s: ${WHOLE}. Write Duration.seconds(1).`,
    );
    expectRefused(
      check({ timeout: Duration.millis(5500) }),
      `${prop}.timeout = 5.5 s: ${prop === 'liveness' ? WHOLE.replace('from 1', 'from 5') : WHOLE}. Write Duration.seconds(6).`,
    );
    expectAccepted(check({ timeout: Duration.seconds(6) }));
  });

  test('the initial delay is whole seconds', () => {
    expectRefused(
      check({ initialDelay: Duration.seconds(0) }),
      `${prop}.initialDelay = 0 s: ${DELAY}. Write Duration.seconds(1).`,
    );
    expectRefused(
      check({ initialDelay: Duration.millis(1500) }),
      `${prop}.initialDelay = 1.5 s: ${DELAY}. Write Duration.seconds(2).`,
    );
    expectAccepted(check({ initialDelay: Duration.seconds(1) }));
  });

  test('at least one failure is needed', () => {
    const message = (n: number, nearest: number) =>
      `${prop}.failureThreshold = ${n}: it has to be a whole number of at least 1. Write ${nearest}.`;
    expectRefused(check({ failureThreshold: 0 }), message(0, 1));
    expectRefused(check({ failureThreshold: 2.5 }), message(2.5, 3));
    expectAccepted(check({ failureThreshold: 1, period: Duration.seconds(16) }));
  });

  test.each([0, 65536, 1.5])('port %d is refused', (port) => {
    const nearest = Math.min(Math.ceil(port) || 1, 65535);
    expectRefused(
      check({ port }),
      `${prop}.port = ${port}: it has to be a whole number from 1 to 65535. Write ${nearest}.`,
    );
  });

  const withHeader = (name: string) => ({
    [prop]: HealthCheck.http('/', { httpHeaders: { [name]: 'x' }, failureThreshold: 6 }),
  });

  test.each(['', 'X Probe', 'X_Probe', 'X:', 'É'])('the header "%s" is refused', (name) => {
    expectRefused(
      withHeader(name),
      `${prop}.httpHeaders name = "${name}": the API server refuses it as the name of a header. Write letters, digits and '-', for example 'X-Probe'.`,
    );
  });

  test.each(['Host', 'x-probe-1'])('the header %s is taken', (name) => {
    expectAccepted(withHeader(name));
  });

  test('a port that no container has is refused at synth', () => {
    expectRefusedAtSynth(
      check({ port: 9090 }),
      () => {},
      `${prop}.port = 9090: no container has this port. Write one of 8080, or add the port to extraPorts.`,
    );
    expectAccepted(check({ port: 8080 }));
    expectAccepted({ ...check({ port: 9090 }), extraPorts: [{ name: 'admin', port: 9090 }] });
  });

  test.each(['', 'ready'])('an HTTP path "%s" is refused', (path) => {
    expectRefused(
      { [prop]: HealthCheck.http(path) },
      `${prop}.path = "${path}": a path starts with /. Write HealthCheck.http('/${path}').`,
    );
    expectAccepted({ [prop]: HealthCheck.http(`/${path}`) });
  });

  test('a command without a program is refused', () => {
    expectRefused(
      { [prop]: HealthCheck.command([]) },
      `${prop}.command = []: there is nothing to run, so the API server refuses the probe. Write for example HealthCheck.command(['/app/ready']).`,
    );
    expectAccepted({ [prop]: HealthCheck.command(['/app/ready']) });
  });
});

describe('the start-up budget', () => {
  test.each([
    [Duration.seconds(0), '0 s', `, since ${TOO_SHORT}`, 5],
    [Duration.seconds(4), '4 s', `, since ${TOO_SHORT}`, 5],
    [Duration.millis(7500), '7.5 s', '', 8],
    [Duration.seconds(21_601), '21601 s', `, since ${TOO_LONG}`, 21_600],
    [Duration.days(2), '172800 s', `, since ${TOO_LONG}`, 21_600],
    [Duration.seconds(NaN), 'NaN s', '', 5],
  ])('is whole seconds that an application can take: %#', (startupBudget, value, why, nearest) => {
    expectRefused(
      { startupBudget },
      `startupBudget = ${value}: it has to be a whole number of seconds from 5 to 21600${why}. Write Duration.seconds(${nearest}).`,
    );
  });

  test.each([5, 21_600])('may be %i s', (seconds) => {
    const { startupProbe } = render({ startupBudget: Duration.seconds(seconds) }).container;
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(seconds);
  });
});

describe('liveness that is no more patient than readiness', () => {
  const liveness = (period: number, failureThreshold: number) =>
    HealthCheck.tcp({ period: Duration.seconds(period), failureThreshold });
  const message = (livenessSeconds: number, readinessSeconds: number) =>
    `liveness = ${livenessSeconds} s of failures: readiness takes ${readinessSeconds} s to take a slow pod out of service, so under load every pod would be restarted instead. Write a longer period or a higher failureThreshold for liveness, or leave liveness out.`;

  test('is refused', () => {
    expectRefused({ liveness: liveness(5, 3) }, message(15, 15));
    expectRefused({ liveness: liveness(2, 7) }, message(14, 15));
    expectRefused({ liveness: HealthCheck.tcp(), readiness: liveness(20, 3) }, message(60, 60));
  });

  test('is refused for checks that take longer than their period', () => {
    const check = (period: number, failureThreshold: number) =>
      HealthCheck.tcp({
        period: Duration.seconds(period),
        timeout: Duration.seconds(30),
        failureThreshold,
      });
    expectRefused({ readiness: check(1, 3), liveness: check(20, 3) }, message(90, 90));
    expectAccepted({ readiness: check(1, 3), liveness: check(20, 4) });
  });

  test('is refused for a shorter time-out, and has none by default', () => {
    const readiness = HealthCheck.tcp({ timeout: Duration.seconds(7) });
    const withTimeout = (seconds: number) => HealthCheck.tcp({ timeout: Duration.seconds(seconds) });
    expectRefused(
      { readiness, liveness: withTimeout(6) },
      'liveness.timeout = 6 s: it has to be a whole number of seconds from 7 to 300, since readiness waits 7 s for an answer, so under load pods that serve would be restarted. Write Duration.seconds(7).',
    );
    expectAccepted({ readiness, liveness: withTimeout(7) });
    const { container } = render({ readiness, liveness: HealthCheck.tcp() });
    expect(container.livenessProbe.timeoutSeconds).toBe(7);
  });

  test('is taken with a longer period or more failures', () => {
    expectAccepted({ liveness: liveness(6, 3) });
    expectAccepted({ liveness: liveness(5, 4) });
    expectAccepted({ liveness: HealthCheck.tcp(), readiness: liveness(59, 1) });
  });
});
