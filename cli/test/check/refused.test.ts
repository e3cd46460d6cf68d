import { describe, expect, it } from 'vitest';
import {
  autoscaler,
  broken,
  budget,
  checkObjects,
  container,
  deployment,
  ingress,
  object,
  service,
  statefulSet,
} from './objects.js';

const REFUSALS = ['apply-refused', 'rollout-refused', 'bytes-fractional'];

/** What a rule about refusals says of objects, with the place. */
const said = (...objects: readonly object[]) =>
  checkObjects(...objects)
    .findings.filter(({ rule }) => REFUSALS.includes(rule))
    .map(({ path, what }) => `${path}: ${what}`);
const saidOf = (more: object, pod: object = {}) =>
  said(deployment({ pod: { containers: [{ ...container, ...more }], ...pod } }));
const CONTAINER = 'spec.template.spec.containers[0]';

describe('selector and template of a workload', () => {
  const labelled = (selector: object, labels: object) => {
    const { spec, ...web } = deployment();
    const { template } = spec as { template: object };
    return { ...web, spec: { ...spec, selector, template: { ...template, metadata: { labels } } } };
  };

  it.each<[object, object, readonly string[]]>([
    [{ matchLabels: { app: 'web' } }, { app: 'web', version: '2' }, []],
    [
      { matchLabels: { app: 'web' } },
      { app: 'shop' },
      ['spec.selector: its selector asks for app: web, and its template has app: shop'],
    ],
    [
      { matchLabels: { app: 'web', part: 'api' } },
      { app: 'web' },
      ['spec.selector: its selector asks for part: api, and its template has no such label'],
    ],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'shop'] }] }, { app: 'shop' }, []],
    [
      { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] },
      { app: 'shop' },
      ['spec.selector: its template does not have the label app as its selector asks for it'],
    ],
    [{}, { app: 'web' }, ['spec.selector: its selector asks for no label; write the labels of the template']],
    [
      { matchLabels: { version: 2 } },
      { version: '2' },
      [
        'spec.selector.matchLabels.version: version in matchLabels is a number, and has to be a text: write it in quotes',
      ],
    ],
  ])('%o for %o', (selector, labels, expected) => {
    expect(said(labelled(selector, labels))).toEqual(expected);
  });

  it('a patch, which has only one of them, is none', () => {
    const patch = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };
    expect(said({ ...patch, spec: { selector: { matchLabels: { app: 'web' } } } })).toEqual([]);
    expect(
      said({
        ...patch,
        spec: { template: { spec: { containers: [{ name: 'main', volumeMounts: [{ name: 'a' }] }] } } },
      }),
    ).toEqual([]);
  });
});

describe('requests and limits', () => {
  it.each<[object, readonly string[]]>([
    [{ requests: { cpu: 1 }, limits: { cpu: '1000m' } }, []],
    [{ requests: { memory: '1Gi' }, limits: { memory: '1024Mi', cpu: '1' } }, []],
    [{ limits: { 'nvidia.com/gpu': 1 } }, []],
    [{ requests: { memory: '0.1Gi' } }, []],
    [
      { requests: { memory: '2Gi' }, limits: { memory: '1024Mi' } },
      ['requests.memory: container main requests 2Gi of memory, which is more than its limit 1024Mi'],
    ],
    [
      { requests: { 'ephemeral-storage': '2G' }, limits: { 'ephemeral-storage': '1Gi' } },
      [
        "requests['ephemeral-storage']: container main requests 2G of ephemeral-storage, which is more than its limit 1Gi",
      ],
    ],
    [
      { requests: { 'nvidia.com/gpu': 1 } },
      ["requests['nvidia.com/gpu']: container main requests nvidia.com/gpu, which needs a limit of the same"],
    ],
    [
      { requests: { 'hugepages-2Mi': '2Mi' }, limits: { 'hugepages-2Mi': '4Mi' } },
      [
        "requests['hugepages-2Mi']: container main requests 2Mi hugepages-2Mi and has another limit; write the same",
      ],
    ],
    [
      { limits: { 'nvidia.com/gpu': 0.5 } },
      [
        "limits['nvidia.com/gpu']: nvidia.com/gpu in limits of container main is 0.5, and has to be a whole number",
      ],
    ],
    [
      { limits: { memory: '512MB' } },
      ['limits.memory: memory in limits of container main is 512MB; write a quantity such as 250m or 512Mi'],
    ],
    [{ limits: { cpu: -1 } }, ['limits.cpu: cpu in limits of container main is less than 0']],
    [
      { limits: { gpu: 1 } },
      [
        'limits.gpu: gpu in limits of container main is no resource of containers; write cpu, memory or a name such as example.com/gpu',
      ],
    ],
    [{ limits: { memory: '512m' } }, ['limits.memory: memory is 512m, which is 0.512 bytes']],
  ])('%o', (resources, expected) => {
    expect(saidOf({ resources })).toEqual(expected.map((one) => `${CONTAINER}.resources.${one}`));
  });

  it.each([undefined, 'Always'])('of an init container with restartPolicy %s', (restartPolicy) => {
    const resources = { requests: { cpu: 2 }, limits: { cpu: 1 } };
    const initContainers = [{ name: 'proxy', image: 'a:1', resources, restartPolicy }];
    expect(said(deployment({ pod: { initContainers } }))).toEqual([
      'spec.template.spec.initContainers[0].resources.requests.cpu: container proxy requests 2 of cpu, which is more than its limit 1',
    ]);
  });

  it('of a volume in memory', () => {
    expect(saidOf({}, { volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64m' } }] })).toEqual([
      'spec.template.spec.volumes[0].emptyDir.sizeLimit: sizeLimit is 64m, which is 0.064 bytes',
    ]);
  });
});

describe('what has to be a text', () => {
  it.each<[object, readonly string[]]>([
    [{ env: [{ name: 'PORT', value: '8080' }, { name: 'EMPTY', value: null }, { name: 'NONE' }] }, []],
    [
      { env: [{ name: 'PORT', value: 8080 }] },
      ['env[0].value: the value of PORT is a number, and has to be a text: write it in quotes'],
    ],
    [
      { env: [{ name: 'DEBUG', value: true }] },
      ['env[0].value: the value of DEBUG is true or false, and has to be a text: write it in quotes'],
    ],
    [
      { env: [{ name: 'A', value: { b: 1 } }] },
      ['env[0].value: the value of A is a map, and has to be a text'],
    ],
    [
      { env: [{ name: 'A', value: 'a', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] },
      ['env[0]: the value of A is written and taken from elsewhere too; keep value or valueFrom'],
    ],
    [{ args: ['--port', 8080] }, ['args[1]: args[1] is a number, and has to be a text: write it in quotes']],
  ])('%o', (more, expected) => {
    expect(saidOf(more)).toEqual(expected.map((one) => `${CONTAINER}.${one}`));
  });

  it('labels, annotations and selectors of every kind', () => {
    const metadata = { name: 'web', labels: { version: 1.2 }, annotations: { checked: true } };
    const custom = { apiVersion: 'example.com/v1', kind: 'Shop', metadata };
    expect(said(custom)).toEqual([
      'metadata.labels.version: version in labels is a number, and has to be a text: write it in quotes',
      'metadata.annotations.checked: checked in annotations is true or false, and has to be a text: write it in quotes',
    ]);
    expect(said(service({ selector: { app: 'web', version: 2 } }))).toEqual([
      'spec.selector.version: version in selector is a number, and has to be a text: write it in quotes',
    ]);
    expect(said(deployment({ pod: { nodeSelector: { ssd: true } } }))).toEqual([
      'spec.template.spec.nodeSelector.ssd: ssd in nodeSelector is true or false, and has to be a text: write it in quotes',
    ]);
  });

  it('the values of a ConfigMap', () => {
    const config = (data: object) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web' },
      data,
    });
    expect(said(config({ PORT: '80' }))).toEqual([]);
    expect(said(config({ PORT: 80 }))).toEqual([
      'data.PORT: PORT in data is a number, and has to be a text: write it in quotes',
    ]);
  });

  it('and what has to be a number', () => {
    expect(said(deployment({ spec: { replicas: '2' } }))).toEqual([
      'spec.replicas: replicas is 2, and has to be a whole number: write it without quotes',
    ]);
    expect(saidOf({ readinessProbe: { ...container.readinessProbe, periodSeconds: 0.5 } })).toEqual([
      `${CONTAINER}.readinessProbe.periodSeconds: periodSeconds is 0.5, and has to be a whole number`,
    ]);
  });
});

describe('ports of a Service', () => {
  it.each<[object, readonly string[]]>([
    [{ ports: [{ port: 80 }] }, []],
    [
      {
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP' },
          { name: 'dns-tcp', port: 53 },
        ],
      },
      [],
    ],
    [
      { ports: [{ port: 80 }, { name: 'metrics', port: 9090 }] },
      ['ports[0].name: of several ports each needs a name, and port 80 has none'],
    ],
    [
      {
        ports: [
          { name: 'http', port: 80 },
          { name: 'http', port: 8080 },
        ],
      },
      ['ports[1].name: two ports are named http'],
    ],
    [
      {
        ports: [
          { name: 'http', port: 80 },
          { name: 'web', port: 80, protocol: 'TCP' },
        ],
      },
      ['ports[1].port: port 80 is there twice'],
    ],
    [
      { ports: [{ name: 'HTTP', port: 80 }] },
      ['ports[0].name: port name HTTP is not of lower-case letters, digits and hyphens'],
    ],
    [{ ports: [{}] }, ['ports[0].port: the number of the port is missing; write one from 1 to 65535']],
    [{ ports: [{ port: '80' }] }, ['ports[0].port: port 80 is no number from 1 to 65535']],
    [
      { ports: [{ port: 80, targetPort: 'administration-http' }] },
      [
        'ports[0].targetPort: port name administration-http is not of up to 15 lower-case letters, digits and single hyphens',
      ],
    ],
    [
      { ports: [{ port: 80, nodePort: 30080 }] },
      ['ports[0].nodePort: node port 30080 needs type: NodePort or LoadBalancer'],
    ],
    [{ type: 'NodePort', externalTrafficPolicy: 'Local' }, []],
    [
      { externalTrafficPolicy: 'Local' },
      ['externalTrafficPolicy: externalTrafficPolicy needs type: NodePort or LoadBalancer'],
    ],
    [
      { type: 'NodePort', loadBalancerSourceRanges: ['10.0.0.0/8'] },
      ['loadBalancerSourceRanges: loadBalancerSourceRanges needs type: LoadBalancer'],
    ],
  ])('%o', (spec, expected) => {
    expect(said(service(spec))).toEqual(expected.map((one) => `spec.${one}`));
  });
});

describe('node ports', () => {
  const external = (name: string, nodePort: number, more: object = {}, spec: object = {}) =>
    service({ type: 'NodePort', ports: [{ port: 80, nodePort, ...more }], ...spec }, { name });

  it('are there once in a cluster, whatever the namespace', () => {
    const other = external('api', 30080, {}, { selector: { app: 'api' } });
    const elsewhere = { ...other, metadata: { name: 'api', namespace: 'shop' } };
    expect(said(external('web', 30080), elsewhere)).toEqual([
      'spec.ports[0].nodePort: node port 30080 is already that of Service web; write another one',
    ]);
  });

  it('are so as cluster IPs are', () => {
    const fixed = (name: string, clusterIP: string) => service({ clusterIP }, { name });
    expect(said(fixed('web', '10.0.0.9'), fixed('api', '10.0.0.9'))).toEqual([
      'spec.clusterIP: cluster IP 10.0.0.9 is already that of Service web; write another one',
    ]);
    expect(said(fixed('web', '10.0.0.9'), fixed('api', '10.0.0.8'))).toEqual([]);
    expect(said(fixed('web', 'None'), fixed('api', 'None'))).toEqual([]);
  });

  it('of one Service in two namespaces may be in two clusters', () => {
    const staging = (name: string) => ({
      ...external(name, 30080),
      metadata: { name, namespace: 'staging' },
    });
    expect(said(external('web', 30080), staging('web'))).toEqual([]);
    expect(said(external('web', 30080), staging('staging-web'))).toEqual([]);
  });

  it('of another number or protocol, and of the same Service, are others', () => {
    expect(said(external('web', 30080), external('api', 30081))).toEqual([]);
    expect(said(external('web', 30080), external('api', 30080, { protocol: 'UDP' }))).toEqual([]);
    expect(said(external('web', 30080), external('web', 30080))).toEqual([]);
  });
});

describe('a container', () => {
  const ports = (...all: readonly object[]) => saidOf({ ports: [...container.ports, ...all] });
  const volume = { name: 'data', emptyDir: {} };

  it('has ports of different names', () => {
    expect(ports({ name: 'http', containerPort: 8081 })).toEqual([
      `${CONTAINER}.ports[1].name: two ports of the container are named http`,
    ]);
    expect(ports({ name: 'web', containerPort: 8080, protocol: 'UDP' })).toEqual([]);
    expect(ports({ name: 'Admin', containerPort: 8081 })).toEqual([
      `${CONTAINER}.ports[1].name: port name Admin is not of up to 15 lower-case letters, digits and single hyphens`,
    ]);
    expect(ports({ containerPort: '8081' })).toEqual([
      `${CONTAINER}.ports[1].containerPort: port 8081 is no number from 1 to 65535`,
    ]);
  });

  it('mounts volumes that are there, each at a place of its own', () => {
    const mount = { name: 'data', mountPath: '/data' };
    expect(saidOf({ volumeMounts: [mount] }, { volumes: [volume] })).toEqual([]);
    expect(saidOf({ volumeMounts: [mount] })).toEqual([
      `${CONTAINER}.volumeMounts[0].name: container main mounts the volume data, which the pod does not have`,
    ]);
    expect(saidOf({ volumeMounts: [mount, mount] }, { volumes: [volume, volume] })).toEqual([
      'spec.template.spec.volumes[1].name: two volumes are named data',
      `${CONTAINER}.volumeMounts[1].mountPath: container main mounts two volumes at /data`,
    ]);
    const spec = { volumeClaimTemplates: [{ metadata: { name: 'data' } }] };
    expect(
      said(statefulSet({ spec, pod: { containers: [{ ...container, volumeMounts: [mount] }] } })),
    ).toEqual([]);
  });

  it('has a name that no other one has', () => {
    const initContainers = [{ name: 'main', image: 'a:1' }];
    expect(said(deployment({ pod: { initContainers } }))).toEqual([
      'spec.template.spec.initContainers[0].name: two containers are named main',
    ]);
  });

  it('has probes that ask one thing', () => {
    const { httpGet } = container.readinessProbe;
    const tcpSocket = { port: 'http' };
    expect(saidOf({ readinessProbe: { httpGet, tcpSocket } })).toEqual([
      `${CONTAINER}.readinessProbe: readinessProbe of container main has httpGet and tcpSocket; keep one of them`,
    ]);
    expect(saidOf({ readinessProbe: { periodSeconds: 5 } })).toEqual([
      `${CONTAINER}.readinessProbe: readinessProbe of container main asks nothing; write httpGet for instance`,
    ]);
    expect(saidOf({ livenessProbe: { tcpSocket, successThreshold: 2, periodSeconds: 30 } })).toEqual([
      `${CONTAINER}.livenessProbe.successThreshold: successThreshold of livenessProbe of container main has to be 1`,
    ]);
  });

  it('that only initializes has none', () => {
    const init = { name: 'init', image: 'a:1', readinessProbe: container.readinessProbe };
    const pod = (restartPolicy?: string) => ({ initContainers: [{ ...init, restartPolicy }] });
    expect(said(deployment({ pod: pod('Always') }))).toEqual([]);
    expect(said(deployment({ pod: pod() }))).toEqual([
      'spec.template.spec.initContainers[0].readinessProbe: init container init has readinessProbe, which needs restartPolicy: Always',
    ]);
  });
});

describe('other kinds', () => {
  const job = (kind: string, restartPolicy?: string) => {
    const template = { spec: { containers: [{ name: 'main', image: 'a:1', args: [1] }], restartPolicy } };
    return object('batch/v1', kind, kind === 'Job' ? { template } : { jobTemplate: { spec: { template } } });
  };

  it.each(['Job', 'CronJob'])('%s', (kind) => {
    const path = kind === 'Job' ? 'spec' : 'spec.jobTemplate.spec';
    const args = `${path}.template.spec.containers[0].args[0]: args[0] is a number, and has to be a text: write it in quotes`;
    expect(said(job(kind, 'Never'))).toEqual([args]);
    expect(said(job(kind))).toEqual([
      args,
      `${path}.template.spec.restartPolicy: the pods of a Job need restartPolicy: OnFailure or Never`,
    ]);
  });

  it('a pod', () => {
    const containers = [{ ...container, env: [{ name: 'A', value: 1 }] }];
    expect(said(object('v1', 'Pod', { containers }))).toEqual([
      'spec.containers[0].env[0].value: the value of A is a number, and has to be a text: write it in quotes',
    ]);
  });

  it('a budget with two limits', () => {
    expect(said(budget({ maxUnavailable: 1, minAvailable: 1 }))).toEqual([
      'spec.minAvailable: minAvailable and maxUnavailable are both there; keep one of them',
    ]);
  });

  it('an autoscaler whose maximum is below its minimum', () => {
    expect(said(autoscaler({ minReplicas: 4, maxReplicas: 3 }))).toEqual([
      'spec.maxReplicas: maxReplicas is 3, which is less than the minimum of 4',
    ]);
  });

  it('a path of an Ingress', () => {
    const at = (path: object) => ingress('web', { number: 80 }, { rules: [{ http: { paths: [path] } }] });
    expect(said(at({ path: '/', pathType: 'Prefix' }))).toEqual([]);
    expect(said(at({ path: '/' }))).toEqual([
      'spec.rules[0].http.paths[0]: path / has no pathType; write Prefix or Exact',
    ]);
    expect(said(at({ path: 'shop', pathType: 'Prefix' }))).toEqual([
      'spec.rules[0].http.paths[0].path: path "shop" does not begin with /',
    ]);
  });

  it('a workload that restarts nothing', () => {
    expect(said(deployment({ pod: { restartPolicy: 'Never' } }))).toEqual([
      'spec.template.spec.restartPolicy: restartPolicy is Never, and a pod that answers requests needs Always',
    ]);
  });
});

it('a value that may be secret is in no message', () => {
  const env = [{ name: 'TOKEN', value: 4711 }];
  const { findings } = checkObjects(deployment({ pod: { containers: [{ ...container, env }] } }));
  expect(JSON.stringify(findings)).not.toContain('4711');
});

it('what the field of another type does not break', () => {
  expect(broken({ ...deployment(), spec: { selector: 'a', template: [1], replicas: 2 } })).toEqual([]);
});
