import { Duration } from 'cdk8s';
import { Cpu, EnvValue } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { Config, Drain, Exposure, HealthCheck, HttpPath, PodSecurity } from '../../src';
import { addWeb, expectRefused, messageOf, newChart, type Props } from '../helpers';

test('everything that is refused is told in one error, each on a line of its own', () => {
  const message = messageOf(() =>
    addWeb(newChart(), {
      image: 'web:latest',
      port: 0,
      command: ['node server.js'],
      env: { 'A=B': EnvValue.fromValue('c') },
      resources: { cpu: { request: Cpu.units(2), limit: Cpu.units(1) } },
      labels: { a: 'x y', b: 'fine', c: 'x y' },
      annotations: { 'a b': 'x' },
      name: 'Web',
      extraPorts: [{ name: 'Metrics', port: 70_000 }],
      sidecars: [{ name: 'Proxy', image: 'proxy', workingDir: 'app' }],
      initContainers: [{ name: 'migrate', image: 'migrate:main' }],
      config: [Config.env({}), Config.files('/etc', { a: 'b' })],
      security: PodSecurity.restricted({ runAsUser: 0, fsGroup: -1, writablePaths: ['tmp', '/usr'] }),
      readiness: HealthCheck.http('ready', { period: Duration.seconds(0), failureThreshold: 0 }),
      startupBudget: Duration.days(2),
      liveness: HealthCheck.command([]),
      replicas: 1,
      rollout: { minReady: Duration.millis(500), revisionHistoryLimit: 0 },
      drain: Drain.sleep(Duration.hours(2)),
      shutdownBudget: Duration.seconds(0),
      scheduling: { topologyKeys: ['zone'], priorityClassName: 'A b', nodeSelector: { 'a b': 'c' } },
      exposure: Exposure.ingress({ hostnames: ['A'], paths: [HttpPath.prefix('b')], ingressClassName: 'C' }),
    }),
  );
  const lines = message.split('\n');
  const paths = lines.map((line) => /^\[chart\/web\] (.*?) = /.exec(line)?.[1]);
  expect(paths).toEqual([
    'image',
    'command[0]',
    'env name',
    'resources.cpu.request',
    'sidecars[0].image',
    'initContainers[0].image',
    'sidecars[0].workingDir',
    'annotations key',
    'scheduling.priorityClassName',
    'scheduling.nodeSelector key',
    'scheduling.topologyKeys[0]',
    'name',
    'port',
    'extraPorts[0].port',
    'exposure.ingressClassName',
    'exposure.hostnames[0]',
    'exposure.paths[0]',
    'drain',
    'shutdownBudget',
    'sidecars[0].name',
    'startupBudget',
    'readiness.path',
    'readiness.period',
    'readiness.failureThreshold',
    'liveness.command',
    'security.runAsUser',
    'security.fsGroup',
    'security.writablePaths[0]',
    'security.writablePaths[1]',
    'replicas',
    'rollout.minReady',
    'rollout.revisionHistoryLimit',
    'config[0]',
    'config[1].path',
  ]);
});

test('what depends on a refused value is not told', () => {
  // The grace period is too short for the drain and the progress deadline for the start, but neither is known.
  expectRefused(
    {
      drain: Drain.sleep(Duration.millis(1500)),
      pod: { terminationGracePeriod: Duration.seconds(1) },
      startupBudget: Duration.millis(9500),
      rollout: { progressDeadline: Duration.seconds(1) },
    },
    'drain = 1.5 s: it has to be a whole number of seconds from 1 to 3600. Write Duration.seconds(2).',
    'startupBudget = 9.5 s: it has to be a whole number of seconds from 5 to 21600. Write Duration.seconds(10).',
  );
});

test('a value of another type is told together with what is wrong elsewhere, also in the same object', () => {
  expectRefused(
    {
      labels: { a: 1, b: 'x y' },
      rollout: { minReady: 5, revisionHistoryLimit: 0 },
      sidecars: [
        { name: 'a', image: 5 },
        { name: 'a', image: 'proxy:1' },
      ],
    } as unknown as Props,
    "sidecars[0].image = 5: it has to be a text. Write for example '5'.",
    "labels.a = 1: it has to be a text. Write for example '1'.",
    'rollout.minReady = 5: it has to be a Duration. Write for example Duration.seconds(5).',
    "labels.b = \"x y\": Kubernetes does not take it as the value of a label. Write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.",
    'sidecars[1].name = "a": another container of the pod has this name, so the API server refuses the Deployment. Give each container a name of its own; the application\'s is container.name.',
    'rollout.revisionHistoryLimit = 0: no old revision is kept, so a rollback is impossible. Write 1 or more, or acceptNoRollback: true.',
  );
});

test('nothing of the construct is made', () => {
  const chart = newChart();
  expect(messageOf(() => addWeb(chart, { replicas: 1, labels: { a: 'x y' } }))).toContain('\n');
  expect(chart.node.findChild('web').node.children).toEqual([]);
});
