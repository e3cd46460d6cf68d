import { Namespace } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { Mesh } from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefused,
  expectRefusedAtSynth,
  expectSynthError,
  newChart,
  type Props,
} from '../helpers';

const refusal = (who: string, seconds: number, fix: string) =>
  `${who} injects a proxy, which ends ${seconds} s after its SIGTERM while the application serves on for 15 s, so requests in and out of the pod fail. ${fix}, or acceptDowntimeOnRollout: true.`;
const ISTIO = refusal('Istio', 5, 'Write mesh: Mesh.istio() in its place');
const LINKERD = refusal('Linkerd', 0, 'Write mesh: Mesh.linkerd() in its place');
const dapr = (seconds: number) =>
  refusal('Dapr', seconds, "Write 'dapr.io/block-shutdown-duration': '45s' in annotations of pod too");
const CONSUL = refusal(
  'Consul',
  0,
  "Write 'consul.hashicorp.com/sidecar-proxy-lifecycle-shutdown-grace-period-seconds': '45' in annotations of pod too",
);

describe('a proxy that is injected without a mesh', () => {
  test.each<[Props, string]>([
    [
      { pod: { labels: { 'sidecar.istio.io/inject': 'true' } } },
      `pod.labels['sidecar.istio.io/inject'] = "true": ${ISTIO}`,
    ],
    [
      { labels: { 'sidecar.istio.io/inject': 'true' } },
      `pod.labels['sidecar.istio.io/inject'] = "true": ${ISTIO}`,
    ],
    [
      { pod: { annotations: { 'sidecar.istio.io/inject': 'true' } } },
      `pod.annotations['sidecar.istio.io/inject'] = "true": ${ISTIO}`,
    ],
    [
      { pod: { annotations: { 'linkerd.io/inject': 'enabled' } } },
      `pod.annotations['linkerd.io/inject'] = "enabled": ${LINKERD}`,
    ],
    [
      { pod: { annotations: { 'linkerd.io/inject': 'ingress' } } },
      `pod.annotations['linkerd.io/inject'] = "ingress": ${LINKERD}`,
    ],
    [
      { pod: { annotations: { 'dapr.io/enabled': 'true' } } },
      `pod.annotations['dapr.io/enabled'] = "true": ${dapr(0)}`,
    ],
    [
      { pod: { annotations: { 'dapr.io/enabled': 'true', 'dapr.io/block-shutdown-duration': '10s' } } },
      `pod.annotations['dapr.io/enabled'] = "true": ${dapr(10)}`,
    ],
    [
      {
        pod: {
          annotations: {
            'consul.hashicorp.com/connect-inject': 'true',
            'consul.hashicorp.com/enable-sidecar-proxy-lifecycle': 'false',
          },
        },
      },
      `pod.annotations['consul.hashicorp.com/connect-inject'] = "true": ${CONSUL}`,
    ],
  ])('by %o is refused', (props, message) => {
    expectRefusedAtSynth(props, () => {}, message);
    expectAccepted({ ...props, acceptDowntimeOnRollout: true });
  });

  test('by an annotation that is added later is refused', () => {
    expectRefusedAtSynth(
      {},
      ({ deployment }) => deployment.podMetadata.addAnnotation('linkerd.io/inject', 'enabled'),
      `pod.annotations['linkerd.io/inject'] = "enabled": ${LINKERD}`,
    );
  });

  test.each<[Record<string, string>]>([
    [{ 'sidecar.istio.io/inject': 'false' }],
    [{ 'sidecar.istio.io/inject': 'true', 'sidecar.istio.io/nativeSidecar': 'true' }],
    [{ 'sidecar.istio.io/inject': 'true', 'proxy.istio.io/config': 'terminationDrainDuration: 60s' }],
    [{ 'linkerd.io/inject': 'disabled' }],
    [{ 'linkerd.io/inject': 'enabled', 'config.beta.linkerd.io/proxy-enable-native-sidecar': 'true' }],
    [{ 'linkerd.io/inject': 'enabled', 'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': '45' }],
    [{ 'dapr.io/enabled': 'true', 'dapr.io/block-shutdown-duration': '45s' }],
    [{ 'consul.hashicorp.com/connect-inject': 'true' }],
  ])('is taken where %o says how it ends', (annotations) => {
    expectAccepted({ pod: { annotations } });
  });

  const inNamespace = (metadata: object, props: Props = {}) => {
    const chart = newChart('shop');
    new Namespace(chart, 'Namespace', { metadata: { name: 'shop', ...metadata } });
    addWeb(chart, props);
    return chart;
  };

  test('into all pods of the namespace is refused', () => {
    expectSynthError(inNamespace({ labels: { 'istio-injection': 'enabled' } }), [
      `[chart/web] Namespace istio-injection = "enabled": ${ISTIO}`,
    ]);
    expectSynthError(inNamespace({ annotations: { 'linkerd.io/inject': 'enabled' } }), [
      `[chart/web] Namespace linkerd.io/inject = "enabled": ${LINKERD}`,
    ]);
  });
});

test('labels and annotations that contradict the mesh are refused', () => {
  const says = (value: string) => `the construct itself gives it the value "${value}". Leave it out.`;
  expectRefused(
    { mesh: Mesh.istio(), labels: { 'sidecar.istio.io/inject': 'false' } },
    `labels['sidecar.istio.io/inject'] = "false": ${says('true')}`,
  );
  expectRefused(
    {
      mesh: Mesh.istio(),
      pod: {
        labels: { 'sidecar.istio.io/inject': 'false' },
        annotations: { 'sidecar.istio.io/nativeSidecar': 'false' },
      },
    },
    `pod.labels['sidecar.istio.io/inject'] = "false": ${says('true')}`,
    `pod.annotations['sidecar.istio.io/nativeSidecar'] = "false": ${says('true')}`,
  );
});

test('what is no mesh is refused', () => {
  expectRefused(
    { mesh: 'linkerd' } as unknown as Props,
    'mesh = "linkerd": it has to be a Mesh. Write for example Mesh.linkerd().',
  );
});
