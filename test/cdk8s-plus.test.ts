import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { beforeEach, describe, expect, test } from 'vitest';
import { PodSecurity, type ZeroDowntimeDeployment } from '../src';
import { addWeb, expectSynthError, type Manifest, newChart, objectOf, yamlOf } from './helpers';

const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };

let chart: Chart;
let web: ZeroDowntimeDeployment;
beforeEach(() => {
  chart = newChart('shop');
  web = addWeb(chart);
});
const podSpec = () => objectOf(chart, 'Deployment').spec.template.spec;
const container = () => podSpec().containers[0];

describe('volumes', () => {
  test('every kind can be mounted', () => {
    const claim = new kplus.PersistentVolumeClaim(chart, 'Claim', {
      metadata: { name: 'files' },
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_MANY],
    });
    const configMap = kplus.ConfigMap.fromConfigMapName(chart, 'Config', 'settings');
    const secret = kplus.Secret.fromSecretName(chart, 'Secret', 'keys');
    web.container.mount('/scratch', kplus.Volume.fromEmptyDir(chart, 'Scratch', 'scratch'));
    web.container.mount('/config', kplus.Volume.fromConfigMap(chart, 'ConfigVolume', configMap));
    web.container.mount('/keys', kplus.Volume.fromSecret(chart, 'SecretVolume', secret), { readOnly: true });
    web.container.mount('/files', kplus.Volume.fromPersistentVolumeClaim(chart, 'Files', claim));
    expect(container().volumeMounts).toMatchObject([
      { mountPath: '/tmp' },
      { mountPath: '/scratch' },
      { mountPath: '/config' },
      { mountPath: '/keys', readOnly: true },
      { mountPath: '/files' },
    ]);
    expect(podSpec().volumes).toMatchObject([
      { emptyDir: {} },
      { name: 'scratch', emptyDir: {} },
      { configMap: { name: 'settings' } },
      { secret: { secretName: 'keys' } },
      { persistentVolumeClaim: { claimName: 'files' } },
    ]);
  });
});

describe('the environment', () => {
  test('takes further variables and sources', () => {
    web.container.env.addVariable('MODE', kplus.EnvValue.fromValue('fast'));
    web.container.env.copyFrom(kplus.Env.fromSecret(kplus.Secret.fromSecretName(chart, 'Secret', 'keys')));
    expect(container()).toMatchObject({
      env: [{ name: 'MODE', value: 'fast' }],
      envFrom: [{ secretRef: { name: 'keys' } }],
    });
  });
});

describe('further containers', () => {
  const further = { name: 'proxy', image: 'proxy:1' };

  test('give up all capabilities as the restricted standard asks, and have no probe of ours', () => {
    web.deployment.addContainer(further);
    web.deployment.addInitContainer({ ...further, name: 'migrate' });
    const [, second] = podSpec().containers;
    const [init] = podSpec().initContainers;
    for (const each of [second, init]) {
      expect(each.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
      for (const field of ['startupProbe', 'readinessProbe']) {
        expect(each).not.toHaveProperty(field);
      }
    }
    expect([second.name, init.name]).toEqual(['proxy', 'migrate']);
    expect(container()).toMatchObject({ name: 'main', readinessProbe: { periodSeconds: 5 } });
  });

  test('stay for the drain, since requests may go through them', () => {
    web.deployment.addContainer(further);
    web.deployment.addInitContainer({ ...further, name: 'migrate' });
    expect(podSpec().containers[1].lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(podSpec().initContainers[0]).not.toHaveProperty('lifecycle');
  });

  test('keep the hooks that were asked for', () => {
    const hook = kplus.Handler.fromCommand(['/bye']);
    web.deployment.addContainer({ ...further, lifecycle: { preStop: hook } });
    web.deployment.addContainer({ ...further, name: 'second', lifecycle: { postStart: hook } });
    expect(podSpec().containers.slice(1)).toMatchObject([
      { lifecycle: { preStop: { exec: { command: ['/bye'] } } } },
      { lifecycle: { postStart: { exec: { command: ['/bye'] } }, preStop: { sleep: { seconds: 15 } } } },
    ]);
  });

  test('share no hook, so that a patch changes only one of them', () => {
    web.deployment.addContainer(further);
    const path = '/spec/template/spec/containers/1/lifecycle/preStop/sleep/seconds';
    ApiObject.of(web.deployment).addJsonPatch(JsonPatch.replace(path, 20));
    expect(podSpec().containers.map(({ lifecycle }: Manifest) => lifecycle.preStop.sleep.seconds)).toEqual([
      15, 20,
    ]);
  });

  test('keep capabilities that were asked for', () => {
    const capabilities = { add: [kplus.Capability.NET_ADMIN] };
    web.deployment.addContainer({ ...further, securityContext: { capabilities } });
    expect(podSpec().containers[1].securityContext.capabilities).toEqual({ add: ['NET_ADMIN'] });
  });

  test('keep their capabilities when the pod is not restricted', () => {
    chart = newChart();
    addWeb(chart, { security: PodSecurity.asImageUser() }).deployment.addContainer(further);
    expect(podSpec().containers[1].securityContext).not.toHaveProperty('capabilities');
  });
});

describe('a HorizontalPodAutoscaler', () => {
  const autoscale = (target: kplus.Deployment) =>
    new kplus.HorizontalPodAutoscaler(chart, 'Autoscaler', { target, minReplicas: 2, maxReplicas: 10 });

  test('takes the number of replicas away from the Deployment', () => {
    autoscale(web.deployment);
    expect(objectOf(chart, 'Deployment').spec).not.toHaveProperty('replicas');
    expect(objectOf(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({
      minReplicas: 2,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    });
  });

  test('is refused by cdk8s-plus beside a fixed number', () => {
    chart = newChart();
    autoscale(addWeb(chart, { replicas: 3 }).deployment);
    expectSynthError(chart, [
      '[chart/Autoscaler] HorizontalPodAutoscaler target cannot have a fixed number of replicas (3).',
    ]);
  });
});

describe('what refers to the Service or the pods', () => {
  test('an Ingress leads to the Service', () => {
    const ingress = new kplus.Ingress(chart, 'Ingress');
    ingress.addRule('/', kplus.IngressBackend.fromService(web.service));
    expect(objectOf(chart, 'Ingress').spec.rules[0].http.paths[0].backend).toEqual({
      service: { name: 'web', port: { number: 80 } },
    });
  });

  test('a NetworkPolicy selects the pods by their labels', () => {
    new kplus.NetworkPolicy(chart, 'Policy', { selector: web.deployment });
    expect(objectOf(chart, 'NetworkPolicy').spec.podSelector).toEqual({ matchLabels: LABELS });
  });

  test('connections between pods are allowed by labels and namespace', () => {
    const other = new kplus.Pod(chart, 'Other', { containers: [{ image: 'nginx:1' }] });
    other.connections.allowFrom(web.deployment);
    const specs = yamlOf(chart).flatMap(({ kind, spec }) => (kind === 'NetworkPolicy' ? [spec] : []));
    const pods = { matchLabels: LABELS };
    const namespace = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } };
    expect(specs).toMatchObject([
      {
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: pods, namespaceSelector: namespace }] }],
      },
      { policyTypes: ['Egress'], podSelector: pods },
    ]);
  });

  test('a further Service by exposeViaService() selects the same pods', () => {
    web.deployment.exposeViaService({ name: 'internal' });
    const services = yamlOf(chart).filter(({ kind }) => kind === 'Service');
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['internal', 'web']);
    expect(services[0].spec.selector).toEqual(services[1].spec.selector);
  });

  test('a ServiceAccount, a Role and its subject work', () => {
    chart = newChart();
    const account = new kplus.ServiceAccount(chart, 'Account', { metadata: { name: 'reader' } });
    const { deployment } = addWeb(chart, { pod: { serviceAccount: account } });
    const role = new kplus.Role(chart, 'Role');
    role.allowRead(kplus.ApiResource.PODS);
    role.bind(deployment);
    expect(objectOf(chart, 'RoleBinding').subjects).toMatchObject([
      { kind: 'ServiceAccount', name: 'reader' },
    ]);
  });
});

describe('scheduling', () => {
  test('nodes can be asked for and taints tolerated', () => {
    web.deployment.scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'fast')));
    web.deployment.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.is('spot', 'true')));
    expect(podSpec().affinity.nodeAffinity).toMatchObject({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['fast'] }] }],
      },
    });
    expect(podSpec().tolerations).toEqual([{ key: 'spot', operator: 'Equal', value: 'true' }]);
  });

  test('pods can be kept apart, by their labels', () => {
    web.deployment.scheduling.spread();
    expect(podSpec().affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution).toMatchObject([
      { labelSelector: { matchLabels: LABELS }, namespaces: ['shop'] },
    ]);
  });

  test('a preference for other places stands beside that for other hosts', () => {
    web.deployment.scheduling.separate(web.deployment, { weight: 7 });
    const preferred = podSpec().affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    expect(preferred.map(({ weight }: Manifest) => weight)).toEqual([7, 100]);
  });

  test('pods are kept apart in their own namespace where the chart names none', () => {
    chart = newChart();
    addWeb(chart).deployment.scheduling.spread();
    const [term] = podSpec().affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    expect(term).not.toHaveProperty('namespaces');
  });
});

describe('metadata', () => {
  test('chart labels are on every object', () => {
    chart = new Chart(new App(), 'chart', { labels: { team: 'shop' } });
    addWeb(chart);
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget']) {
      expect(objectOf(chart, kind).metadata.labels).toEqual({ team: 'shop', ...LABELS });
    }
  });

  test('labels and annotations can be added', () => {
    web.deployment.metadata.addAnnotation('a', '1');
    web.deployment.podMetadata.addAnnotation('b', '2');
    web.service.metadata.addAnnotation('c', '3');
    web.podDisruptionBudget.metadata.addLabel('d', '4');
    expect(objectOf(chart, 'Deployment')).toMatchObject({
      metadata: { annotations: { a: '1' } },
      spec: { template: { metadata: { annotations: { b: '2' } } } },
    });
    expect(objectOf(chart, 'Service').metadata.annotations).toEqual({ c: '3' });
    expect(objectOf(chart, 'PodDisruptionBudget').metadata.labels).toEqual({ ...LABELS, d: '4' });
  });
});

describe('the Service', () => {
  test('takes further ports, by name where the container has one and by number where it has none', () => {
    web.container.addPort({ number: 9090 });
    web.service.bind(81, { name: 'again', targetPort: 8080 });
    web.service.bind(9090, { name: 'plain' });
    expect(objectOf(chart, 'Service').spec.ports).toMatchObject([
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'again', port: 81, targetPort: 'http' },
      { name: 'plain', port: 9090, targetPort: 9090 },
    ]);
  });

  test('keeps external addresses that a patch gives', () => {
    ApiObject.of(web.service).addJsonPatch(JsonPatch.add('/spec/externalIPs', ['192.0.2.1']));
    expect(objectOf(chart, 'Service').spec.externalIPs).toEqual(['192.0.2.1']);
  });
});

describe('JSON patches', () => {
  test('apply last and reach fields that cdk8s-plus-27 does not know', () => {
    ApiObject.of(web.deployment).addJsonPatch(
      JsonPatch.replace('/spec/strategy/rollingUpdate/maxSurge', 3),
      JsonPatch.replace('/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds', 20),
      JsonPatch.add('/spec/template/spec/containers/0/lifecycle/stopSignal', 'SIGUSR1'),
    );
    ApiObject.of(web.deployment).addJsonPatch(
      JsonPatch.add('/spec/template/spec/resources', { requests: { cpu: '1' } }),
    );
    expect(objectOf(chart, 'Deployment').spec.strategy.rollingUpdate).toEqual({
      maxSurge: 3,
      maxUnavailable: 0,
    });
    expect(container().lifecycle).toEqual({ preStop: { sleep: { seconds: 20 } }, stopSignal: 'SIGUSR1' });
    expect(podSpec().resources).toEqual({ requests: { cpu: '1' } });
  });

  test('reach the Service', () => {
    ApiObject.of(web.service).addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
    expect(objectOf(chart, 'Service').spec.trafficDistribution).toBe('PreferClose');
  });

  test('may give a field no value', () => {
    ApiObject.of(web.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', null));
    expect(objectOf(chart, 'Service').spec).toMatchObject({ clusterIP: null, type: 'LoadBalancer' });
  });

  test('reach the PodDisruptionBudget, in the spelling of Kubernetes', () => {
    web.podDisruptionBudget.addJsonPatch(
      JsonPatch.replace('/spec/maxUnavailable', '50%'),
      JsonPatch.add('/spec/unknownYet', true),
    );
    expect(objectOf(chart, 'PodDisruptionBudget').spec).toMatchObject({
      maxUnavailable: '50%',
      unknownYet: true,
    });
  });
});

test('the YAML has its keys in order at every depth', () => {
  web.deployment.addContainer({ name: 'proxy', image: 'proxy:1' });
  const unsorted = (value: unknown): string[] => {
    if (value === null || typeof value !== 'object') {
      return [];
    }
    const keys = Object.keys(value);
    const wrong = Array.isArray(value) || keys.join() === [...keys].sort().join() ? [] : [keys.join()];
    return [...wrong, ...Object.values(value).flatMap(unsorted)];
  };
  expect(
    ['Deployment', 'Service', 'PodDisruptionBudget'].flatMap((kind) => unsorted(objectOf(chart, kind))),
  ).toEqual([]);
});
