import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AwsTargetType, Drain, Exposure, Mesh } from '../src';
import { type Props, render } from './helpers';

const IDENTITY = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };

const podsOf = (props: Props) => render(props).deployment.spec.template.metadata;

describe('Istio', () => {
  test('injects a native sidecar, which starts before the application and ends after it', () => {
    expect(podsOf({ mesh: Mesh.istio() })).toEqual({
      labels: { ...IDENTITY, 'sidecar.istio.io/inject': 'true' },
      annotations: { 'sidecar.istio.io/nativeSidecar': 'true' },
    });
  });

  test('else holds the application until its proxy has started, and serves until it has ended', () => {
    const drain = Drain.sleep(Duration.seconds(20));
    const shutdownBudget = Duration.seconds(40);
    const { annotations } = podsOf({ mesh: Mesh.istio({ nativeSidecar: false }), drain, shutdownBudget });
    expect(annotations['sidecar.istio.io/nativeSidecar']).toBe('false');
    expect(JSON.parse(annotations['proxy.istio.io/config'])).toEqual({
      holdApplicationUntilProxyStarts: true,
      drainDuration: '60s',
      terminationDrainDuration: '60s',
    });
  });

  test('can be configured further where it is a native sidecar', () => {
    const pod = { annotations: { 'proxy.istio.io/config': '{ "concurrency": 2 }' } };
    expect(podsOf({ mesh: Mesh.istio(), pod }).annotations).toMatchObject(pod.annotations);
  });
});

describe('Linkerd', () => {
  const NATIVE = 'linkerd.io/proxy-enable-native-sidecar';
  const inject = { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/proxy-await': 'enabled' };

  test('injects a native sidecar', () => {
    expect(podsOf({ mesh: Mesh.linkerd() })).toEqual({
      labels: IDENTITY,
      annotations: { ...inject, [`config.alpha.${NATIVE}`]: 'true', [`config.beta.${NATIVE}`]: 'true' },
    });
  });

  test('else waits until the application has ended, however long the exposure lets it drain', () => {
    const exposure = Exposure.awsNlb({ targetType: AwsTargetType.IP });
    expect(podsOf({ mesh: Mesh.linkerd({ nativeSidecar: false }), exposure }).annotations).toEqual({
      ...inject,
      [`config.alpha.${NATIVE}`]: 'false',
      [`config.beta.${NATIVE}`]: 'false',
      'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': '165',
    });
  });
});

test('a mesh changes neither the selector nor the labels of other objects', () => {
  const plain = render();
  const meshed = render({ mesh: Mesh.istio() });
  expect(meshed.service).toEqual(plain.service);
  expect(meshed.deployment.spec.selector).toEqual(plain.deployment.spec.selector);
  expect(meshed.deployment.metadata).toEqual(plain.deployment.metadata);
});
