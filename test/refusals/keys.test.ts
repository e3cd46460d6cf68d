import { EnvValue } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { Exposure } from '../../src';
import { expectAccepted, expectRefused, type Props } from '../helpers';

const RULE =
  "Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'.";
const BAD = ['', 'a b', '-a', 'a-', '/a', 'a/', 'example..com/a', 'a/b/c', 'x'.repeat(64)];
const GOOD = ['a', 'A_b.c-1', 'example.com/team', 'x'.repeat(63)];

describe.each<[string, (annotations: Record<string, string>) => Props]>([
  ['annotations', (annotations) => ({ annotations })],
  ['pod.annotations', (annotations) => ({ pod: { annotations } })],
  [
    'exposure.serviceAnnotations',
    (serviceAnnotations) => ({ exposure: Exposure.loadBalancer({ serviceAnnotations }) }),
  ],
])('a key of %s', (prop, propsOf) => {
  test.each(BAD)('"%s" is refused', (key) => {
    expectRefused(
      propsOf({ [key]: 'x' }),
      `${prop} key = "${key}": Kubernetes does not take it as the key of an annotation. ${RULE}`,
    );
  });

  test.each([...GOOD, 'Example.com/team'])('%s is taken', (key) => {
    expectAccepted(propsOf({ [key]: 'any text: # \n' }));
  });
});

describe('topologyKeys', () => {
  test.each([...BAD, 'Example.com/zone'])('"%s" is refused', (key) => {
    expectRefused(
      { scheduling: { topologyKeys: ['kubernetes.io/hostname', key] } },
      `scheduling.topologyKeys[1] = "${key}": Kubernetes does not take it as the key of a label of nodes. ${RULE}`,
    );
  });

  test('list each key once', () => {
    expectRefused(
      { scheduling: { topologyKeys: ['rack', 'kubernetes.io/hostname', 'rack'] } },
      'scheduling.topologyKeys[2] = "rack": it is listed twice, so the API server refuses the Deployment. List each key once.',
    );
    expectAccepted({ scheduling: { topologyKeys: ['rack', 'kubernetes.io/hostname'] } });
  });
});

describe('loadBalancerClass', () => {
  test.each([...BAD, 'Example.com/lb'])('"%s" is refused', (loadBalancerClass) => {
    expectRefused(
      { exposure: Exposure.loadBalancer({ loadBalancerClass }) },
      `exposure.loadBalancerClass = "${loadBalancerClass}": Kubernetes does not take it as a name. Write for example loadBalancerClass: 'example.com/internal'.`,
    );
  });

  test.each(GOOD)('%s is taken', (loadBalancerClass) => {
    expectAccepted({ exposure: Exposure.loadBalancer({ loadBalancerClass }) });
  });
});

describe.each<[string, (env: Record<string, EnvValue>) => Props]>([
  ['env', (env) => ({ env })],
  ['sidecars[0].env', (env) => ({ sidecars: [{ name: 'proxy', image: 'proxy:1', env }] })],
  ['initContainers[0].env', (env) => ({ initContainers: [{ name: 'migrate', image: 'migrate:1', env }] })],
])('a name in %s', (prop, propsOf) => {
  const named = (name: string) => propsOf({ [name]: EnvValue.fromValue('x') });

  test.each(['', 'A=B', '=', 'É', 'A\tB'])('%o is refused', (name) => {
    expectRefused(
      named(name),
      `${prop} name = ${JSON.stringify(name)}: the API server refuses it as the name of an environment variable. Write ASCII letters, digits and '_', for example 'LOG_LEVEL'.`,
    );
  });

  test.each(['LOG_LEVEL', 'a.b-c', '1', ' <>~'])('%s is taken', (name) => {
    expectAccepted(named(name));
  });
});
