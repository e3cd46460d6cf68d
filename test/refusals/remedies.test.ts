import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import * as library from '../../src';
import { addWeb, messageOf, newChart, type Props, yamlOf } from '../helpers';
import { constructProps, optionInterfaces } from '../support/props';

const scope = { ...cdk8s, ...kplus, ...library };

/** What a refusal says to write, as code runs it in a chart. */
function written(message: string, chart: cdk8s.Chart): unknown {
  const [, code] = /\. Write (?:for example )?(.*?)\.$/.exec(message) ?? [];
  // A remedy for a missing or unknown key begins with the key.
  const value = String(code).replace(/^\w+: /, '');
  return new Function(...Object.keys(scope), `return (${value})`).apply(chart, Object.values(scope));
}

/** Props with a value at a path such as `pod.labels`. */
function at(path: string, value: unknown): Props {
  return path
    .split('.')
    .reverse()
    .reduce((inner, key) => ({ [key]: inner }) as never, value as Props);
}

/** The remedy for a value that no prop takes is taken in its place. */
function expectRemedyTaken(path: string, wrong: unknown, around: (value: unknown) => Props): void {
  const message = messageOf(() => addWeb(newChart(), around(wrong)));
  const lines = message.split('\n').filter((line) => line.startsWith(`[chart/web] ${path}`));
  expect(lines).toEqual([expect.any(String)]);
  const chart = newChart();
  addWeb(chart, around(written(lines[0], chart)));
  expect(yamlOf(chart).length).toBeGreaterThan(0);
}

const {
  ContainerOptions,
  ContainerDetails,
  MainContainerOptions,
  RolloutOptions,
  SchedulingOptions,
  PodOptions,
  PodDisruptionBudgetOptions,
  InitContainer,
  Sidecar,
} = optionInterfaces();
const groups = { rollout: RolloutOptions, scheduling: SchedulingOptions, pod: PodOptions };
const paths = [
  ...constructProps(),
  ...PodDisruptionBudgetOptions.map((name) => `podDisruptionBudget.${name}`),
  ...[...ContainerDetails, ...MainContainerOptions].map((name) => `container.${name}`),
  ...Object.entries(groups).flatMap(([group, names]) => names.map((name) => `${group}.${name}`)),
];

describe('what a refusal says to write in place of a value of another type is taken', () => {
  const wrong = () => {};

  test.each(paths)('%s', (path) => {
    expectRemedyTaken(path, wrong, (value) => at(path, value));
  });

  test.each([...ContainerOptions, ...ContainerDetails, ...InitContainer, ...Sidecar])(
    'sidecars[0].%s',
    (name) => {
      expectRemedyTaken(`sidecars[0].${name}`, wrong, (value) =>
        at('sidecars', [
          { name: 'proxy', image: 'proxy:1', ports: [{ name: 'a', port: 9000 }], [name]: value },
        ]),
      );
    },
  );

  test.each([
    ['startupBudget', '90s'],
    ['startupBudget', 90],
    ['shutdownBudget', '2m'],
    ['drain', '20s'],
    ['drain', 20],
    ['rollout.minReady', '5 m'],
    ['rollout.maxSurge', '50%'],
    ['rollout.maxSurge', 2],
    ['resources.cpu.request', '250m'],
    ['resources.cpu.request', 2],
    ['resources.memory.request', '1Gi'],
    ['resources.memory.limit', '512Mi'],
    ['pod.serviceAccount', "it's"],
    ['pod.automountServiceAccountToken', 'false'],
    ['tls.secret', 'web-tls'],
    ['command', 'node server.js'],
    ['args', 5],
    ['labels.team', 5],
    ['env.LEVEL', 'debug'],
    ['readiness', '/healthz'],
    ['port', '9090'],
    ['replicas', '3'],
    ['container.imagePullPolicy', 'always'],
    ['scheduling.topologyKeys', 'example.com/rack'],
    ['exposure', 'Ingress'],
    ['exposure', 'NodePort'],
  ])('%s, made from %o', (path, value) => {
    expectRemedyTaken(path, value, (inner) => at(path, inner));
  });
});

describe('what a refusal says to write in place of a value that contradicts the promise is taken', () => {
  test.each<[string, unknown]>([
    ['port', 0],
    ['port', NaN],
    ['replicas', 2.5],
    ['command', ['node server.js', '--all']],
    ['command', ['a && b']],
    ['startupBudget', cdk8s.Duration.days(3)],
    ['startupBudget', cdk8s.Duration.seconds(1)],
    ['shutdownBudget', cdk8s.Duration.millis(500)],
    ['container.workingDir', 'app'],
    ['readiness', library.HealthCheck.http('http://localhost:8080/ready')],
    ['readiness', library.HealthCheck.http('ready')],
    ['readiness', library.HealthCheck.http('https://localhost:8080/ready')],
    ['liveness', library.HealthCheck.command([])],
    ['readiness', library.HealthCheck.http('', { period: cdk8s.Duration.seconds(4) })],
  ])('%s: %o', (path, value) => {
    // A remedy for a command is a list, for a time-out or a drain a value of its own.
    expectRemedyTaken(path, value, (inner) => at(path, inner));
  });
});

describe('what a refusal says to write in place of a key that stands elsewhere is taken', () => {
  test.each<[string, unknown]>([
    ['serviceAccount', 'web'],
    ['terminationGracePeriod', '60s'],
    ['minReady', 30],
    ['nodeSelector', 'pool'],
    ['maxSurge', '50%'],
    ['servicePort', '443'],
    ['imagePullPolicy', 'always'],
  ])('%s: %o', (key, value) => {
    const message = messageOf(() => addWeb(newChart(), { [key]: value } as Props));
    const [, code] = /\. Write for example (.*)\.$/.exec(message) ?? [];
    const chart = newChart();
    const props = new Function(...Object.keys(scope), `return ({ ${code} })`).apply(
      chart,
      Object.values(scope),
    ) as Props;
    addWeb(chart, props);
    expect(yamlOf(chart).length).toBeGreaterThan(0);
  });
});
