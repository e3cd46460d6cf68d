import { EnvValue, Secret, Volume } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { Config, Exposure, PodSecurity } from '../../src';
import { expectAccepted, expectRefused, expectRefusedAtSynth, newChart } from '../helpers';

const fine = Config.env({ FINE: 'yes' });
const named = (name: string) => ({ [name]: 'x' });
const secret = (name = 'web-database') => Secret.fromSecretName(newChart(), 'Secret', name);

describe('the name of a variable', () => {
  test.each(['', '1', '1ST', 'A B', 'A=B', 'A/B', 'é', '.', '..', '..A', 'constructor', 'x'.repeat(254)])(
    '"%s" is refused',
    (name) => {
      expectRefused(
        { config: [fine, Config.env(named(name))] },
        `config[1] name = "${name}": it cannot be the name of an environment variable in a ConfigMap. Write at most 253 letters, digits, '-', '_' and '.', no digit first, for example 'LOG_LEVEL'.`,
      );
    },
  );

  test.each(['A', '_', 'LOG_LEVEL', 'spring.datasource.url', 'a-b', '.a', 'A1', 'x'.repeat(253)])(
    '%s is taken',
    (name) => {
      expectAccepted({ config: [Config.env(named(name))] });
    },
  );
});

describe('the name of a file', () => {
  test.each(['', 'a b', 'a/b', 'a:b', 'é', '.', '..', '..a', 'toString', 'x'.repeat(254)])(
    '"%s" is refused',
    (name) => {
      expectRefused(
        { config: [fine, Config.files('/etc/app', named(name))] },
        `config[1] name = "${name}": it cannot be the name of a file in a ConfigMap. Write at most 253 letters, digits, '-', '_' and '.', for example 'app.yaml'.`,
      );
    },
  );

  test.each(['a', '1', 'app.yaml', '.env', '_', 'A-b.c', 'x'.repeat(253)])('%s is taken', (name) => {
    expectAccepted({ config: [Config.files('/etc/app', named(name))] });
  });
});

describe('content', () => {
  test('that is empty is refused', () => {
    const message = 'there is nothing in it. Give it something, or leave it out.';
    expectRefused({ config: [Config.env({})] }, `config[0] = {}: ${message}`);
    expectRefused({ config: [fine, Config.files('/etc/app', {})] }, `config[1] = {}: ${message}`);
    expectAccepted({ config: [] });
  });

  test.each([
    [8080, '8080', '8080'],
    [true, 'true', 'true'],
    [null, 'null', 'info'],
    [undefined, 'undefined', 'info'],
    [{ a: 1 }, 'a value of type Object', 'info'],
  ])('%j, which is no text, is refused', (value, shown, example) => {
    const read = JSON.parse('{}');
    read.PORT = value;
    expectRefused(
      { config: [Config.env(read)] },
      `config[0].PORT = ${shown}: it has to be a text. Write for example '${example}'.`,
    );
  });

  test('of more than 1 MiB is refused, counted in bytes of all values together', () => {
    const half = 'é'.repeat(262_144);
    expectAccepted({ config: [Config.files('/etc/app', { a: half, b: half })] });
    expectRefused(
      { config: [Config.files('/etc/app', { a: half, b: `${half}x` })] },
      'config[0] = 1048577 bytes: the API server takes at most 1048576 bytes in a ConfigMap. Split it into several, or put large files into the image.',
    );
  });
});

describe('a variable in two places', () => {
  const TWICE =
    'has this environment variable too, and the application gets only one of the two values. Write it in one place.';

  test('is refused in env and config', () => {
    expectRefused(
      { env: { LOG_LEVEL: EnvValue.fromValue('info') }, config: [fine, Config.env({ LOG_LEVEL: 'debug' })] },
      `config[1] name = "LOG_LEVEL": env ${TWICE}`,
    );
  });

  test('is refused in two of config', () => {
    expectRefused(
      { config: [fine, Config.env({ A: '1' }), Config.env({ A: '1' })] },
      `config[2] name = "A": config[1] ${TWICE}`,
    );
  });

  test('is refused when it is added later', () => {
    expectRefusedAtSynth(
      { config: [fine] },
      (web) => web.container.env.addVariable('FINE', EnvValue.fromValue('no')),
      `env name = "FINE": config ${TWICE}`,
    );
    expectAccepted({ config: [fine] }, (web) => {
      web.container.env.addVariable('OTHER', EnvValue.fromValue('no'));
    });
  });

  test('is no file of the same name', () => {
    expectAccepted({
      env: { A: EnvValue.fromValue('1') },
      config: [Config.files('/etc/a', { A: '1' }), Config.files('/etc/b', { A: '1' })],
    });
  });
});

describe.each([
  ['files', (path: string) => Config.files(path, { a: 'b' })],
  ['filesFromSecret', (path: string) => Config.filesFromSecret(path, secret())],
])('the path of %s', (_, at) => {
  test.each([
    '',
    '/',
    'etc/app',
    './app',
    '/etc/',
    '//etc',
    '/a b',
    '/a:b',
    '/...',
    '/a/../b',
    '/./a',
    '/a/..',
  ])('"%s" is refused', (path) => {
    expectRefused(
      { config: [fine, at(path)] },
      `config[1].path = "${path}": no volume can be mounted there: a path has to be absolute, below /, without a / at its end, and of at most 63 letters, digits, ., _, - and /. Write for example '/etc/app'.`,
    );
  });

  test('of more than 63 characters is refused', () => {
    const path = `/${'x'.repeat(64)}`;
    expectRefused(
      { config: [at(path)] },
      `config[0].path = "${path}": no volume can be mounted there: a path has to be absolute, below /, without a / at its end, and of at most 63 letters, digits, ., _, - and /. Write for example '/etc/app'.`,
    );
  });

  test.each(['/a', '/etc/app', '/etc/App_1.2-x', '/.config', '/a/..b', `/${'x'.repeat(63)}`])(
    '%s is taken',
    (path) => {
      expectAccepted({ config: [at(path)] });
    },
  );

  test('is refused where another of config is mounted', () => {
    expectRefused(
      { config: [Config.files('/etc/app', { a: 'b' }), fine, at('/etc/app')] },
      "config[2].path = \"/etc/app\": config[0] has the volume 'etc-app' at '/etc/app', and neither the path nor the name 'etc-app' can be there twice. Mount each volume at a path of its own.",
    );
  });

  test('is refused where its volume would have the name of another', () => {
    expectRefused(
      { config: [Config.files('/etc/app', { a: 'b' }), at('/etc-app')] },
      "config[1].path = \"/etc-app\": config[0] has the volume 'etc-app' at '/etc/app', and neither the path nor the name 'etc-app' can be there twice. Mount each volume at a path of its own.",
    );
  });

  test('is refused where volumeMounts has a volume', () => {
    const volume = Volume.fromEmptyDir(newChart(), 'Data', 'data');
    expectRefused(
      { volumeMounts: [{ path: '/etc/app', volume }], config: [at('/etc/app')] },
      "config[0].path = \"/etc/app\": volumeMounts has the volume 'data' at '/etc/app', and neither the path nor the name 'etc-app' can be there twice. Mount each volume at a path of its own.",
    );
    expectRefused(
      { volumeMounts: [{ path: '/var/lib/app', volume }], config: [at('/data')] },
      "config[0].path = \"/data\": volumeMounts has the volume 'data' at '/var/lib/app', and neither the path nor the name 'data' can be there twice. Mount each volume at a path of its own.",
    );
  });

  test('is refused where the application may write, also by default', () => {
    const message = (path: string, name: string) =>
      `config[0].path = "${path}": writablePaths of security has the volume '${name}' at '${path}', and neither the path nor the name '${name}' can be there twice. Mount each volume at a path of its own.`;
    expectRefused({ config: [at('/tmp')] }, message('/tmp', 'tmp'));
    expectRefused(
      { security: PodSecurity.restricted({ writablePaths: ['/etc/app'] }), config: [at('/etc/app')] },
      message('/etc/app', 'etc-app'),
    );
    expectAccepted({ security: PodSecurity.restricted({ writablePaths: [] }), config: [at('/tmp')] });
  });

  test('is refused at synth where something is mounted later', () => {
    expectRefusedAtSynth(
      { config: [at('/etc/app')] },
      (web, chart) => web.container.mount('/etc/app', Volume.fromEmptyDir(chart, 'Data', 'data')),
      'volume mount path = "/etc/app": two volumes are mounted there, so the API server refuses the Deployment. Mount each volume at a path of its own, or give PodSecurity.restricted() writablePaths without this path.',
    );
  });
});

describe('the version of a Secret', () => {
  test('that is empty is refused', () => {
    expectRefused(
      { config: [fine, Config.envFromSecret(secret(), { version: '' })] },
      'config[1].version = "": it stays the same when the Secret changes, so the pods would go on with the old values. Write what changes with the Secret, for example a date, or leave it out and change the name of the Secret.',
    );
  });

  test('that contradicts another one is refused', () => {
    const other = { version: '3' };
    expectRefused(
      {
        config: [
          Config.envFromSecret(secret(), { version: '2' }),
          Config.envFromSecret(secret('web-api'), other),
          Config.filesFromSecret('/etc/database', secret(), other),
        ],
      },
      'config[2].version = "3": the Secret \'web-database\' has the version "2" in config already. Write the same version wherever the Secret is used.',
    );
  });
});

test('a name that leaves no room for a hash is refused', () => {
  const selectorLabels = { app: 'web' };
  const serviceName = 'web';
  const name = (length: number) => 'x'.repeat(length);
  expectAccepted({
    selectorLabels,
    exposure: Exposure.loadBalancer({ serviceName }),
    name: name(238),
    config: [fine],
  });
  expectRefused(
    { selectorLabels, exposure: Exposure.loadBalancer({ serviceName }), name: name(239), config: [fine] },
    `name = "${name(239)}": the ConfigMap of config[0] would have a name of 254 characters, and Kubernetes takes at most 253. Write a shorter name.`,
  );
});
