import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Exposure, HealthCheck } from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefusedAtSynth,
  expectSynthError,
  newChart,
  type Props,
  yamlOf,
} from '../helpers';

const { absolute, percent } = kplus.PercentOrAbsolute;

/** A PersistentVolumeClaim of the chart, as a volume. */
function claimVolume(chart: Chart, ...accessModes: kplus.PersistentVolumeAccessMode[]): kplus.Volume {
  const claim = new kplus.PersistentVolumeClaim(chart, 'Claim', {
    metadata: { name: 'data' },
    accessModes: accessModes.length > 0 ? accessModes : undefined,
  });
  return kplus.Volume.fromPersistentVolumeClaim(chart, 'Volume', claim);
}

/** An autoscaler of the Deployment. */
function autoscale(deployment: kplus.Deployment, minReplicas?: number): void {
  new kplus.HorizontalPodAutoscaler(deployment, 'Autoscaler', {
    target: deployment,
    minReplicas,
    maxReplicas: 10,
  });
}

describe('two of one name', () => {
  const FIX =
    'Give each a name or a namespace of its own; charts for different clusters belong into different Apps.';
  const message = (other: string, kind: string, where: string, prop: string, name = 'web') =>
    `${prop} = "${name}": ${other} is a ${kind} of this name ${where}, and the one applied last would replace the other. ${FIX}`;

  test('in one chart are refused, each with the path of the other', () => {
    const chart = newChart();
    addWeb(chart, {}, 'web');
    addWeb(chart, { name: 'web' }, 'copy');
    const where = 'in the same namespace';
    expectSynthError(chart, [
      `[chart/web] ${message('chart/copy/Deployment/Resource', 'Deployment', where, 'name')}`,
      `[chart/web] ${message('chart/copy/Service/Resource', 'Service', where, 'exposure.serviceName')}`,
      `[chart/copy] ${message('chart/web/Deployment/Resource', 'Deployment', where, 'name')}`,
      `[chart/copy] ${message('chart/web/Service/Resource', 'Service', where, 'exposure.serviceName')}`,
    ]);
  });

  test('in two charts of one namespace are refused', () => {
    const app = new App();
    const one = new Chart(app, 'one', { namespace: 'shop' });
    const two = new Chart(app, 'two', { namespace: 'shop' });
    addWeb(one, { exposure: Exposure.loadBalancer({ serviceName: 'front' }) });
    addWeb(two, { exposure: Exposure.loadBalancer({ serviceName: 'back' }) });
    const where = "in namespace 'shop'";
    expectSynthError(one, [
      `[one/web] ${message('two/web/Deployment/Resource', 'Deployment', where, 'name')}`,
      `[two/web] ${message('one/web/Deployment/Resource', 'Deployment', where, 'name')}`,
    ]);
  });

  test('in two namespaces are taken', () => {
    const app = new App();
    const charts = [undefined, 'a', 'b'].map(
      (namespace) => new Chart(app, `chart-${namespace}`, { namespace }),
    );
    charts.forEach((chart) => addWeb(chart));
    expect(yamlOf(charts[0])).toHaveLength(9);
  });

  test('with names of their own are taken', () => {
    const chart = newChart();
    addWeb(chart, {}, 'web');
    addWeb(chart, { name: 'web-2' }, 'copy');
    expect(yamlOf(chart)).toHaveLength(6);
  });

  test('are refused when one is a plain Deployment of cdk8s-plus', () => {
    expectRefusedAtSynth(
      {},
      (_, chart) => {
        new kplus.Deployment(chart, 'Plain', {
          metadata: { name: 'web' },
          containers: [{ image: 'nginx:1' }],
        });
      },
      message('chart/Plain/Resource', 'Deployment', 'in the same namespace', 'name'),
    );
  });

  test('are refused when one is a plain Service of cdk8s-plus', () => {
    expectRefusedAtSynth(
      { exposure: Exposure.loadBalancer({ serviceName: 'front' }) },
      (_, chart) => {
        new kplus.Service(chart, 'Plain', { metadata: { name: 'front' }, ports: [{ port: 80 }] });
      },
      message('chart/Plain/Resource', 'Service', 'in the same namespace', 'exposure.serviceName', 'front'),
    );
  });

  test('are taken when they are of different kinds or API groups', () => {
    const chart = newChart();
    addWeb(chart);
    new kplus.ConfigMap(chart, 'ConfigMap', { metadata: { name: 'web' } });
    new ApiObject(chart, 'Knative', {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'web' },
    });
    expect(yamlOf(chart)).toHaveLength(5);
  });

  test('are found anew at each synth', () => {
    const chart = newChart();
    addWeb(chart);
    expect(yamlOf(chart)).toHaveLength(3);
    addWeb(chart, { name: 'web' }, 'copy');
    expect(() => yamlOf(chart)).toThrow('the one applied last would replace the other');
    chart.node.tryRemoveChild('copy');
    addWeb(chart, { name: 'web-2' }, 'copy');
    expect(yamlOf(chart)).toHaveLength(6);
    chart.node.tryRemoveChild('copy');
    expect(yamlOf(chart)).toHaveLength(3);
  });

  test('are found when one takes the place of another construct', () => {
    const chart = newChart();
    addWeb(chart);
    addWeb(chart, { name: 'other' }, 'copy');
    expect(yamlOf(chart)).toHaveLength(6);
    chart.node.tryRemoveChild('copy');
    addWeb(chart, { name: 'web' }, 'copy');
    expect(() => yamlOf(chart)).toThrow('the one applied last would replace the other');
  });
});

describe('labels that change after the construct was made', () => {
  const SELECTOR = '{"app.kubernetes.io/name":"web","app.kubernetes.io/instance":"web"}';
  const message = (made: string) =>
    `selectorLabels = ${SELECTOR}: deployment.select() made it ${made}, which the Service and the PodDisruptionBudget do not follow. Write the labels as selectorLabels.`;

  test('a further label by deployment.select() is refused', () => {
    expectRefusedAtSynth(
      {},
      (web) => web.deployment.select(kplus.LabelSelector.of({ labels: { tier: 'front' } })),
      message('{"app.kubernetes.io/name":"web","app.kubernetes.io/instance":"web","tier":"front"}'),
    );
    expectAccepted({ selectorLabels: { app: 'web', tier: 'front' } });
  });

  test('an expression by deployment.select() is refused', () => {
    expectRefusedAtSynth(
      {},
      (web) =>
        web.deployment.select(
          kplus.LabelSelector.of({ expressions: [kplus.LabelExpression.exists('tier')] }),
        ),
      message(`${SELECTOR} and {"key":"tier","operator":"Exists"}`),
    );
  });

  test('a selected label that deployment.podMetadata overwrites is refused', () => {
    expectRefusedAtSynth(
      { selectorLabels: { app: 'web' } },
      (web) => web.deployment.podMetadata.addLabel('app', 'shop'),
      `selectorLabels.app = "web": deployment.podMetadata has "shop", so the selector would not find the pods. Do not change labels of the selector.`,
    );
  });

  test('another label by deployment.podMetadata is taken', () => {
    expectAccepted({}, (web) => web.deployment.podMetadata.addLabel('tier', 'front'));
  });

  test('a label that the Service alone selects is refused', () => {
    expectRefusedAtSynth(
      { pod: { labels: { slot: 'blue' } } },
      (web) => {
        web.service.selectLabel('slot', 'green');
        web.service.selectLabel('tier', 'front');
      },
      `service selector.slot = "green": the pods do not have this label, so the Service would find none. Write it in labels of pod too.`,
      `service selector.tier = "front": the pods do not have this label, so the Service would find none. Write it in labels of pod too.`,
    );
  });

  test('a label that the pods have too may be selected by the Service', () => {
    expectAccepted({ pod: { labels: { tier: 'front' } } }, (web) => web.service.selectLabel('tier', 'front'));
  });
});

describe('what keeps a new pod waiting for an old one', () => {
  const OPT_OUT: Props = {
    acceptDowntimeOnRollout: true,
    rollout: { strategy: kplus.DeploymentStrategy.recreate() },
  };
  const OR = 'or acceptDowntimeOnRollout: true with rollout: { strategy: DeploymentStrategy.recreate() }';
  const hostPortMessage = (hostPort: number) =>
    `hostPort = ${hostPort}: a new pod cannot use it on a node where an old one runs, so a rollout hangs on small clusters. Use the Service instead of a hostPort, ${OR}.`;
  const claimMessage = (modes: string) =>
    `volume claim = "data": its access mode ${modes} lets one node use it, so a new pod on another node waits for the old one to go. Use a ReadWriteMany claim, ${OR}.`;
  const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD, READ_WRITE_MANY, READ_ONLY_MANY } =
    kplus.PersistentVolumeAccessMode;

  test('a host port is refused', () => {
    expectRefusedAtSynth(
      {},
      (web) => web.container.addPort({ number: 9090, hostPort: 9091 }),
      hostPortMessage(9091),
    );
    expectAccepted(OPT_OUT, (web) => web.container.addPort({ number: 9090, hostPort: 9091 }));
  });

  test('a host port of a sidecar is refused', () => {
    expectRefusedAtSynth(
      {},
      (web) => {
        const ports = [{ number: 9090 }, { number: 9091, hostPort: 9091 }];
        web.deployment.addContainer({ name: 'proxy', image: 'proxy:1', ports });
      },
      hostPortMessage(9091),
    );
  });

  test.each([READ_WRITE_ONCE, READ_WRITE_ONCE_POD])('a claim of mode %s is refused', (mode) => {
    const mount: Parameters<typeof expectRefusedAtSynth>[1] = (web, chart) => {
      web.container.mount('/data', claimVolume(chart, mode));
    };
    expectRefusedAtSynth({}, mount, claimMessage(mode));
    expectAccepted(OPT_OUT, (web) => mount(web, Chart.of(web)));
  });

  test('a claim with several modes is refused when one of them is for one node', () => {
    expectRefusedAtSynth(
      {},
      (web, chart) => web.container.mount('/data', claimVolume(chart, READ_ONLY_MANY, READ_WRITE_ONCE)),
      claimMessage('ReadOnlyMany, ReadWriteOnce'),
    );
  });

  test.each(['volumeMounts', 'a volume of the pod', 'a sidecar', 'an init container'])(
    'a claim is found through %s',
    (way) => {
      const chart = newChart();
      const volume = claimVolume(chart, READ_WRITE_ONCE);
      const volumeMounts = [{ path: '/data', volume }];
      const web = addWeb(chart, { volumeMounts: way === 'volumeMounts' ? volumeMounts : [] });
      const further = { name: 'further', image: 'further:1', volumeMounts };
      const add: Record<string, () => void> = {
        'a volume of the pod': () => web.deployment.addVolume(volume),
        'a sidecar': () => web.deployment.addContainer(further),
        'an init container': () => web.deployment.addInitContainer(further),
      };
      add[way]?.();
      expectSynthError(chart, [`[chart/web] ${claimMessage('ReadWriteOnce')}`]);
    },
  );

  test('a claim mounted twice is told once', () => {
    expectRefusedAtSynth(
      {},
      (web, chart) => {
        const volume = claimVolume(chart, READ_WRITE_ONCE);
        web.container.mount('/a', volume);
        web.container.mount('/b', volume);
      },
      claimMessage('ReadWriteOnce'),
    );
  });

  test.each([[[READ_WRITE_MANY]], [[READ_ONLY_MANY]], [[]]])('a claim of modes %j is taken', (modes) => {
    expectAccepted({}, (web) => web.container.mount('/data', claimVolume(Chart.of(web), ...modes)));
  });

  test('a claim of another namespace or another app is not looked at', () => {
    const chart = newChart('shop');
    claimVolume(new Chart(App.of(chart), 'other', { namespace: 'other' }), READ_WRITE_ONCE);
    const web = addWeb(chart);
    const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'Existing', 'data');
    web.container.mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'Volume', claim));
    expect(yamlOf(chart)).toHaveLength(4);
  });

  test('nothing waits under a strategy without surge', () => {
    const strategy = kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: absolute(0),
      maxUnavailable: absolute(1),
    });
    expectAccepted({ rollout: { strategy }, acceptDowntimeOnRollout: true }, (web) => {
      web.container.addPort({ number: 9090, hostPort: 9091 });
    });
  });
});

describe('the path of a volume', () => {
  test.each(['', '/', '//', 'data', '/a:b'])('"%s" is refused', (path) => {
    expectRefusedAtSynth(
      {},
      (web, chart) => web.container.mount(path, kplus.Volume.fromEmptyDir(chart, 'V', 'v')),
      `volume mount path = "${path}": no volume can be mounted there: a path has to be absolute, below /, and without :. Write for example '/var/cache/web'.`,
    );
  });

  test.each(['/a b', '/a/', '/a/../b@1'])('"%s" is taken', (path) => {
    expectAccepted({}, (web) => web.container.mount(path, kplus.Volume.fromEmptyDir(web, 'V', 'v')));
  });
});

describe('two volumes at one path', () => {
  const message = (path: string) =>
    `volume mount path = "${path}": two volumes are mounted there, so the API server refuses the Deployment. Mount each volume at a path of its own, or give PodSecurity.restricted() writablePaths without this path.`;

  test('are refused, each path once', () => {
    expectRefusedAtSynth(
      {},
      (web, chart) => {
        ['/tmp', '/data', '/data', '/data'].forEach((path, i) =>
          web.container.mount(path, kplus.Volume.fromEmptyDir(chart, `V${i}`, `v${i}`)),
        );
      },
      message('/tmp'),
      message('/data'),
    );
  });

  test('are taken in two containers', () => {
    expectAccepted({}, (web) => {
      const [{ path, volume }] = web.container.mounts;
      web.deployment.addContainer({ name: 'further', image: 'further:1', volumeMounts: [{ path, volume }] });
    });
  });
});

describe('a node drain that takes every pod', () => {
  const OPT_OUT: Props = { acceptDowntimeOnDrain: true };
  const all = (budget: number | string, pods: number) =>
    `podDisruptionBudget.maxUnavailable = ${budget}: node drains may take all ${pods} pods at once. Write PercentOrAbsolute.absolute(${pods - 1}) or less, or acceptDowntimeOnDrain: true.`;

  test.each([
    [absolute(2), undefined, 2],
    [absolute(3), 3, 3],
    [absolute(4), 3, 3],
    [percent(51), 2, 2],
    [percent(67), 3, 3],
    [percent(100), 50, 50],
  ])('by its disruption budget is refused: %#', (disruptionBudget, replicas, pods) => {
    expectRefusedAtSynth(
      { podDisruptionBudget: { maxUnavailable: disruptionBudget }, replicas },
      () => {},
      all(disruptionBudget.value, pods),
    );
    expectAccepted({ podDisruptionBudget: { maxUnavailable: disruptionBudget }, replicas, ...OPT_OUT });
    expectAccepted({ podDisruptionBudget: { maxUnavailable: absolute(pods - 1) }, replicas });
  });

  test.each([
    [absolute(2), 3],
    [percent(50), 2],
    [percent(66), 3],
    [percent(98), 50],
  ])('is not what this disruption budget lets: %#', (disruptionBudget, replicas) => {
    expectAccepted({ podDisruptionBudget: { maxUnavailable: disruptionBudget }, replicas });
  });

  test.each([undefined, 0, 1])('since the autoscaler may go down to fewer than two: %s', (minReplicas) => {
    expectRefusedAtSynth(
      {},
      ({ deployment }) => autoscale(deployment, minReplicas),
      `HorizontalPodAutoscaler minReplicas = ${minReplicas ?? 1}: when a node is drained, its only pod goes before another one serves. Write minReplicas: 2 or more, or acceptDowntimeOnDrain: true.`,
    );
    expectAccepted(OPT_OUT, ({ deployment }) => autoscale(deployment, minReplicas));
  });

  test('is none when the autoscaler keeps two', () => {
    expectAccepted({}, ({ deployment }) => autoscale(deployment, 2));
  });

  test('is counted from what the autoscaler keeps', () => {
    const disruptionBudget = absolute(2);
    expectRefusedAtSynth(
      { podDisruptionBudget: { maxUnavailable: disruptionBudget } },
      ({ deployment }) => autoscale(deployment, 2),
      all(2, 2),
    );
    expectAccepted({ podDisruptionBudget: { maxUnavailable: disruptionBudget } }, ({ deployment }) =>
      autoscale(deployment, 3),
    );
  });

  test('is not blamed on the autoscaler of another Deployment', () => {
    const chart = newChart();
    addWeb(chart);
    autoscale(new kplus.Deployment(chart, 'Plain', { containers: [{ image: 'nginx:1' }] }), 1);
    expect(yamlOf(chart)).toHaveLength(5);
  });
});

test('everything that is wrong is told at once', () => {
  expectRefusedAtSynth(
    { readiness: HealthCheck.tcp({ port: 1 }), podDisruptionBudget: { maxUnavailable: percent(100) } },
    (web) => {
      web.container.addPort({ number: 9090, hostPort: 9091 });
      web.service.bind(443, { name: 'tls' });
    },
    'readiness.port = 1: no container has this port. Write one of 8080, 9090, or add the port to extraPorts.',
    'service port 443 targetPort = 443: no container has this port. Write one of 8080, 9090, or add the port to extraPorts.',
    'hostPort = 9091: a new pod cannot use it on a node where an old one runs, so a rollout hangs on small clusters. Use the Service instead of a hostPort, or acceptDowntimeOnRollout: true with rollout: { strategy: DeploymentStrategy.recreate() }.',
    'podDisruptionBudget.maxUnavailable = 100%: node drains may take all 2 pods at once. Write PercentOrAbsolute.absolute(1) or less, or acceptDowntimeOnDrain: true.',
  );
});

describe('when synth is refused', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });

  test('no chart of the app is written', () => {
    const app = new App({ outdir });
    addWeb(new Chart(app, 'first'), {}, 'first');
    const last = addWeb(new Chart(app, 'last'), {}, 'last');
    last.container.addPort({ number: 9090, hostPort: 9090 });
    expect(() => app.synth()).toThrow('[last/last] hostPort = 9090: ');
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('the charts are written once it is put right', () => {
    const app = new App({ outdir });
    addWeb(new Chart(app, 'first'), {}, 'first');
    addWeb(new Chart(app, 'last'), {}, 'last');
    app.synth();
    expect(readdirSync(outdir).sort()).toEqual(['first.k8s.yaml', 'last.k8s.yaml']);
  });
});
