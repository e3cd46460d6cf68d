import { Duration } from 'cdk8s';
import { Capability, DnsPolicy, Handler } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { type MainSecurityContext, PodSecurity, ProjectedSource, ProjectedVolume } from '../../src';
import { expectAccepted, expectRefused, messageOf, newChart, type Props } from '../helpers';

describe("rights of the application's container", () => {
  test.each<[MainSecurityContext, string]>([
    [{ privileged: true }, 'privileged = true'],
    [{ allowPrivilegeEscalation: true }, 'allowPrivilegeEscalation = true'],
    [
      { capabilities: { add: [Capability.NET_BIND_SERVICE, Capability.NET_ADMIN] } },
      'capabilities.add[1] = "CAP_NET_ADMIN"',
    ],
  ])('%o contradict PodSecurity.restricted()', (securityContext, value) => {
    expectRefused(
      { container: { securityContext } },
      `container.securityContext.${value}: security is PodSecurity.restricted(), which does not allow it. Leave it out, or write security: PodSecurity.asImageUser().`,
    );
    expectAccepted({ container: { securityContext }, security: PodSecurity.asImageUser() });
  });

  test('that security says of the whole pod are written there', () => {
    const securityContext = { user: 3000 } as MainSecurityContext;
    expectRefused(
      { container: { securityContext } },
      'container.securityContext.user = 3000: there is no such key in the security context of the application, so it would be left out without a word. Write security: PodSecurity.restricted({ runAsUser }).',
    );
  });
});

describe('extended resources', () => {
  test.each(['gpu', 'cpu', 'kubernetes.io/gpu', 'a.kubernetes.io/gpu', 'a b/c', 'nvidia.com/'])(
    'cannot be called "%s"',
    (name) => {
      expectRefused(
        { container: { extendedResources: { [name]: 1 } } },
        `container.extendedResources${/^\w+$/.test(name) ? `.${name}` : `['${name}']`} = 1: it is not the name of an extended resource, which has a domain of its own in front. Write for example { 'nvidia.com/gpu': 1 }; CPU and memory are resources.`,
      );
    },
  );

  test.each([0, 0.5, -1])('cannot be %d', (count) => {
    expectRefused(
      { container: { extendedResources: { 'nvidia.com/gpu': count } } },
      `container.extendedResources['nvidia.com/gpu'] = ${count}: it has to be a whole number of at least 1. Write 1.`,
    );
  });
});

describe('postStart', () => {
  const refused = (postStart: Handler): [Props] => [{ container: { postStart } }];

  test('opens no connection, which the kubelet cannot', () => {
    expectRefused(
      ...refused(Handler.fromTcpSocket()),
      "container.postStart = Handler.fromTcpSocket: the kubelet opens no connections in hooks, so the container would be restarted for ever. Write for example Handler.fromCommand(['/app/warm-up']).",
    );
  });

  test('is a program and its arguments', () => {
    expectRefused(
      ...refused(Handler.fromCommand([])),
      "container.postStart = Handler.fromCommand([]): there is nothing to run, so the API server refuses the Deployment. Write for example Handler.fromCommand(['/app/warm-up']).",
    );
    expectRefused(
      ...refused(Handler.fromCommand(['/app/warm-up --all'])),
      "container.postStart.command[0] = \"/app/warm-up --all\": the whole text is taken for the name of the program, and without a shell nothing splits it into words. Write ['/app/warm-up', '--all'].",
    );
  });

  test('or the path of a request', () => {
    expectRefused(
      ...refused(Handler.fromHttpGet('warm-up')),
      'container.postStart.path = "warm-up": a path starts with /. Write Handler.fromHttpGet(\'/warm-up\').',
    );
  });
});

describe('a container beside the application', () => {
  const fetch = { name: 'fetch', image: 'fetch:1' };

  test('has a name of its own', () => {
    const message = (i: number, name: string) =>
      `pod.furtherContainers[${i}].name = "${name}": another container of the pod has this name, so the API server refuses the Deployment. Give each container a name of its own; the application's is container.name.`;
    expectRefused({ pod: { furtherContainers: [{ ...fetch, name: 'main' }] } }, message(0, 'main'));
    expectRefused({ pod: { furtherContainers: [fetch, fetch] } }, message(1, 'fetch'));
    expectRefused({ pod: { furtherContainers: [fetch] }, sidecars: [fetch] }, message(0, 'fetch'));
  });

  test('is refused what other containers are', () => {
    expectRefused(
      {
        pod: {
          furtherContainers: [{ ...fetch, image: 'fetch', workingDir: 'data', securityContext: { user: 0 } }],
        },
      },
      "pod.furtherContainers[0].image = \"fetch\": an image without a tag means 'latest', which moves, so a rollback is impossible and one rollout can run two versions. Write a tag that is never reused or a digest, for example 'fetch:1.4.2', or acceptNoRollback: true.",
      'pod.furtherContainers[0].workingDir = "data": the container would not start, since its runtime asks for an absolute path. Write \'/data\'.',
      'pod.furtherContainers[0].securityContext.user = 0: ensureNonRoot is true unless it is given, so the kubelet would not start the container. Write another user, or ensureNonRoot: false, which namespaces that enforce `restricted` do not admit.',
    );
  });
});

describe('the pod', () => {
  test('has the name of a RuntimeClass', () => {
    expectRefused(
      { scheduling: { runtimeClassName: 'gVisor' } },
      `scheduling.runtimeClassName = "gVisor": Kubernetes does not take it as a name, which is lower-case letters, digits, '-' and '.'. Write for example runtimeClassName: 'gvisor'.`,
    );
  });

  test('has addresses and names as host aliases', () => {
    expectRefused(
      { pod: { hostAliases: [{ ip: 'db', hostnames: ['db.example.com', 'A b'] }] } },
      'pod.hostAliases[0].ip = "db": it is not an IP address, so the API server refuses the Deployment. Write for example \'192.0.2.10\'.',
      'pod.hostAliases[0].hostnames[1] = "A b": it is not the name of a host or domain, so the API server refuses the Deployment. Write for example \'db.example.com\'.',
    );
  });

  test('has DNS settings that the API server takes', () => {
    expectRefused(
      { pod: { dns: { nameservers: ['dns'], searches: ['a b'] } } },
      'pod.dns.nameservers[0] = "dns": it is not an IP address, so the API server refuses the Deployment. Write for example \'192.0.2.10\'.',
      'pod.dns.searches[0] = "a b": it is not the name of a host or domain, so the API server refuses the Deployment. Write for example \'db.example.com\'.',
    );
    expectRefused(
      { pod: { dns: { policy: DnsPolicy.NONE } } },
      'pod.dns.policy = "None": without nameservers the pods would have nobody to ask, so the API server refuses the Deployment. Write nameservers too, for example [\'192.0.2.53\'], or another policy.',
    );
    expectRefused(
      { pod: { dns: { nameservers: Array<string>(4).fill('192.0.2.53') } } },
      'pod.dns.nameservers = 4 entries: there can be at most 3, so the API server refuses the Deployment. Write 3 or fewer.',
    );
    expectRefused(
      { pod: { dns: { searches: Array<string>(33).fill('a') } } },
      'pod.dns.searches = 33 entries: there can be at most 32, so the API server refuses the Deployment. Write 32 or fewer.',
    );
    expectAccepted({ pod: { dns: { searches: ['example.com.'] } } });
  });
});

describe('a projected volume', () => {
  const messageFor = (id: string, ...sources: ProjectedSource[]) =>
    messageOf(() => ProjectedVolume.of(newChart(), id, sources));

  test('is refused for options that there are not, and for what is no source', () => {
    const options = { audiences: 'vault', expiration: 3600 } as never;
    expect(messageFor('tokens', ProjectedSource.serviceAccountToken('token', options))).toBe(
      [
        '[chart/tokens] sources[0].expiration = 3600: it has to be a Duration. Write for example Duration.seconds(3600).',
        '[chart/tokens] sources[0].audiences = "vault": there is no such key in the options of ProjectedSource.serviceAccountToken, so it would be left out without a word. Write audience.',
      ].join('\n'),
    );
    const fix = "Write for example ProjectedSource.serviceAccountToken('token').";
    expect(messageFor('tokens', { token: 'token' } as never)).toBe(
      `[chart/tokens] sources[0] = a value of type Object: it has to be a ProjectedSource. ${fix}`,
    );
  });

  test('has a name and sources', () => {
    expect(messageFor('Tokens')).toBe(
      [
        `[chart/Tokens] id = "Tokens": it is also the name of the volume, which is at most 63 lower-case letters, digits and '-'. Write for example 'tokens'.`,
        "[chart/Tokens] sources = []: nothing would appear in the volume. Write for example [ProjectedSource.serviceAccountToken('token')].",
      ].join('\n'),
    );
  });

  test.each(['', '/token', '..', '../token', 'a/..', 'certs/../b'])('has no file "%s"', (path) => {
    expect(messageFor('tokens', ProjectedSource.serviceAccountToken(path))).toBe(
      `[chart/tokens] sources[0].path = "${path}": it is not the name of a file within the volume. Write for example 'token' or 'certs/ca.crt'.`,
    );
  });

  test('has no token that is too short-lived', () => {
    const expiration = Duration.minutes(5);
    expect(messageFor('tokens', ProjectedSource.serviceAccountToken('..token', { expiration }))).toBe(
      '[chart/tokens] sources[0].expiration = 300 s: it has to be a whole number of seconds from 600 to 4294967296. Write Duration.seconds(600).',
    );
  });
});
