import { Duration } from 'cdk8s';
import type { PercentOrAbsolute } from 'cdk8s-plus-27';
import { EnvValue } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import type { AwsTargetType, ExternalTrafficPolicy } from '../../src';
import {
  Config,
  Drain,
  DrainProxy,
  Exposure,
  HealthCheck,
  Mesh,
  PodSecurity,
  ZeroDowntimeDeployment,
  type ZeroDowntimeDeploymentProps,
} from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefused,
  messageOf,
  MINIMAL,
  newChart,
  objectOf,
  type Props,
  yamlOf,
} from '../helpers';

/** Props as plain JavaScript may give them. */
const js = (props: Record<string, unknown>) => props as Props;

describe('an environment variable', () => {
  test.each<[string, unknown, string]>([
    ['without a value', process.env.NOT_SET, "EnvValue.fromValue('info')"],
    ['of another type', 5, "EnvValue.fromValue('5')"],
  ])('%s is refused', (_, value, remedy) => {
    expectRefused(
      { env: { A: EnvValue.fromValue(value as string) } },
      `env.A = EnvValue.fromValue(${String(value)}): the value has to be a text. Write for example ${remedy}, or leave the variable out.`,
    );
  });

  test('without characters is taken', () => {
    expectAccepted({ env: { A: EnvValue.fromValue('') } });
  });
});

describe('a value of another type', () => {
  test.each<[object, string, string, string]>([
    [{ image: 5 }, 'image = 5', 'a text', "'5'"],
    [{ portName: 8080 }, 'portName = 8080', 'a text', "'http'"],
    [{ name: null }, 'name = null', 'a text', "'web'"],
    [{ args: 'serve --all' }, 'args = "serve --all"', 'a list of texts', "['serve', '--all']"],
    [{ args: ['a', 1] }, 'args[1] = 1', 'a text', "'1'"],
    [{ args: ['a', , 'b'] }, 'args[1] = undefined', 'a text', "'web'"], // eslint-disable-line no-sparse-arrays
    [{ labels: { a: 'x', b: 1 } }, 'labels.b = 1', 'a text', "'1'"],
    [{ labels: { 'example.com/team': true } }, "labels['example.com/team'] = true", 'a text', "'true'"],
    [{ labels: ['a'] }, 'labels = a list', 'a map of texts', "{ key: 'web' }"],
    [{ labels: new Map([['a', 'b']]) }, 'labels = a value of type Map', 'a map of texts', "{ key: 'web' }"],
    [{ env: { A: 'b' } }, 'env.A = "b"', 'an EnvValue', "EnvValue.fromValue('b')"],
    [
      { pod: { imagePullSecrets: [{ name: '' }] } },
      'pod.imagePullSecrets[0].name = ""',
      'the name of a Secret',
      "Secret.fromSecretName(this, 'Secret', 'web')",
    ],
    [
      { config: [Config.envFromSecret({ name: undefined } as never)] },
      'config[0].secret.name = undefined',
      'the name of a Secret',
      "Secret.fromSecretName(this, 'Secret', 'web')",
    ],
    [
      { envFrom: [{}] },
      'envFrom[0] = a value of type Object',
      'an EnvFrom',
      "Env.fromConfigMap(ConfigMap.fromConfigMapName(this, 'ConfigMap', 'web'))",
    ],
    [{ extraPorts: [9090] }, 'extraPorts[0] = 9090', 'an object', "{ name: 'metrics', port: 9090 }"],
    [
      { config: [{ LOG_LEVEL: 'info' }] },
      'config[0] = a value of type Object',
      'a Config',
      "Config.env({ LOG_LEVEL: 'info' })",
    ],
    [
      { acceptDowntimeOnDrain: 'false' },
      'acceptDowntimeOnDrain = "false"',
      'true or false, without quotes',
      'false',
    ],
    [{ startupBudget: '30s' }, 'startupBudget = "30s"', 'a Duration', 'Duration.seconds(30)'],
    [{ startupBudget: 90 }, 'startupBudget = 90', 'a Duration', 'Duration.seconds(90)'],
    [
      { rollout: { maxSurge: '25%', minReady: '5m' } },
      'rollout.maxSurge = "25%"',
      'a PercentOrAbsolute',
      'PercentOrAbsolute.percent(25)',
    ],
    [
      { rollout: { strategy: 'Recreate' } },
      'rollout.strategy = "Recreate"',
      'a DeploymentStrategy',
      'DeploymentStrategy.recreate()',
    ],
    [{ pod: 'web' }, 'pod = "web"', 'an object with the options of pod', "{ labels: { key: 'web' } }"],
    [
      { autoscaling: () => {} },
      'autoscaling = a function',
      'an object with the options of autoscaling',
      '{ maxReplicas: 10 }',
    ],
    [{ readiness: '/ready' }, 'readiness = "/ready"', 'a HealthCheck', "HealthCheck.http('/ready')"],
    [
      { drain: Duration.seconds(20) },
      'drain = a value of type Duration',
      'a Drain',
      'Drain.sleep(Duration.seconds(15))',
    ],
    [{ drain: '20s' }, 'drain = "20s"', 'a Drain', 'Drain.sleep(Duration.seconds(20))'],
    [{ exposure: 'aws' }, 'exposure = "aws"', 'an Exposure', 'Exposure.clusterIp()'],
    [
      { scheduling: { tolerations: [{}] } },
      'scheduling.tolerations[0] = a value of type Object',
      'a NodeTaintQuery',
      "NodeTaintQuery.exists('example.com/dedicated')",
    ],
    [
      { pod: { imagePullSecrets: ['registry'] } },
      'pod.imagePullSecrets[0] = "registry"',
      'a Secret',
      "Secret.fromSecretName(this, 'Secret', 'registry')",
    ],
    [
      { pod: { serviceAccount: 'web' } },
      'pod.serviceAccount = "web"',
      'a ServiceAccount',
      "ServiceAccount.fromServiceAccountName(this, 'ServiceAccount', 'web')",
    ],
    [
      { exposure: Exposure.loadBalancer({ externalTrafficPolicy: 'local' as ExternalTrafficPolicy }) },
      'exposure.externalTrafficPolicy = "local"',
      'one of Cluster, Local',
      "'Local'",
    ],
    [
      { exposure: Exposure.awsNlb({ targetType: 'pods' as AwsTargetType }) },
      'exposure.targetType = "pods"',
      'one of ip, instance',
      'AwsTargetType.IP',
    ],
    [
      { initContainers: [{ name: 'migrate', image: 'migrate:1', args: 'migrate' }] },
      'initContainers[0].args = "migrate"',
      'a list of texts',
      "['migrate']",
    ],
    [
      { sidecars: { name: 'proxy', image: 'proxy:1' } },
      'sidecars = a value of type Object',
      'a list of objects',
      "[{ image: 'registry.example.com/team/app:1.4.2', name: 'migrate' }]",
    ],
    [
      { sidecars: [{ name: 'proxy', image: 'proxy:1', resources: { cpu: { request: '100m' } } }] },
      'sidecars[0].resources.cpu.request = "100m"',
      'a Cpu',
      'Cpu.millis(100)',
    ],
    [
      { resources: { memory: { request: '1Gi' } } },
      'resources.memory.request = "1Gi"',
      'a Size',
      'Size.gibibytes(1)',
    ],
    [{ resources: { cpu: '2' } }, 'resources.cpu = "2"', 'an object', '{ request: Cpu.millis(100) }'],
    [
      { sidecars: [{ name: 'proxy', image: 'proxy:1', securityContext: { user: '0' } }] },
      'sidecars[0].securityContext.user = "0"',
      'a whole number of at least 0',
      '10001',
    ],
    [
      { scheduling: { topologyKeys: 'topology.kubernetes.io/zone' } },
      'scheduling.topologyKeys = "topology.kubernetes.io/zone"',
      'a list of texts',
      "['topology.kubernetes.io/zone']",
    ],
    [
      { security: PodSecurity.restricted({ writablePaths: '/tmp' as never }) },
      'security.writablePaths = "/tmp"',
      'a list of texts',
      "['/tmp']",
    ],
    [
      { readiness: HealthCheck.command('cat /ready' as never) },
      'readiness.command = "cat /ready"',
      'a list of texts',
      "['cat', '/ready']",
    ],
    [
      { readiness: HealthCheck.tcp({ period: 30 as never }) },
      'readiness.period = 30',
      'a Duration',
      'Duration.seconds(30)',
    ],
    [{ drain: Drain.sleep(30 as never) }, 'drain = 30', 'a Duration', 'Duration.seconds(30)'],
    [{ drain: null }, 'drain = null', 'a Drain', 'Drain.sleep(Duration.seconds(15))'],
    [{ mesh: 'linkerd' }, 'mesh = "linkerd"', 'a Mesh', 'Mesh.linkerd()'],
    [{ mesh: 'istio' }, 'mesh = "istio"', 'a Mesh', 'Mesh.istio()'],
    [
      { mesh: Mesh.istio(5 as never) },
      'mesh = 5',
      'an object with the options of Mesh.istio',
      '{ nativeSidecar: true }',
    ],
    [{ exposure: 'Ingress' }, 'exposure = "Ingress"', 'an Exposure', 'Exposure.ingress()'],
    [{ exposure: 'NodePort' }, 'exposure = "NodePort"', 'an Exposure', 'Exposure.nodePort()'],
    [{ exposure: 'awsNlb' }, 'exposure = "awsNlb"', 'an Exposure', 'Exposure.clusterIp()'],
    [{ exposure: 'httpRoute' }, 'exposure = "httpRoute"', 'an Exposure', 'Exposure.clusterIp()'],
    [
      { container: { securityContext: 5 } },
      'container.securityContext = 5',
      'an object',
      '{ capabilities: { add: [Capability.NET_BIND_SERVICE] } }',
    ],
    [
      { container: { extendedResources: 5 } },
      'container.extendedResources = 5',
      'a map of numbers',
      "{ 'nvidia.com/gpu': 1 }",
    ],
    [
      { container: { imagePullPolicy: 'always' } },
      'container.imagePullPolicy = "always"',
      'one of Always, IfNotPresent, Never',
      "'Always'",
    ],
    [
      { container: { imagePullPolicy: 'NEVER' } },
      'container.imagePullPolicy = "NEVER"',
      'one of Always, IfNotPresent, Never',
      "'Never'",
    ],
    [
      { pod: { imagePullSecrets: "jane's" } },
      'pod.imagePullSecrets = "jane\'s"',
      'a list of Secrets',
      "[Secret.fromSecretName(this, 'Secret', 'jane\\'s')]",
    ],
    [
      { resources: { cpu: { request: { amount: 5 } } } },
      'resources.cpu.request = a value of type Object',
      'a Cpu',
      'Cpu.millis(100)',
    ],
    [
      { autoscaling: { maxReplicas: 4, scaleDown: { policies: [{ replicas: 1 }] } } },
      'autoscaling.scaleDown.policies[0].replicas = 1',
      'a Replicas',
      'Replicas.absolute(4)',
    ],
  ])('%# is refused: %o', (props, shown, what, example) => {
    const message = `${shown}: it has to be ${what}. Write for example ${example}.`;
    expect(messageOf(() => addWeb(newChart(), js(props as Record<string, unknown>))).split('\n')).toContain(
      `[chart/web] ${message}`,
    );
  });

  test('of a number is shown in quotes', () => {
    expectRefused(js({ port: '8080' }), 'port = "8080": it has to be a number. Write for example 8080.');
    expectRefused(js({ replicas: null }), 'replicas = null: it has to be a number. Write for example 2.');
  });

  test.each([
    ['readiness', HealthCheck.http('/ready', null!), 'HealthCheck.http', '{ port: 8080 }'],
    ['security', PodSecurity.restricted(null!), 'PodSecurity.restricted', '{ runAsUser: 10001 }'],
    [
      'drainProxy',
      DrainProxy.haproxy('on' as never),
      'DrainProxy.haproxy',
      "{ image: 'registry.example.com/team/app:1.4.2' }",
    ],
    ['exposure', Exposure.awsNlb(null!), 'Exposure.awsNlb', '{ targetType: AwsTargetType.IP }'],
  ])('of the options of a factory is refused: %s', (prop, value, factory, example) => {
    const shown = prop === 'drainProxy' ? '"on"' : 'null';
    expectRefused(
      { [prop]: value },
      `${prop} = ${shown}: it has to be an object with the options of ${factory}. Write for example ${example}.`,
    );
  });
});

describe('what has to be given', () => {
  const create = (props: unknown) =>
    messageOf(() => new ZeroDowntimeDeployment(newChart(), 'web', props as ZeroDowntimeDeploymentProps));

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['web', '"web"'],
    [[], 'a list'],
  ])('the props: %o', (props, shown) => {
    expect(create(props)).toBe(
      `[chart/web] props = ${shown}: they have to be an object. Write for example { image: 'registry.example.com/team/app:1.4.2', port: 8080 }.`,
    );
  });

  test('image and port', () => {
    expect(create({})).toBe(
      [
        "[chart/web] image = undefined: it is missing. Write for example image: 'registry.example.com/team/app:1.4.2'.",
        '[chart/web] port = undefined: it is missing. Write for example port: 8080.',
      ].join('\n'),
    );
  });

  test('in objects, and of exposures', () => {
    expectRefused(
      js({ tls: {}, extraPorts: [{ port: 9090 }], exposure: Exposure.httpRoute({} as { gateway: string }) }),
      "extraPorts[0].name = undefined: it is missing. Write for example name: 'metrics'.",
      "tls.secret = undefined: it is missing. Write for example secret: Secret.fromSecretName(this, 'Secret', 'web').",
      "exposure.gateway = undefined: it is missing. Write for example gateway: 'public'.",
    );
  });
});

describe('an object that is not quite a plain one', () => {
  const plain = () => yamlOf(chartOf(MINIMAL));
  const chartOf = (props: object) => {
    const chart = newChart();
    new ZeroDowntimeDeployment(chart, 'web', props as ZeroDowntimeDeploymentProps);
    return chart;
  };

  test.each([
    ['frozen', Object.freeze({ ...MINIMAL })],
    ['without a prototype', Object.assign(Object.create(null), MINIMAL)],
    ['that inherits', Object.create(MINIMAL)],
    [
      'with getters',
      {
        image: MINIMAL.image,
        get port() {
          return MINIMAL.port;
        },
      },
    ],
    [
      'of a class',
      new (class {
        readonly image = MINIMAL.image;
        readonly port = MINIMAL.port;
      })(),
    ],
  ])('%s is taken as what is in it', (_, props) => {
    expect(yamlOf(chartOf(props))).toEqual(plain());
  });

  test('is read once, so that a later change of it changes nothing', () => {
    const labels: Record<string, string> = { team: 'shop' };
    const chart = chartOf({ ...MINIMAL, labels });
    labels.team = 'other';
    expect(objectOf(chart, 'Deployment').metadata.labels.team).toBe('shop');
  });

  test('with a key that JavaScript takes for the prototype is refused', () => {
    const props = JSON.parse('{"image":"web:1","port":8080,"__proto__":{"replicas":7}}');
    expect(messageOf(() => chartOf(props))).toContain(
      '[chart/web] __proto__ = a value of type Object: there is no such key in the props',
    );
    expectRefused(
      { labels: JSON.parse('{"__proto__":"a"}') },
      "labels key = \"__proto__\": Kubernetes does not take it as the key of a label. Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'.",
    );
  });
});

test('a value that only looks like one of ours is taken', () => {
  // As made by a second copy of cdk8s and cdk8s-plus.
  const maxSurge = { value: 1, isZero: () => false } as PercentOrAbsolute;
  const minReady = { toSeconds: () => 5 } as unknown as Duration;
  expectAccepted({ rollout: { maxSurge, minReady } });
});
