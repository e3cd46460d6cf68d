import { App, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { IGNORE_ANNOTATION } from '../cli/src/check/ignore';
import { Config, Exposure, NetworkAccess, PodSecurity } from '../src';
import { annotationKey } from '../src/private/settings/annotations';
import { addWeb, type Props } from './helpers';
import { constructProps } from './support/props';

describe('the public API', () => {
  test('has at most 40 props on the construct', () => {
    const props = constructProps();
    expect(props).toContain('image');
    expect(props.length).toBeLessThanOrEqual(40);
  });

  test('gives its child constructs ids that stay', () => {
    const chart = new Chart(new App(), 'chart');
    const childrenOf = (id: string, props: Props) =>
      addWeb(chart, props, id)
        .node.children.map(({ node }) => node.id)
        .sort();
    expect(childrenOf('web', {})).toEqual(['Deployment', 'PodDisruptionBudget', 'Service', 'Writable-tmp']);
    const everything: Props = {
      autoscaling: { maxReplicas: 5 },
      config: [Config.env({ A: 'a' }), Config.files('/etc/app', { b: 'b' })],
      exposure: Exposure.ingress(),
      networkPolicy: NetworkAccess.toServicePorts(),
      security: PodSecurity.asImageUser(),
      tls: { secret: Secret.fromSecretName(chart, 'Secret', 'web-tls') },
    };
    expect(childrenOf('full', everything)).toEqual([
      'Config-0',
      'Config-0-Reference',
      'Config-1',
      'Config-1-Reference',
      'ConfigVolume-1',
      'Deployment',
      'HorizontalPodAutoscaler',
      'Ingress',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'TlsSecret',
    ]);
    expect(childrenOf('route', { exposure: Exposure.httpRoute({ gateway: 'public' }) })).toContain(
      'HttpRoute',
    );
  });
});

test('annotations of the construct and of the check have one prefix', () => {
  expect(IGNORE_ANNOTATION).toBe(annotationKey('ignore'));
});
