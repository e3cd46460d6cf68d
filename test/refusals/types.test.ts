import { Duration } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { AwsTargets, Drain, Exposure, HealthCheck } from '../../src';
import { expectAccepted, expectRefused, type Props } from '../helpers';

/** Props as plain JavaScript may give them. */
const js = (props: Record<string, unknown>) => props as Props;

describe('a value of another type', () => {
  test.each<[string, unknown, string, string]>([
    ['image', 5, '5', "a text. Write a text in quotes, such as 'web'."],
    ['name', null, 'null', "a text. Write a text in quotes, such as 'web'."],
    ['args', 'serve', '"serve"', "a list of texts. Write for example ['a', 'b']."],
    ['args', [1], 'a list', "a list of texts. Write for example ['a', 'b']."],
    ['labels', { tier: 1 }, 'a value of type Object', "a map of texts. Write for example { key: 'text' }."],
    ['labels', ['a'], 'a list', "a map of texts. Write for example { key: 'text' }."],
    [
      'env',
      { A: 'b' },
      'a value of type Object',
      "a map of EnvValue. Write for example { LOG_LEVEL: EnvValue.fromValue('info') }.",
    ],
    ['envFrom', [{}], 'a list', 'a list of objects. Write objects in [ ].'],
    ['extraPorts', [9090], 'a list', 'a list of objects. Write objects in [ ].'],
    ['volumeMounts', [{}], 'a list', 'a list of objects. Write objects in [ ].'],
    ['tolerations', [{}], 'a list', 'a list of objects. Write objects in [ ].'],
    ['imagePullSecrets', ['registry'], 'a list', 'a list of objects. Write objects in [ ].'],
    [
      'tlsSecret',
      'web-tls',
      '"web-tls"',
      "a Secret. Write for example Secret.fromSecretName(this, 'secret', 'web').",
    ],
    ['serviceAccount', 'web', '"web"', 'a ServiceAccount. Write an object in { }.'],
    [
      'config',
      [{ LOG_LEVEL: 'info' }],
      'a list',
      'a list of Config. Write for example [Config.env({ ... })].',
    ],
    [
      'imagePullPolicy',
      'always',
      '"always"',
      "one of Always, IfNotPresent, Never. Write for example 'Always'.",
    ],
    ['externalTrafficPolicy', 'local', '"local"', "one of Cluster, Local. Write for example 'Cluster'."],
    ['acceptDowntimeOnDrain', 'false', '"false"', 'true or false. Write true or false, without quotes.'],
    ['minReady', 30, '30', 'a Duration. Write for example Duration.seconds(30).'],
    ['maxSurge', 1, '1', 'a PercentOrAbsolute. Write for example PercentOrAbsolute.absolute(1).'],
    ['strategy', 'Recreate', '"Recreate"', 'a DeploymentStrategy. Write an object in { }.'],
    ['autoscaling', () => {}, 'a function', 'an object. Write an object in { }.'],
    ['readiness', '/ready', '"/ready"', "of type HealthCheck. Write for example HealthCheck.http('/ready')."],
    [
      'drain',
      Duration.seconds(15),
      'a value of type Duration',
      'of type Drain. Write for example Drain.sleep(Duration.seconds(15)).',
    ],
    ['exposure', 'aws', '"aws"', 'of type Exposure. Write for example Exposure.clusterIp().'],
  ])('%s = %o is refused', (prop, value, shown, rest) => {
    expectRefused(js({ [prop]: value }), `${prop} = ${shown}: it has to be ${rest}`);
  });

  test('of an image that is missing is refused', () => {
    expectRefused(
      js({ image: undefined, acceptNoRollback: true }),
      "image = undefined: it is not an image reference, so no pod would start. Write for example 'registry.example.com/team/app:1.4.2'.",
    );
  });

  test('of a number is shown in quotes', () => {
    expectRefused(
      js({ port: '8080' }),
      'port = "8080": it has to be a whole number from 1 to 65535. Write 8080.',
    );
    expectRefused(
      js({ replicas: null }),
      'replicas = null: it has to be a whole number of at least 2. Write 2.',
    );
  });

  test('of a time within an option is refused', () => {
    const seconds = 30 as unknown as Duration;
    expectRefused(
      { drain: Drain.sleep(seconds) },
      'drain = 30: it has to be a Duration. Write for example Duration.seconds(30).',
    );
    expectRefused(
      { readiness: HealthCheck.tcp({ period: seconds }) },
      'readiness period = 30: it has to be a Duration. Write for example Duration.seconds(30).',
    );
  });

  test('of what an exposure sends to, or to which Gateway, is refused', () => {
    const targets = 'pods' as AwsTargets;
    expectRefused(
      { exposure: Exposure.awsNlb({ targets }) },
      'exposure targets = "pods": the load balancer has to know whether it sends to pods or to nodes. Write AwsTargets.IP or AwsTargets.INSTANCE.',
    );
    expectRefused(
      { exposure: Exposure.httpRoute({} as { gateway: string }) },
      'exposure gateway = "": Kubernetes does not take it as a name. Write for example gateway: \'public\'.',
    );
  });
});

test('a value that only looks like one of ours is taken', () => {
  // As made by a second copy of cdk8s and cdk8s-plus.
  const maxSurge = { value: 1, isZero: () => false } as PercentOrAbsolute;
  const minReady = { toSeconds: () => 5 } as unknown as Duration;
  expectAccepted({ maxSurge, minReady });
});
