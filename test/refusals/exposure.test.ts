import { Duration } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { ExternalTrafficPolicy, SessionAffinity } from '../../src';
import { expectAccepted, expectRefused } from '../helpers';

describe('the type of the Service', () => {
  test('ExternalName is refused', () => {
    expectRefused(
      { serviceType: ServiceType.EXTERNAL_NAME },
      'serviceType = ExternalName: it is an alias of a DNS name and reaches no pod. Write ServiceType.LOAD_BALANCER, NODE_PORT or CLUSTER_IP.',
    );
  });

  const { CLUSTER_IP, NODE_PORT } = ServiceType;
  const props = {
    loadBalancerClass: 'example.com/lb',
    loadBalancerSourceRanges: ['203.0.113.0/24'],
    externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
  };
  const cases: [ServiceType, keyof typeof props, string][] = [
    [CLUSTER_IP, 'loadBalancerClass', '"example.com/lb"'],
    [CLUSTER_IP, 'loadBalancerSourceRanges', '["203.0.113.0/24"]'],
    [CLUSTER_IP, 'externalTrafficPolicy', '"Local"'],
    [NODE_PORT, 'loadBalancerClass', '"example.com/lb"'],
    [NODE_PORT, 'loadBalancerSourceRanges', '["203.0.113.0/24"]'],
  ];

  test.each(cases)('%s with %s is refused', (serviceType, prop, value) => {
    expectRefused(
      { serviceType, [prop]: props[prop] },
      `${prop} = ${value}: the API server refuses it on a Service of type ${serviceType}. Leave it out, or write serviceType: ServiceType.LOAD_BALANCER.`,
    );
    expectAccepted({ serviceType });
    expectAccepted({ serviceType: ServiceType.LOAD_BALANCER, [prop]: props[prop] });
  });
});

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
      { loadBalancerSourceRanges: ['198.51.100.0/24', range] },
      `loadBalancerSourceRanges = "${range}": it is not a range of IP addresses, so the API server refuses the Service. Write for example '203.0.113.0/24'.`,
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
      { loadBalancerSourceRanges: [range] },
      `loadBalancerSourceRanges = "${range}": a range is written with its first address in the usual form, else the API server warns that it may be a mistake. Write '${usual}'.`,
    );
    expectAccepted({ loadBalancerSourceRanges: [usual] });
  });

  test.each(['203.0.113.0/24', '0.0.0.0/0', '203.0.113.7/32', '2001:db8::/33', '::1/128', '::/0'])(
    '%s is taken',
    (range) => {
      expectAccepted({ loadBalancerSourceRanges: [range] });
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
      { sessionAffinity: SessionAffinity.clientIp(timeout) },
      `sessionAffinity timeout = ${value}: ${RANGE}. Write Duration.seconds(${nearest}).`,
    );
  });

  test.each([Duration.seconds(1), Duration.days(1)])('is taken: %#', (timeout) => {
    expectAccepted({ sessionAffinity: SessionAffinity.clientIp(timeout) });
  });
});
