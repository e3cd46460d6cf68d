import { Duration, Size } from 'cdk8s';
import { Cpu, Volume } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { Config, Drain, DrainProxy, Exposure, HealthCheck, PodSecurity } from '../../src';
import { expectAccepted, expectRefused, expectRefusedAtSynth, newChart, type Props } from '../helpers';

describe('a request above its limit', () => {
  const resources = {
    cpu: { request: Cpu.units(1.5), limit: Cpu.millis(500) },
    memory: { request: Size.gibibytes(1), limit: Size.mebibytes(256) },
    ephemeralStorage: { request: Size.gibibytes(3), limit: Size.gibibytes(2) },
  };
  const messages = (path: string) => {
    const why = (limit: string, fix: string) =>
      `it is more than the limit of ${limit}, so the API server refuses the Deployment. Write ${fix} or less, or a higher limit.`;
    return [
      `${path}.cpu.request = 1.5: ${why('500m', 'Cpu.millis(500)')}`,
      `${path}.memory.request = 1Gi: ${why('256Mi', 'Size.mebibytes(256)')}`,
      `${path}.ephemeralStorage.request = 3Gi: ${why('2Gi', 'Size.gibibytes(2)')}`,
    ];
  };

  test.each<[string, Props]>([
    ['resources', { resources }],
    ['sidecars[0].resources', { sidecars: [{ name: 'proxy', image: 'proxy:1', resources }] }],
    ['initContainers[0].resources', { initContainers: [{ name: 'migrate', image: 'migrate:1', resources }] }],
    ['drainProxy.resources', { drainProxy: DrainProxy.haproxy({ resources }) }],
  ])('is refused: %s', (path, props) => {
    expectRefused(props, ...messages(path));
  });

  test('of a container that was added is refused at synth', () => {
    expectRefusedAtSynth(
      {},
      (web) => web.deployment.addContainer({ name: 'second', image: 'second:1', resources }),
      ...messages("container 'second' resources"),
    );
    expectRefusedAtSynth(
      {},
      (web) => web.deployment.addInitContainer({ name: 'first', image: 'first:1', resources }),
      ...messages("container 'first' resources"),
    );
  });

  test('is taken where both are the same', () => {
    expectAccepted({
      resources: {
        cpu: { request: Cpu.units(0.29), limit: Cpu.millis(290) },
        memory: { request: Size.gibibytes(1), limit: Size.mebibytes(1024) },
      },
    });
  });
});

describe('an amount that cannot be written', () => {
  const CPU = 'it has to be a number of millicores of at least 1. Write for example Cpu.millis';
  const MEMORY = 'it has to be a whole number of mebibytes of at least 1. Write for example Size.mebibytes';
  test.each([
    [{ cpu: { request: Cpu.millis(0) } }, `cpu.request = 0m: ${CPU}(1).`],
    [{ cpu: { request: Cpu.millis(-5) } }, `cpu.request = -5m: ${CPU}(1).`],
    [{ cpu: { limit: Cpu.units(0.0005) } }, `cpu.limit = 0.0005: ${CPU}(1).`],
    [{ cpu: { limit: Cpu.units(NaN) } }, `cpu.limit = NaN: ${CPU}(1).`],
    [{ memory: { request: Size.kibibytes(1500) } }, `memory.request = 1500Ki: ${MEMORY}(2).`],
    [{ memory: { limit: Size.mebibytes(0) } }, `memory.limit = 0Mi: ${MEMORY}(1).`],
    [
      { ephemeralStorage: { request: Size.mebibytes(512) } },
      'ephemeralStorage.request = 512Mi: it has to be a whole number of gibibytes of at least 1, as cdk8s-plus writes it. Write for example Size.gibibytes(1).',
    ],
  ])('is refused: %#', (resources, message) => {
    expectRefused({ resources }, `resources.${message}`);
  });
});

describe('an image', () => {
  const moves = (image: string, tag: string) =>
    `image = "${image}": the tag '${tag}' says no version and moves, so a rollback is impossible and one rollout can run two versions. Write a tag that is never reused or a digest, for example 'web:1.4.2', or acceptNoRollback: true.`;

  test.each(['main', 'master', 'stable', 'prod', 'edge', 'dev', 'alpine', 'stable-alpine', 'v', 'blue'])(
    'with the tag %s is refused',
    (tag) => {
      expectRefused({ image: `web:${tag}` }, moves(`web:${tag}`, tag));
      expectAccepted({ image: `web:${tag}`, acceptNoRollback: true });
    },
  );

  test.each(['1-latest', 'latest-1.27', '1.4.2-SNAPSHOT', 'nightly-2026.11.26'])(
    'with the tag %s is refused although it has a number',
    (tag) => {
      expectRefused({ image: `web:${tag}` }, moves(`web:${tag}`, tag).replace('says no version and ', ''));
    },
  );

  test.each([
    '1',
    'v1.4.2',
    'main-3f2a1bc',
    '2026-11-26',
    'deadbee',
    'abcdefabcdefabcdefabcdefabcdefabcdefabcd',
    'rc1',
  ])('with the tag %s is taken', (tag) => {
    expectAccepted({ image: `web:${tag}` });
  });

  test.each([
    ['web:undefined', 'undefined'],
    ['web:null', 'null'],
    ['web:NaN', 'NaN'],
    ['web:None', 'None'],
    ['undefined/web:1', 'undefined'],
    ['registry.example.com/null:1', 'null'],
    ['registry.example.com/team/undefined:1.4.2', 'undefined'],
  ])('of a variable without a value is refused, also with acceptNoRollback: %s', (image, value) => {
    const message = `image = "${image}": '${value}' is what a variable without a value becomes, so no pod would start. Give the variable its value, so that it is for example 'registry.example.com/team/app:1.4.2'.`;
    expectRefused({ image }, message);
    expectRefused({ image, acceptNoRollback: true }, message);
  });

  test.each([
    'web:[object Object]',
    'web:${TAG}',
    'web:$TAG',
    'web:{{ tag }}',
    ' web:1',
    'web:1 ',
    'web :1',
    'web:1\n',
  ])('that is none is refused: %o', (image) => {
    expectRefused(
      { image },
      `image = ${JSON.stringify(image)}: it is not an image reference, so no pod would start. Write for example 'registry.example.com/team/app:1.4.2'.`,
    );
  });

  test('of which a part begins with such a word is taken', () => {
    expectAccepted({ image: 'registry.example.com/nullable/undefined-behaviour:1' });
  });
});

describe('a command line in one text', () => {
  const WHY =
    'the whole text is taken for the name of the program, and without a shell nothing splits it into words';
  test.each([
    [['node server.js'], "['node', 'server.js']"],
    [['node server.js', '--all'], "['node', 'server.js', '--all']"],
    [[' /app/server '], "['/app/server']"],
    [['sh -c "a && b"'], "['sh', '-c', 'a && b']"],
    [["/bin/bash -c 'echo it'"], "['/bin/bash', '-c', 'echo it']"],
    [['migrate && serve'], "['sh', '-c', 'migrate && serve']"],
    [["echo it's"], "['sh', '-c', 'echo it\\'s']"],
  ])('is refused: %o', (command, fix) => {
    const message = `command[0] = ${JSON.stringify(command[0])}: ${WHY}. Write ${fix}.`;
    expectRefused({ command }, message);
    const container = { name: 'further', image: 'further:1', command };
    expectRefused({ sidecars: [container] }, `sidecars[0].${message}`);
    expectRefused({ initContainers: [container] }, `initContainers[0].${message}`);
    expectRefused({ readiness: HealthCheck.command(command) }, `readiness.${message}`);
  });

  test('of nothing is refused', () => {
    expectRefused(
      { command: [''] },
      "command[0] = \"\": it is the name of no program, so the container does not start. Write the program first, for example ['node', 'server.js'].",
    );
  });

  test('is taken in the arguments, and for a shell', () => {
    expectAccepted({ command: ['sh', '-c', 'node server.js'], args: ['a b'] });
    expectAccepted({ command: [] });
  });
});

describe('a volume over a folder of the system', () => {
  const message = (prop: string, path: string, hidden: string, fix = '/data') =>
    `${prop} = "${path}": a volume there hides ${hidden}, without which the program does not start or fails later. Write a folder that nothing else needs, for example '${fix}'.`;
  const ETC = 'the users, host names, certificates and time zone of the image';

  test('is refused for the files of config', () => {
    expectRefused(
      { config: [Config.files('/etc', { a: 'b' })] },
      message('config[0].path', '/etc', ETC, '/etc/app'),
    );
  });

  test.each(['/etc/passwd', '/etc/nsswitch.conf'])('is refused for a file that is there: %s', (path) => {
    expectRefused(
      { config: [Config.files(path, { a: 'b' })] },
      message('config[0].path', path, 'a file of the system', '/etc/app'),
    );
  });

  test('is refused for a certificate and for writable paths', () => {
    const secret = { name: 'web-tls' } as never;
    expectRefused(
      { tls: { secret, mountPath: '/usr/lib' } },
      message('tls.mountPath', '/usr/lib', 'the libraries of the image'),
    );
    expectRefused(
      { security: PodSecurity.restricted({ writablePaths: ['/tmp', '/var'] }) },
      message('security.writablePaths[1]', '/var', "the image's packages, caches and logs"),
    );
  });

  test.each([
    ['/', 'the whole image'],
    ['/usr/local/bin/', 'the programs of the image'],
    ['//lib', 'the libraries of the image'],
    ['/data/../dev', 'the devices of the container'],
    ['/proc/net', 'the processes of the container'],
    ...['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'].map((folder) => [
      folder,
      'the programs of the image',
    ]),
    ...['/lib', '/lib32', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib'].map((folder) => [
      folder,
      'the libraries of the image',
    ]),
    ...['x86_64', 'aarch64'].flatMap((processor) =>
      ['/lib', '/usr/lib'].map((folder) => [
        `${folder}/${processor}-linux-gnu`,
        'the libraries of the image',
      ]),
    ),
    ...['/usr', '/usr/local', '/usr/libexec', '/usr/share'].map((folder) => [
      folder,
      'the programs and libraries of the image',
    ]),
    ['/var/lib', "the image's packages, caches and logs"],
    ['/dev', 'the devices of the container'],
    ['/sys', 'the settings of the kernel'],
    ['/proc', 'the processes of the container'],
  ])('is refused for volumeMounts: %s', (path, hidden) => {
    const volume = Volume.fromEmptyDir(newChart(), 'Volume', 'data');
    expectRefused({ volumeMounts: [{ path, volume }] }, message('volumeMounts[0].path', path, hidden));
    const container = { name: 'further', image: 'further:1', volumeMounts: [{ path, volume }] };
    expectRefused({ sidecars: [container] }, message('sidecars[0].volumeMounts[0].path', path, hidden));
    expectRefused(
      { initContainers: [container] },
      message('initContainers[0].volumeMounts[0].path', path, hidden),
    );
  });

  test('is refused at synth where it was mounted later', () => {
    expectRefusedAtSynth(
      {},
      (web, chart) => web.container.mount('/etc/', Volume.fromEmptyDir(chart, 'Volume', 'data')),
      message('volume mount path', '/etc/', ETC, '/etc/app'),
    );
  });

  test.each([
    '/etc/app',
    '/usr/share/nginx/html',
    '/var/cache/nginx',
    '/var/run',
    '/run',
    '/dev/shm',
    '/opt/app',
    '/home',
  ])('is taken below it, and where an image has nothing: %s', (path) => {
    expectAccepted({
      volumeMounts: [{ path, volume: Volume.fromEmptyDir(newChart(), 'Volume', 'data') }],
    });
  });
});

describe('a time that nobody can mean', () => {
  const GKE = 'GKE waits for an hour for the pods of a node that has to go, and then kills what still serves';
  const PIPELINE =
    'a release that never starts would be reported only then, and no pipeline waits for longer';
  const CHECK = 'a pod that does not serve any more would get traffic until the next check notices it';
  const seconds = (max: number, why: string, min = 1) =>
    `it has to be a whole number of seconds from ${min} to ${max}, since ${why}. Write Duration.seconds(${max}).`;

  test.each<[Props, string]>([
    [{ drain: Drain.sleep(Duration.hours(5)) }, `drain = 18000 s: ${seconds(3600, GKE)}`],
    [
      { shutdownBudget: Duration.days(3) },
      `shutdownBudget = 259200 s: ${seconds(172_800, 'a node that has to go would wait for days for this one pod')}`,
    ],
    [
      { pod: { terminationGracePeriod: Duration.days(7) } },
      `pod.terminationGracePeriod = 604800 s: ${seconds(172_800, 'a node that has to go would wait for days for this one pod')}`,
    ],
    [
      { rollout: { minReady: Duration.days(1) } },
      `rollout.minReady = 86400 s: ${seconds(21_600, PIPELINE, 0)}`,
    ],
    [
      { rollout: { progressDeadline: Duration.days(30) } },
      `rollout.progressDeadline = 2592000 s: ${seconds(172_800, 'a release that never starts would be reported only after days')}`,
    ],
    [
      { readiness: HealthCheck.http('/ready', { period: Duration.days(1) }) },
      `readiness.period = 86400 s: ${seconds(300, CHECK)}`,
    ],
    [
      { readiness: HealthCheck.http('/ready', { timeout: Duration.hours(1) }) },
      `readiness.timeout = 3600 s: ${seconds(300, CHECK)}`,
    ],
    [
      { readiness: HealthCheck.http('/ready', { initialDelay: Duration.days(1) }) },
      `readiness.initialDelay = 86400 s: ${seconds(21_600, PIPELINE)}`,
    ],
    [
      { exposure: Exposure.loadBalancer({ removalTime: Duration.days(1) }) },
      `exposure.removalTime = 86400 s: ${seconds(3600, GKE, 0)}`,
    ],
  ])('is refused: %#', (props, message) => {
    expectRefused(props, message);
  });

  test('is no long one', () => {
    expectAccepted({ drain: Drain.sleep(Duration.hours(1)), shutdownBudget: Duration.days(1) });
  });
});

describe('a topology key that no node has', () => {
  const message = (key: string, meant: string) =>
    `scheduling.topologyKeys[0] = "${key}": no node has this label unless somebody gives it to each, so the pods would not be spread at all. Write '${meant}', or a label of your own with a prefix, such as 'example.com/zone'.`;

  test.each([
    ['zone', 'topology.kubernetes.io/zone'],
    ['hostname', 'kubernetes.io/hostname'],
    ['host', 'kubernetes.io/hostname'],
    ['Region', 'topology.kubernetes.io/region'],
    ['kubernetes.io/zone', 'topology.kubernetes.io/zone'],
    ['topology.kubernetes.io/zones', 'topology.kubernetes.io/zone'],
    ['kubernetes.io/hostnames', 'kubernetes.io/hostname'],
    ['topology.kubernetes.io/hostname', 'kubernetes.io/hostname'],
  ])('is refused: %s', (key, meant) => {
    expectRefused({ scheduling: { topologyKeys: [key] } }, message(key, meant));
  });

  test.each([
    'kubernetes.io/hostname',
    'topology.kubernetes.io/zone',
    'topology.kubernetes.io/region',
    'failure-domain.beta.kubernetes.io/zone',
    'topology.kubernetes.io/rack',
    'node.kubernetes.io/instance-type',
    'kubernetes.io/arch',
    'rack',
    'node-pool',
    'example.com/zone',
    'topology.ebs.csi.aws.com/zone',
  ])('is none that the owner of the cluster may have given: %s', (key) => {
    expectAccepted({ scheduling: { topologyKeys: [key] } });
  });
});

describe('a health check', () => {
  test.each([
    ['http://localhost/ready', "HealthCheck.http('/ready')"],
    ['http://localhost:9000/ready?full=1', "HealthCheck.http('/ready?full=1', { port: 9000 })"],
    ['https://shop.example.com', "HealthCheck.http('/', { scheme: ConnectionScheme.HTTPS })"],
    ['localhost:8080/ready', "HealthCheck.http('/ready', { port: 8080 })"],
    ['ready', "HealthCheck.http('/ready')"],
    ['api/ready', "HealthCheck.http('/api/ready')"],
  ])('of a URL or of no path is refused with its path: %s', (path, fix) => {
    expectRefused(
      { readiness: HealthCheck.http(path) },
      `readiness.path = "${path}": a path starts with /. Write ${fix}.`,
    );
  });
});
