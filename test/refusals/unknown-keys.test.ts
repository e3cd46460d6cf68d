import { Duration } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  Config,
  DrainProxy,
  Exposure,
  HealthCheck,
  Mesh,
  Metrics,
  NetworkAccess,
  PodSecurity,
} from '../../src';
import { addWeb, expectRefused, messageOf, newChart } from '../helpers';

/** Props as plain JavaScript, a spread or a dict of Python may give them. */
const js = (props: unknown) => props as never;

const WHY = (where: string) => `there is no such key in ${where}, so it would be left out without a word`;

describe('a key that there is not', () => {
  test.each<[unknown, string, string, string]>([
    [
      { readyness: HealthCheck.tcp() },
      'readyness = a value of type HealthCheck',
      'the props',
      'Write readiness',
    ],
    [{ replica: 5 }, 'replica = 5', 'the props', 'Write replicas'],
    [{ prot: 8080 }, 'prot = 8080', 'the props', 'Write port'],
    [
      { start_up_budget: 30 },
      'start_up_budget = 30',
      'the props',
      'Write for example startupBudget: Duration.seconds(30)',
    ],
    [
      { readiness: HealthCheck.http('/r', js({ periodSeconds: 3 })) },
      'readiness.periodSeconds = 3',
      'the options of HealthCheck.http',
      'Write for example period: Duration.seconds(3)',
    ],
    [
      { liveness: HealthCheck.grpc(js({ timeoutSeconds: Duration.seconds(3), failureThreshold: 9 })) },
      'liveness.timeoutSeconds = a value of type Duration',
      'the options of HealthCheck.grpc',
      'Write timeout',
    ],
    [
      { security: PodSecurity.restricted(js({ user: 1000 })) },
      'security.user = 1000',
      'the options of PodSecurity.restricted',
      'Write runAsUser',
    ],
    [
      { security: PodSecurity.restricted(js({ readOnlyRootFileSystem: false })) },
      'security.readOnlyRootFileSystem = false',
      'the options of PodSecurity.restricted',
      'Write readOnlyRootFilesystem',
    ],
    [
      { exposure: Exposure.ingress(js({ hosts: ['a.b'] })) },
      'exposure.hosts = a list',
      'the options of Exposure.ingress',
      'Write hostnames',
    ],
    [
      { exposure: Exposure.gke(js({ internal: true })) },
      'exposure.internal = true',
      'the options of Exposure.gke',
      'Write internalLoadBalancer',
    ],
    [
      { exposure: Exposure.clusterIp(js({ loadBalancerSourceRange: [] })) },
      'exposure.loadBalancerSourceRange = a list',
      'the options of Exposure.clusterIp',
      'Known are serviceName, serviceAnnotations, appProtocol, portNames, servicePort, sessionAffinity',
    ],
    [
      { drainProxy: DrainProxy.haproxy(js({ http: true })) },
      'drainProxy.http = true',
      'the options of DrainProxy.haproxy',
      'Write http2',
    ],
    [
      { networkPolicy: NetworkAccess.toServicePorts(js({ peer: [] })) },
      'networkPolicy.peer = a list',
      'the options of NetworkAccess.toServicePorts',
      'Write peers',
    ],
    [
      { config: [Config.envFromSecret({ name: 'web' } as never, js({ versions: '2' }))] },
      'config[0].versions = "2"',
      'the options of Config',
      'Write version',
    ],
    [
      { extraPorts: [{ name: 'metrics', port: 9090, targetPort: 9090 }] },
      'extraPorts[0].targetPort = 9090',
      'a port',
      'Write port',
    ],
    [
      { initContainers: [{ name: 'migrate', image: 'migrate:1', arguments: ['up'] }] },
      'initContainers[0].arguments = a list',
      'an init container',
      'Known are image, command, args, env, envFrom, workingDir, imagePullPolicy, name, resources, volumeMounts, securityContext',
    ],
    [
      { sidecars: [{ name: 'proxy', image: 'proxy:1', port: 9000 }] },
      'sidecars[0].port = 9000',
      'a sidecar',
      "Write for example ports: [{ name: 'metrics', port: 9090 }]",
    ],
    [
      { sidecars: [{ name: 'proxy', image: 'proxy:1', securityContext: { runAsUser: 7 } }] },
      'sidecars[0].securityContext.runAsUser = 7',
      'a security context',
      'Write user',
    ],
    [
      { resources: { limits: { cpu: '1' } } },
      'resources.limits = a value of type Object',
      'resources',
      'Known are cpu, memory, ephemeralStorage',
    ],
    [
      { resources: { cpu: { requests: 1 } } },
      'resources.cpu.requests = 1',
      'resources of CPU',
      'Write for example request: Cpu.units(1)',
    ],
    [
      { autoscaling: { maxReplicas: 4, min: 2 } },
      'autoscaling.min = 2',
      'the options of autoscaling',
      'Write minReplicas',
    ],
    [
      { autoscaling: { maxReplicas: 4, scaleDown: { window: Duration.minutes(10) } } },
      'autoscaling.scaleDown.window = a value of type Duration',
      'scaling rules',
      'Write stabilizationWindow',
    ],
    [
      { rollout: { minReadySeconds: 5 } },
      'rollout.minReadySeconds = 5',
      'the options of rollout',
      'Write for example minReady: Duration.seconds(5)',
    ],
    [
      { initContainer: { name: 'migrate', image: 'migrate:1' } },
      'initContainer = a value of type Object',
      'the props',
      "Write for example initContainers: [{ image: 'registry.example.com/team/app:1.4.2', name: 'migrate' }]",
    ],
    [
      { pod: { nodeSelector: {} } },
      'pod.nodeSelector = a value of type Object',
      'the options of pod',
      'Write scheduling: { nodeSelector }',
    ],
    [
      { scheduling: { affinity: {} } },
      'scheduling.affinity = a value of type Object',
      'the options of scheduling',
      'Write it with cdk8s-plus: deployment.scheduling',
    ],
    [
      { readiness: HealthCheck.tcp(js({ successThreshold: 2 })) },
      'readiness.successThreshold = 2',
      'the options of HealthCheck.tcp',
      'Write no successThreshold: one good answer is enough',
    ],
    [
      { exposure: Exposure.gke(js({ loadBalancerIP: '192.0.2.1' })) },
      'exposure.loadBalancerIP = "192.0.2.1"',
      'the options of Exposure.gke',
      'Write the annotation of your load balancer as one of serviceAnnotations',
    ],
    [
      { exposure: Exposure.metalLb(js({ loadBalancerIP: '192.0.2.1' })) },
      'exposure.loadBalancerIP = "192.0.2.1"',
      'the options of Exposure.metalLb',
      'Write addresses',
    ],
    [{ containerPort: 8080 }, 'containerPort = 8080', 'the props', 'Write port'],
    [{ portNumber: 8080 }, 'portNumber = 8080', 'the props', 'Write port'],
    [
      { metrics: Metrics.podMonitor(js({ port: 9090 })) },
      'metrics.port = 9090',
      'the options of Metrics.podMonitor',
      "Write for example portName: 'metrics'",
    ],
    [
      { exposure: Exposure.ingress(js({ annotations: {} })) },
      'exposure.annotations = a value of type Object',
      'the options of Exposure.ingress',
      'Write ingressAnnotations, or serviceAnnotations for its Service',
    ],
    [
      { container: { image: 'web:1.4.2' } },
      'container.image = "web:1.4.2"',
      'the options of container',
      'Write image among the props, beside container',
    ],
    [
      { container: { resources: {} } },
      'container.resources = a value of type Object',
      'the options of container',
      'Write resources among the props, beside container',
    ],
    [
      { container: { securityContext: { readOnlyRootFilesystem: false } } },
      'container.securityContext.readOnlyRootFilesystem = false',
      'the security context of the application',
      'Write security: PodSecurity.restricted({ readOnlyRootFilesystem })',
    ],
    [
      { container: { securityContext: { user: 1000 } } },
      'container.securityContext.user = 1000',
      'the security context of the application',
      'Write security: PodSecurity.restricted({ runAsUser })',
    ],
    [
      { container: { securityContext: { group: 1000 } } },
      'container.securityContext.group = 1000',
      'the security context of the application',
      'Write security: PodSecurity.restricted({ runAsGroup })',
    ],
    [
      { container: { securityContext: { ensureNonRoot: false } } },
      'container.securityContext.ensureNonRoot = false',
      'the security context of the application',
      'Write security: PodSecurity.restricted() or PodSecurity.asImageUser()',
    ],
    [
      { exposure: Exposure.loadBalancer(js({ hostname: 'a.example.com' })) },
      'exposure.hostname = "a.example.com"',
      'the options of Exposure.loadBalancer',
      'Write the annotation of your DNS controller as one of serviceAnnotations',
    ],
    [
      { exposure: Exposure.ingress(js({ className: 'nginx' })) },
      'exposure.className = "nginx"',
      'the options of Exposure.ingress',
      'Write ingressClassName',
    ],
    [
      { exposure: Exposure.ingress(js({ tls: {} })) },
      'exposure.tls = a value of type Object',
      'the options of Exposure.ingress',
      'Write tlsSecret',
    ],
    [
      { mesh: Mesh.istio(js({ native: true })) },
      'mesh.native = true',
      'the options of Mesh.istio',
      'Write nativeSidecar',
    ],
    [
      { mesh: Mesh.linkerd(js({ native: true })) },
      'mesh.native = true',
      'the options of Mesh.linkerd',
      'Write nativeSidecar',
    ],
    [{ evn: {} }, 'evn = a value of type Object', 'the props', 'Write env'],
    [{ en: {} }, 'en = a value of type Object', 'the props', 'Write env'],
    [{ pod: { label: {} } }, 'pod.label = a value of type Object', 'the options of pod', 'Write labels'],
  ])('is refused with the one that was meant: %#', (props, shown, where, fix) => {
    expectRefused(js(props), `${shown}: ${WHY(where)}. ${fix}.`);
  });

  test.each([
    ['nodeSelector', { disk: 'ssd' }, 'scheduling: { nodeSelector }'],
    ['topologyKeys', ['rack'], 'scheduling: { topologyKeys }'],
    ['terminationGracePeriod', Duration.minutes(2), 'pod: { terminationGracePeriod }'],
    ['maxSurge', 1, 'for example rollout: { maxSurge: PercentOrAbsolute.absolute(1) }'],
    ['maxSurge', PercentOrAbsolute.absolute(1), 'rollout: { maxSurge }'],
    ['workingDir', '/app', 'container: { workingDir }'],
    ['serviceAnnotations', {}, 'exposure: Exposure.loadBalancer({ serviceAnnotations })'],
    [
      'serviceType',
      'ClusterIP',
      'exposure: Exposure.loadBalancer(), Exposure.nodePort() or Exposure.clusterIp()',
    ],
    ['podLabels', {}, 'pod: { labels }'],
    [
      'terminationGracePeriodSeconds',
      60,
      'for example pod: { terminationGracePeriod: Duration.seconds(60) }',
    ],
    ['progressDeadlineSeconds', 600, 'for example rollout: { progressDeadline: Duration.seconds(600) }'],
    ['minReadySeconds', 5, 'for example rollout: { minReady: Duration.seconds(5) }'],
    [
      'serviceAccountName',
      'web',
      "for example pod: { serviceAccount: ServiceAccount.fromServiceAccountName(this, 'ServiceAccount', 'web') }",
    ],
    ['dnsConfig', { searches: [] }, 'pod: { dns }'],
    ['topologySpreadConstraints', ['rack'], 'scheduling: { topologyKeys }'],
    ['nodeName', 'node-1', 'scheduling: { nodeSelector } with a label that several nodes have'],
    ['minReplicas', 3, 'autoscaling: { minReplicas }'],
    ['maxReplicas', 9, 'autoscaling: { maxReplicas }'],
    ['hpa', {}, 'autoscaling: { maxReplicas }'],
    ['pdb', {}, 'podDisruptionBudget: { maxUnavailable }'],
    ['hosts', ['a.example.com'], 'exposure: Exposure.ingress({ hostnames })'],
    ['host', 'a.example.com', 'exposure: Exposure.ingress({ hostnames })'],
    ['ingressClassName', 'nginx', 'exposure: Exposure.ingress({ ingressClassName })'],
    ['preStop', {}, 'drain: Drain.sleep()'],
    ['tag', '1.4.2', "it in image, for example 'registry.example.com/team/app:1.4.2'"],
    ['restartPolicy', 'Always', 'no restartPolicy: the containers of a Deployment are always restarted'],
    ['hostNetwork', true, 'no hostNetwork: of two pods on a node, only one could have the port'],
    ['limits', {}, 'resources: { cpu: { request, limit }, memory: { request, limit } }'],
    ['affinity', {}, 'it with cdk8s-plus: deployment.scheduling'],
    [
      'containers',
      [],
      'the image and the port of the application as props, and further containers as sidecars',
    ],
    ['tlsSecret', {}, 'tls: { secret }'],
    ['disruptionBudget', 1, 'podDisruptionBudget: { maxUnavailable }'],
    ['namespace', 'shop', 'it for the chart: new Chart(app, id, { namespace })'],
    ['autoscaler', {}, 'autoscaling: { maxReplicas }'],
    ['containerName', 'web', 'container: { name }'],
    ['cpu', {}, 'resources: { cpu: { request, limit }, memory: { request, limit } }'],
    ['memory', {}, 'resources: { cpu: { request, limit }, memory: { request, limit } }'],
    ['requests', {}, 'resources: { cpu: { request, limit }, memory: { request, limit } }'],
    ['envVariables', {}, 'env'],
    ['healthCheck', {}, 'readiness: HealthCheck.http()'],
    ['hostname', 'a.example.com', 'exposure: Exposure.ingress({ hostnames })'],
    ['imageTag', '1.4.2', "it in image, for example 'registry.example.com/team/app:1.4.2'"],
    ['ingress', {}, 'exposure: Exposure.ingress()'],
    ['isolate', true, 'networkPolicy: NetworkAccess.toServicePorts()'],
    ['lifecycle', {}, 'drain: Drain.sleep() for preStop, and container: { postStart }'],
    ['metadata', {}, 'labels and annotations'],
    ['minAvailable', 1, 'podDisruptionBudget: { maxUnavailable }'],
    ['podAnnotations', {}, 'pod: { annotations }'],
    ['podMetadata', {}, 'pod: { labels, annotations }'],
    ['podMonitor', {}, 'metrics: Metrics.podMonitor()'],
    ['ports', [], 'port, and further ones as extraPorts'],
    ['runAsUser', 1000, 'security: PodSecurity.restricted({ runAsUser })'],
    ['service', {}, 'exposure: Exposure.loadBalancer(), Exposure.nodePort() or Exposure.clusterIp()'],
    ['serviceMonitor', {}, 'metrics: Metrics.serviceMonitor()'],
    ['spread', [], 'scheduling: { topologyKeys }'],
    ['tlsMountPath', '/tls', 'tls: { mountPath }'],
    ['type', 'NodePort', 'exposure: Exposure.loadBalancer(), Exposure.nodePort() or Exposure.clusterIp()'],
    ['user', 1000, 'security: PodSecurity.restricted({ runAsUser })'],
    ['dnsPolicy', 'None', "for example pod: { dns: { policy: 'ClusterFirst' } }"],
    ['gracePeriod', Duration.minutes(2), 'pod: { terminationGracePeriod }'],
  ])('that belongs elsewhere is refused with the place: %s', (key, value, place) => {
    expect(messageOf(() => addWeb(newChart(), js({ [key]: value })))).toMatch(
      new RegExp(`^\\[chart/web\\] ${key} = [^:]+: ${WHY('the props')}\\. Write `),
    );
    expect(messageOf(() => addWeb(newChart(), js({ [key]: value })))).toContain(`. Write ${place}.`);
  });

  test('is refused also where its value is undefined', () => {
    expectRefused(
      js({ replica: undefined }),
      `replica = undefined: ${WHY('the props')}. Write for example replicas: 2.`,
    );
  });

  test('that nobody can guess is refused with all that there are', () => {
    expect(messageOf(() => addWeb(newChart(), js({ qqqq: 1 })))).toMatch(
      /^\[chart\/web\] qqqq = 1: there is no such key in the props, so it would be left out without a word\. Known are image, command, .*, acceptNoRollback\.$/,
    );
  });

  test('stands for the one that was meant: what depends on that is not told', () => {
    expectRefused(
      js({ port: undefined, prot: 8080, replica: 1 }),
      `prot = 8080: ${WHY('the props')}. Write port.`,
      `replica = 1: ${WHY('the props')}. Write replicas.`,
    );
  });
});
