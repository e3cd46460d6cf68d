import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { Drain, DrainProxy, Exposure, HttpPath, PodSecurity, type ZeroDowntimeDeployment } from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefused,
  expectRefusedAtSynth,
  expectSynthError,
  MINIMAL,
  newChart,
  type Props,
  yamlOf,
} from '../helpers';

describe('pods that another object takes for its own', () => {
  const FIX = 'Give one of the two other labels, for example the default ones, which follow from its name.';
  const DEFAULT = '{"app.kubernetes.io/name":"web","app.kubernetes.io/instance":"web"}';
  const counts = (selector: string, path: string) =>
    `selectorLabels = ${selector}: the pods of ${path} have these labels too, so the Service sends to them and the PodDisruptionBudget counts them. ${FIX}`;
  const takes = (selector: string, path: string, kind: string) =>
    `selectorLabels = ${selector}: ${path} selects these pods too: its ${kind} would take them for its own. ${FIX}`;
  const twoBudgets = (selector: string, path: string) =>
    `selectorLabels = ${selector}: ${path} selects these pods too: the API server evicts no pod that two PodDisruptionBudgets select, so a node drain hangs for ever. ${FIX}`;
  const labels = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };

  test('are refused for two services of one selector', () => {
    const chart = newChart();
    addWeb(chart, { selectorLabels: { app: 'shop' } }, 'a');
    addWeb(chart, { selectorLabels: { app: 'shop' } }, 'b');
    expectSynthError(chart, [
      `[chart/a] ${counts('{"app":"shop"}', 'chart/b/Deployment/Resource')}`,
      `[chart/b] ${counts('{"app":"shop"}', 'chart/a/Deployment/Resource')}`,
    ]);
  });

  test('are refused where the labels of one are among those of the other, across charts', () => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: 'shop' }));
    addWeb(one, { selectorLabels: { app: 'shop' } }, 'a');
    addWeb(two, { selectorLabels: { app: 'shop', tier: 'front' } }, 'b');
    expectSynthError(one, [
      `[one/a] ${counts('{"app":"shop"}', 'two/b/Deployment/Resource')}`,
      `[two/b] ${takes('{"app":"shop","tier":"front"}', 'one/a/Deployment/Resource', 'Deployment')}`,
    ]);
  });

  test('are taken in another namespace, and with labels of their own', () => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: id }));
    addWeb(one, { selectorLabels: { app: 'shop' } }, 'a');
    addWeb(two, { selectorLabels: { app: 'shop' } }, 'a');
    addWeb(two, { selectorLabels: { app: 'cart' }, labels: { team: 'shop' } }, 'b');
    addWeb(two, { labels: { team: 'shop' } }, 'c');
    expect(yamlOf(one)).toHaveLength(12);
  });

  test.each<[string, (chart: Chart) => void, string]>([
    [
      'a Deployment of cdk8s-plus',
      (chart) =>
        new kplus.Deployment(chart, 'Other', {
          containers: [{ image: 'other:1' }],
          podMetadata: { labels: { ...labels, more: 'x' } },
        }),
      counts(DEFAULT, 'chart/Other/Resource'),
    ],
    [
      'a plain StatefulSet',
      (chart) =>
        new ApiObject(chart, 'Other', {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels } } },
        }),
      counts(DEFAULT, 'chart/Other'),
    ],
    [
      'a plain Pod',
      (chart) => new ApiObject(chart, 'Other', { apiVersion: 'v1', kind: 'Pod', metadata: { labels } }),
      counts(DEFAULT, 'chart/Other'),
    ],
    [
      'a CronJob',
      (chart) =>
        new ApiObject(chart, 'Other', {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          spec: { jobTemplate: { spec: { template: { metadata: { labels } } } } },
        }),
      counts(DEFAULT, 'chart/Other'),
    ],
    [
      'a plain Deployment that selects more',
      (chart) =>
        new ApiObject(chart, 'Other', {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          spec: {
            selector: {
              matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: ['web'] }],
            },
            template: { metadata: { labels: { 'app.kubernetes.io/name': 'web' } } },
          },
        }),
      takes(DEFAULT, 'chart/Other', 'Deployment'),
    ],
    [
      'a second PodDisruptionBudget',
      (chart) =>
        new ApiObject(chart, 'Other', {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } },
        }),
      twoBudgets(DEFAULT, 'chart/Other'),
    ],
  ])('are refused beside %s', (_, add, message) => {
    expectRefusedAtSynth({}, (_web, chart) => add(chart), message);
  });

  test('are found anew at each synth', () => {
    const chart = newChart();
    addWeb(chart);
    const other = new kplus.Deployment(chart, 'Other', { containers: [{ image: 'other:1' }] });
    const plain = new ApiObject(chart, 'Plain', { apiVersion: 'apps/v1', kind: 'DaemonSet', spec: {} });
    expect(yamlOf(chart)).toHaveLength(5);
    Object.entries(labels).forEach(([key, value]) => other.podMetadata.addLabel(key, value));
    plain.addJsonPatch(JsonPatch.add('/spec/template', { metadata: { labels } }));
    expectSynthError(chart, [
      `[chart/web] ${counts(DEFAULT, 'chart/Other/Resource')}`,
      `[chart/web] ${counts(DEFAULT, 'chart/Plain')}`,
    ]);
  });
});

describe('requests that two objects take', () => {
  const message = (url: string, path: string) =>
    `exposure = ${url}: ${path} takes these requests too, and only one of the two gets them. Give each a host or a path of its own.`;
  const ingress = (options: Parameters<typeof Exposure.ingress>[0]) => ({
    exposure: Exposure.ingress(options),
  });
  const both = (one: Props, other: Props) => {
    const chart = newChart();
    addWeb(chart, one, 'a');
    addWeb(chart, other, 'b');
    return chart;
  };

  test.each([
    [
      ingress({ hostnames: ['shop.example.com'] }),
      ingress({ hostnames: ['shop.example.com'], paths: [HttpPath.prefix('/')] }),
      'shop.example.com/',
    ],
    [ingress({}), ingress({}), '*/'],
    [
      ingress({ hostnames: ['shop.example.com'], paths: [HttpPath.prefix('/cart')] }),
      ingress({ hostnames: ['shop.example.com'], paths: [HttpPath.prefix('/cart/')] }),
      'shop.example.com/cart',
    ],
  ])('are refused for two Ingresses: %#', (one, other, url) => {
    expectSynthError(both(one, other), [
      `[chart/a] ${message(url, 'chart/b/Ingress/Resource')}`,
      `[chart/b] ${message(url, 'chart/a/Ingress/Resource')}`,
    ]);
  });

  test('are refused for two HTTPRoutes of one Gateway, also in two namespaces', () => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: id }));
    const route = (hostnames: string[]) => ({
      exposure: Exposure.httpRoute({ gateway: 'public', gatewayNamespace: 'gateways', hostnames }),
    });
    addWeb(one, route(['a.example.com', 'b.example.com']));
    addWeb(two, route(['b.example.com', 'c.example.com']));
    expectSynthError(one, [
      `[one/web] ${message('b.example.com/', 'two/web/HttpRoute')}`,
      `[two/web] ${message('b.example.com/', 'one/web/HttpRoute')}`,
    ]);
  });

  test('are refused beside a plain Ingress, and one of cdk8s-plus', () => {
    const host = 'shop.example.com';
    expectRefusedAtSynth(
      ingress({ hostnames: [host], ingressClassName: 'nginx' }),
      (_, chart) =>
        new ApiObject(chart, 'Plain', {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: { annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
          spec: { rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix' }] } }] },
        }),
      message('shop.example.com/', 'chart/Plain'),
    );
    expectRefusedAtSynth(
      ingress({ hostnames: [host] }),
      (web, chart) => {
        const plain = new kplus.Ingress(chart, 'Plain');
        plain.addHostRule(host, '/other', kplus.IngressBackend.fromService(web.service));
        plain.addHostRule(host, '/', kplus.IngressBackend.fromService(web.service));
      },
      message('shop.example.com/', 'chart/Plain/Resource'),
    );
  });

  test('are refused where a rule was added later', () => {
    const chart = both(ingress({ hostnames: ['a.example.com'] }), ingress({ hostnames: ['b.example.com'] }));
    expect(yamlOf(chart)).toHaveLength(8);
    const [a] = chart.node.children as ReturnType<typeof addWeb>[];
    a.ingress!.addHostRule('b.example.com', '/', kplus.IngressBackend.fromService(a.service));
    expectSynthError(chart, [
      `[chart/a] ${message('b.example.com/', 'chart/b/Ingress/Resource')}`,
      `[chart/b] ${message('b.example.com/', 'chart/a/Ingress/Resource')}`,
    ]);
  });

  const host = 'shop.example.com';
  test.each([
    [
      'other paths',
      ingress({ hostnames: [host] }),
      ingress({ hostnames: [host], paths: [HttpPath.prefix('/cart')] }),
    ],
    ['other hosts', ingress({ hostnames: [host] }), ingress({ hostnames: ['cart.example.com'] })],
    [
      'another class',
      ingress({ hostnames: [host] }),
      ingress({ hostnames: [host], ingressClassName: 'internal' }),
    ],
    [
      'an exact path',
      ingress({ hostnames: [host], paths: [HttpPath.prefix('/cart')] }),
      ingress({ hostnames: [host], paths: [HttpPath.exact('/cart')] }),
    ],
    [
      'a load balancer each',
      ingress({ hostnames: [host], ingressClassName: 'alb' }),
      ingress({ hostnames: [host], ingressClassName: 'alb' }),
    ],
    [
      'a canary',
      ingress({ hostnames: [host] }),
      ingress({ hostnames: [host], ingressAnnotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } }),
    ],
    [
      'another Gateway',
      { exposure: Exposure.httpRoute({ gateway: 'public' }) },
      { exposure: Exposure.httpRoute({ gateway: 'internal' }) },
    ],
  ])('are taken with %s', (_, one, other) => {
    expect(yamlOf(both(one, other))).toHaveLength(8);
  });

  test("of what cannot be read are nobody else's", () => {
    expectAccepted(ingress({}), (web) => {
      for (const [i, spec] of [undefined, {}, { rules: 'none' }, { rules: [{}] }].entries()) {
        new ApiObject(web, `Plain${i}`, { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec });
      }
    });
  });
});

describe('an Ingress of cdk8s-plus that leads to the Service', () => {
  const backend = (web: ZeroDowntimeDeployment) => kplus.IngressBackend.fromService(web.service);
  const withClass = (className?: string, annotations?: Record<string, string>) => {
    return (web: ZeroDowntimeDeployment, chart: Chart) => {
      const ingress = new kplus.Ingress(chart, 'Edge', {
        className,
        metadata: { name: 'edge', annotations },
      });
      ingress.addHostRule('shop.example.com', '/', backend(web));
    };
  };
  const message =
    `the class of Ingress "edge" = "alb": chart/Edge/Resource leads to the pods, which drain for 15 s and are ready for 0 s before old ones go: ` +
    'it needs 15 s until every node and controller has heard that the pod goes + 55 s until the ALB of AWS sends nothing more to it, and 60 s until the ALB of AWS sends to it. ' +
    'Write drain: Drain.sleep(Duration.seconds(70)) and rollout: { minReady: Duration.seconds(60) }, or Exposure.ingress in its place, or acceptDowntimeOnRollout: true.';

  test('is refused where its load balancer takes longer to follow the pods', () => {
    expectRefusedAtSynth({}, withClass('alb'), message);
    expectRefusedAtSynth({}, withClass(undefined, { 'kubernetes.io/ingress.class': 'alb' }), message);
    expectRefusedAtSynth(
      {},
      (web, chart) => {
        const ingress = new kplus.Ingress(chart, 'Edge', { className: 'alb', metadata: { name: 'edge' } });
        ingress.addDefaultBackend(backend(web));
      },
      message,
    );
  });

  test('is taken with what the refusal says, with a controller in the cluster, and for other pods', () => {
    const { seconds } = Duration;
    const times = { drain: Drain.sleep(seconds(70)), rollout: { minReady: seconds(60) } };
    const taken = (props: Props, addMore: ReturnType<typeof withClass>) => {
      const chart = newChart();
      addMore(addWeb(chart, props), chart);
      expect(yamlOf(chart).length).toBeGreaterThan(0);
    };
    taken(times, withClass('alb'));
    taken({ acceptDowntimeOnRollout: true }, withClass('alb'));
    taken({}, withClass('nginx'));
    taken({}, (_, chart) => {
      const other = new kplus.Service(chart, 'Other', {
        ports: [{ port: 80 }],
        selector: kplus.Pods.select(chart, 'Pods', { labels: { app: 'other' } }),
      });
      new kplus.Ingress(chart, 'Edge', { className: 'alb' }).addDefaultBackend(
        kplus.IngressBackend.fromService(other),
      );
    });
  });
});

describe('an annotation for which a tool deletes the object', () => {
  const why = (who: string, what: string) =>
    `${who} then deletes ${what} and makes it anew, with nothing that serves in between. Leave it out, or write acceptDowntimeOnRollout: true.`;
  const SYNC = 'argocd.argoproj.io/sync-options';

  test.each([
    [SYNC, 'Force=true', 'Argo CD'],
    [SYNC, 'Replace=true', 'Argo CD'],
    [SYNC, 'ServerSideApply=true, Force=true,Replace=true', 'Argo CD'],
    ['argocd.argoproj.io/hook', 'PreSync', 'Argo CD'],
    ['helm.sh/hook', 'pre-upgrade', 'Helm'],
    ['kustomize.toolkit.fluxcd.io/force', 'enabled', 'Flux'],
    ['kapp.k14s.io/update-strategy', 'always-replace', 'kapp'],
    ['kapp.k14s.io/update-strategy', 'fallback-on-replace', 'kapp'],
    ['kapp.k14s.io/versioned', '', 'kapp'],
  ])('is refused: %s: %s', (key, value, who) => {
    const annotations = { [key]: value };
    expectRefused({ annotations }, `annotations['${key}'] = "${value}": ${why(who, 'every object')}`);
    expectRefused(
      { exposure: Exposure.loadBalancer({ serviceAnnotations: annotations }) },
      `exposure.serviceAnnotations['${key}'] = "${value}": ${why(who, 'the Service')}`,
    );
    expectAccepted({ annotations, acceptDowntimeOnRollout: true });
  });

  test('is refused where it was added later', () => {
    expectRefusedAtSynth(
      {},
      (web) => ApiObject.of(web.deployment).metadata.addAnnotation(SYNC, 'Force=true'),
      `Deployment annotations['${SYNC}'] = "Force=true": ${why('Argo CD', 'the Deployment')}`,
    );
    expectRefusedAtSynth(
      {},
      (web) =>
        ApiObject.of(web.service).addJsonPatch(
          JsonPatch.add('/metadata/annotations', { [SYNC]: 'Replace=true' }),
        ),
      `Service annotations['${SYNC}'] = "Replace=true": ${why('Argo CD', 'the Service')}`,
    );
    expectRefusedAtSynth(
      { exposure: Exposure.ingress({ ingressAnnotations: { [SYNC]: 'Replace=true' } }) },
      () => {},
      `Ingress annotations['${SYNC}'] = "Replace=true": ${why('Argo CD', 'the Ingress')}`,
    );
  });

  test('is none that keeps the object', () => {
    expectAccepted({
      annotations: {
        [SYNC]: 'Prune=false,ServerSideApply=true,Force=false',
        'helm.sh/resource-policy': 'keep',
        'kustomize.toolkit.fluxcd.io/force': 'disabled',
        'kapp.k14s.io/update-strategy': 'fallback-on-replace-never',
      },
      pod: { annotations: { [SYNC]: 'Force=true' } },
    });
    expectAccepted({ annotations: { 'kapp.k14s.io/update-strategy': 'not-always-replace' } });
    expectAccepted({ annotations: { 'kustomize.toolkit.fluxcd.io/force': 'not-enabled' } });
  });
});

describe('pods that their Namespace does not admit', () => {
  const refusal = (level: string, faults: string) =>
    `security = ${faults}: the namespace 'shop' enforces the Pod Security Standard ${level}, so none of the pods would start. ` +
    (level === 'restricted'
      ? 'Write PodSecurity.restricted(), and take away from volumes, ports and other containers what is named, or change the label of the Namespace.'
      : 'Take away what is named, or change the label of the Namespace.');

  /** A chart with the Namespace, and in it the service with these props. */
  function inNamespace(
    level: string,
    props: Props,
    add?: (web: ReturnType<typeof addWeb>, chart: Chart) => void,
  ) {
    const chart = newChart('shop');
    new kplus.Namespace(chart, 'Namespace', {
      metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': level } },
    });
    add?.(addWeb(chart, props), chart);
    if (!add) {
      addWeb(chart, props);
    }
    return chart;
  }

  test('are refused as the user of their image where it asks for restricted', () => {
    expectSynthError(inNamespace('restricted', { security: PodSecurity.asImageUser() }), [
      `[chart/web] ${refusal('restricted', 'the container main may run as root, the container main does not drop all capabilities')}`,
    ]);
    expect(yamlOf(inNamespace('baseline', { security: PodSecurity.asImageUser() }))).toHaveLength(4);
    expect(yamlOf(inNamespace('privileged', { security: PodSecurity.asImageUser() }))).toHaveLength(4);
  });

  test('are refused for a volume, a port and a container that were added', () => {
    const add = (web: ReturnType<typeof addWeb>, chart: Chart) => {
      web.container.mount('/host', kplus.Volume.fromHostPath(chart, 'Host', 'host', { path: '/var/log' }));
      web.deployment.addContainer({
        name: 'agent',
        image: 'agent:1',
        ports: [{ number: 9100, hostPort: 9100 }],
        securityContext: { privileged: true, allowPrivilegeEscalation: true, ensureNonRoot: false },
      });
    };
    const props = { acceptDowntimeOnRollout: true };
    const baseline =
      'the volume host is a hostPath, the container agent is privileged, the container agent has the hostPort 9100';
    expectSynthError(inNamespace('baseline', props, add), [`[chart/web] ${refusal('baseline', baseline)}`]);
    expectSynthError(inNamespace('restricted', props, add), [
      `[chart/web] ${refusal('restricted', `${baseline}, the container agent may run as root, the container agent may escalate its privileges`)}`,
    ]);
  });

  test('are taken with the defaults, a low port, a sidecar and the drain proxy', () => {
    const chart = inNamespace('restricted', {
      port: 80,
      sidecars: [{ name: 'proxy', image: 'proxy:1' }],
      initContainers: [{ name: 'migrate', image: 'migrate:1' }],
      drainProxy: DrainProxy.haproxy(),
    });
    expect(yamlOf(chart)).toHaveLength(4);
  });

  test('are not looked at in another namespace, or where it only warns', () => {
    const chart = newChart('shop');
    new kplus.Namespace(chart, 'Other', {
      metadata: { name: 'other', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    new kplus.Namespace(chart, 'Shop', {
      metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/warn': 'restricted' } },
    });
    addWeb(chart, { ...MINIMAL, security: PodSecurity.asImageUser() });
    expect(yamlOf(chart)).toHaveLength(5);
  });
});
