import { Duration } from 'cdk8s';
import { describe, test } from 'vitest';
import { Exposure, ExternalTrafficPolicy, SessionAffinity } from '../../src';
import { expectAccepted, expectRefused } from '../helpers';

describe('source ranges', () => {
  test.each([
    '203.0.113.0',
    '203.0.113.0/',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/2x',
    '203.0.113.0/x2',
    '203.0.113.0/24/8',
    '203.0.113/24',
    'example.com/24',
    'fe80::1%eth0/128',
    '::ffff:203.0.113.0/120',
    'example.com/0',
    'example.com/1',
    '2001:db8::/129',
    '',
  ])('"%s" is refused', (range) => {
    expectRefused(
      { exposure: Exposure.loadBalancer({ loadBalancerSourceRanges: ['198.51.100.0/24', range] }) },
      `exposure.loadBalancerSourceRanges[1] = "${range}": it is not a range of IP addresses, so the API server refuses the Service. Write for example '203.0.113.0/24'.`,
    );
  });

  test.each([
    ['203.0.113.7/24', '203.0.113.0/24'],
    ['203.0.113.255/25', '203.0.113.128/25'],
    ['203.0.113.7/0', '0.0.0.0/0'],
    ['203.0.113.0/024', '203.0.113.0/24'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['2001:0db8:0:0:0:0:0:0/32', '2001:db8::/32'],
    ['1:2:3:4:5:6:7:9/127', '1:2:3:4:5:6:7:8/127'],
  ])('"%s" is refused, as the API server warns of it', (range, usual) => {
    expectRefused(
      { exposure: Exposure.loadBalancer({ loadBalancerSourceRanges: [range] }) },
      `exposure.loadBalancerSourceRanges[0] = "${range}": a range is written with its first address in the usual form, else the API server warns that it may be a mistake. Write '${usual}'.`,
    );
    expectAccepted({ exposure: Exposure.loadBalancer({ loadBalancerSourceRanges: [usual] }) });
  });

  test.each(['203.0.113.0/24', '0.0.0.0/0', '203.0.113.7/32', '2001:db8::/33', '::1/128', '::/0'])(
    '%s is taken',
    (range) => {
      expectAccepted({ exposure: Exposure.loadBalancer({ loadBalancerSourceRanges: [range] }) });
    },
  );
});

describe('session affinity', () => {
  const RANGE = 'it has to be a whole number of seconds from 1 to 86400';

  test.each([
    [Duration.seconds(0), '0 s', 1],
    [Duration.millis(1500), '1.5 s', 2],
    [Duration.seconds(86_401), '86401 s', 86_400],
  ])('lasts from a second to a day: %#', (timeout, value, nearest) => {
    expectRefused(
      { exposure: Exposure.loadBalancer({ sessionAffinity: SessionAffinity.clientIp(timeout) }) },
      `exposure.sessionAffinity.timeout = ${value}: ${RANGE}. Write Duration.seconds(${nearest}).`,
    );
  });

  test.each([Duration.seconds(1), Duration.days(1)])('is taken: %#', (timeout) => {
    expectAccepted({
      exposure: Exposure.loadBalancer({ sessionAffinity: SessionAffinity.clientIp(timeout) }),
    });
  });
});

describe('traffic that nodes hand to their own pods alone', () => {
  const LOCAL = { externalTrafficPolicy: ExternalTrafficPolicy.LOCAL };
  const time = Duration.seconds(40);

  test.each([
    ['loadBalancer', 'a load balancer', {}, 'removalTime and additionTime'],
    ['loadBalancer', 'a load balancer', { removalTime: time }, 'additionTime'],
    ['nodePort', 'a Service of type NodePort', {}, 'removalTime and additionTime'],
    ['nodePort', 'a Service of type NodePort', { additionTime: time }, 'removalTime'],
  ] as const)('is refused of %s where nobody knows who sends it: %#', (method, name, options, missing) => {
    const exposure = Exposure[method]({ ...LOCAL, ...options });
    expectRefused(
      { exposure },
      `exposure.externalTrafficPolicy = "Local": a node whose last pod goes drops what it is still sent, and how long who sends to the nodes behind ${name} takes to find out is not known. Write ${missing}, for health checks the interval × (checks that decide + 1), or an exposure that knows its load balancer, such as Exposure.gke, or leave the policy out, or write acceptDowntimeOnRollout: true.`,
    );
    expectAccepted({ exposure, acceptDowntimeOnRollout: true });
    expectAccepted({ exposure: Exposure[method]({ ...LOCAL, removalTime: time, additionTime: time }) });
    expectAccepted({ exposure: Exposure.gke(LOCAL) });
  });
});

test('a class that only an annotation can name is refused, with the annotation', () => {
  const className = 'azure/application-gateway';
  expectRefused(
    { exposure: Exposure.ingress({ ingressClassName: className }) },
    `exposure.ingressClassName = "${className}": Kubernetes does not take it as a name, and its controller reads it as an annotation. Write ingressAnnotations: { 'kubernetes.io/ingress.class': '${className}' }.`,
  );
  const ingressAnnotations = { 'kubernetes.io/ingress.class': className };
  expectAccepted({ exposure: Exposure.ingress({ ingressAnnotations }) });
});
