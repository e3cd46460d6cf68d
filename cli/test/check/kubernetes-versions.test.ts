import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import type { Config } from '../../src/check/config/config.js';
import { parse } from '../../src/check/read/parse.js';

const RULES = ['api-version-not-served', 'field-unknown', 'too-large-to-apply'];

/** What the rules of these tests find: the path, the line, and what is there. */
function found(content: string, config: Config = {}): readonly string[] {
  const manifests = parse('a.yaml', content);
  const { findings, problems } = check(manifests, undefined, config);
  expect(problems).toEqual([]);
  return findings
    .filter(({ rule }) => RULES.includes(rule))
    .map(({ line, path, what }) => `${line} ${path}: ${what}`);
}

const object = (apiVersion: string, kind: string, rest = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${rest}`;

/** A Deployment whose spec has more fields. */
const deployment = (spec = '', pod = '', container = '') =>
  object(
    'apps/v1',
    'Deployment',
    `spec:
  selector: {matchLabels: {app: a}}
  ${spec}
  template:
    metadata: {labels: {app: a}}
    spec:
      ${pod}
      containers:
        - name: main
          image: registry.example.com/a:1
          ${container}
`,
  );

describe('a kind of Kubernetes', () => {
  it.each([
    [
      '1.31',
      'flowcontrol.apiserver.k8s.io/v1beta2',
      'FlowSchema',
      'serves FlowSchema of flowcontrol.apiserver.k8s.io/v1beta2 no more (1.28 was the last that did); write flowcontrol.apiserver.k8s.io/v1',
    ],
    [
      '1.28',
      'flowcontrol.apiserver.k8s.io/v1',
      'FlowSchema',
      'serves FlowSchema of flowcontrol.apiserver.k8s.io/v1 not yet (1.29 is the first that does); write flowcontrol.apiserver.k8s.io/v1beta2 or flowcontrol.apiserver.k8s.io/v1beta3',
    ],
    [
      '1.29',
      'admissionregistration.k8s.io/v1',
      'ValidatingAdmissionPolicy',
      'serves ValidatingAdmissionPolicy of admissionregistration.k8s.io/v1 not yet (1.30 is the first that does); write admissionregistration.k8s.io/v1alpha1 or admissionregistration.k8s.io/v1beta1',
    ],
    [
      '1.37',
      'resource.k8s.io/v1alpha2',
      'ResourceClass',
      'serves ResourceClass of resource.k8s.io/v1alpha2 no more (1.30 was the last that did); this kind has no other version',
    ],
  ])('in Kubernetes %s: %s %s', (kubernetesVersion, apiVersion, kind, what) => {
    expect(found(object(apiVersion, kind), { kubernetesVersion })).toEqual([
      `1 apiVersion: Kubernetes ${kubernetesVersion} ${what}`,
    ]);
  });

  it.each([
    ['1.28', 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema'],
    ['1.37', 'flowcontrol.apiserver.k8s.io/v1', 'FlowSchema'],
    // Served if it is turned on.
    ['1.32', 'resource.k8s.io/v1beta1', 'ResourceClaim'],
    ['1.37', 'example.com/v1', 'FlowSchema'],
    ['1.37', '__proto__/v1', 'constructor'],
  ])('in Kubernetes %s nothing is wrong with %s %s', (kubernetesVersion, apiVersion, kind) => {
    expect(found(object(apiVersion, kind), { kubernetesVersion })).toEqual([]);
  });

  it.each(['1.27', 'v1.30', '1.34.4', 'v1.33.1-gke.100', '1.37+k3s1'])(
    'is read for version %s',
    (version) => {
      expect(found(deployment(), { kubernetesVersion: version })).toEqual([]);
    },
  );

  it.each(['1.26', '1.38', '1', '2.30', '1.30x', '', 'constructor'])(
    'is not judged for version %j',
    (version) => {
      expect(() => found(deployment(), { kubernetesVersion: version })).toThrow(
        `kubernetesVersion: got "${version}"; write a version from 1.27 to 1.37`,
      );
    },
  );
});

describe('a field', () => {
  const unknown = (name: string, help = '') => `Kubernetes 1.37 knows no field ${name} here${help}`;

  it.each([
    [
      'misspelt',
      deployment('replica: 3'),
      `6 spec.replica: ${unknown('replica', '; did you mean replicas?')}`,
    ],
    [
      'in a map that is wrong by a letter',
      deployment('strategy: {rollingUpdate: {maxUnavailabel: 0}}'),
      `6 spec.strategy.rollingUpdate.maxUnavailabel: ${unknown('maxUnavailabel', '; did you mean maxUnavailable?')}`,
    ],
    [
      'written as other tools do',
      deployment('', '', 'image_pull_policy: Always'),
      `14 spec.template.spec.containers[0].image_pull_policy: ${unknown('image_pull_policy', '; did you mean imagePullPolicy?')}`,
    ],
    [
      'in other letters',
      deployment('', '', 'livenessprobe: {}'),
      `14 spec.template.spec.containers[0].livenessprobe: ${unknown('livenessprobe', '; did you mean livenessProbe?')}`,
    ],
    [
      'one level too deep',
      deployment('', '', 'terminationGracePeriodSeconds: 60'),
      `14 spec.template.spec.containers[0].terminationGracePeriodSeconds: ${unknown('terminationGracePeriodSeconds', '; it belongs in spec.template.spec')}`,
    ],
    [
      'of a ConfigMap one level too deep',
      object('v1', 'ConfigMap').replace('{name: a}', '{name: a, data: {a: b}}'),
      `3 metadata.data: ${unknown('data', '; it belongs at the top of the object')}`,
    ],
    [
      'like no other',
      deployment('', 'enableMagic: true'),
      `10 spec.template.spec.enableMagic: ${unknown('enableMagic')}`,
    ],
    ['without a value', deployment('enableMagic:'), `6 spec.enableMagic: ${unknown('enableMagic')}`],
    [
      'at the top of a Secret',
      object('v1', 'Secret', 'password: hunter2\n'),
      `4 password: ${unknown('password')}`,
    ],
    [
      'of a template of claims',
      object('apps/v1', 'StatefulSet', 'spec: {volumeClaimTemplates: [{spec: {storageClass: fast}}]}'),
      `4 spec.volumeClaimTemplates[0].spec.storageClass: ${unknown('storageClass', '; did you mean storageClassName?')}`,
    ],
  ])('is not known: %s', (_name, content, finding) => {
    expect(found(content)).toEqual([finding]);
  });

  it.each([
    [
      '1.29',
      deployment('', '', 'lifecycle: {stopSignal: SIGUSR1}'),
      'stopSignal not yet (1.33 is the first that does)',
    ],
    ['1.28', object('v1', 'PersistentVolumeClaim', 'spec: {resources: {claims: []}}'), undefined],
    ['1.29', object('v1', 'PersistentVolumeClaim', 'spec: {resources: {claims: []}}'), 'claims here'],
    ['1.37', deployment('', 'workloadRef: {}'), 'workloadRef no more (1.35 was the last that did)'],
  ])('depends on the version: case %#', (kubernetesVersion, content, what) => {
    const messages = found(content, { kubernetesVersion });
    expect(messages).toHaveLength(what === undefined ? 0 : 1);
    expect(messages.join()).toContain(what ?? '');
    expect(messages.filter((message) => !message.includes(`Kubernetes ${kubernetesVersion} knows`))).toEqual(
      [],
    );
  });

  it.each([
    ['keys of maps', deployment('', 'nodeSelector: {anyKey: a}')],
    ['quantities', deployment('', '', 'resources: {requests: {example.com/gpu: 1, cpu: 1}}')],
    ['JSON in a revision', object('apps/v1', 'ControllerRevision', 'data: {any: {thing: 1}}\nrevision: 1')],
    [
      'schemas in definitions',
      object(
        'apiextensions.k8s.io/v1',
        'CustomResourceDefinition',
        'spec: {versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {spec: {x-kubernetes-preserve-unknown-fields: true, default: {any: 1}, items: {any: 1}}}}}}]}',
      ),
    ],
    [
      'what a cluster adds',
      deployment('paused: false') +
        'status: {replicas: 1, terminatingReplicas: 0, conditions: [{type: Available, lastUpdateTime: null}]}\n',
    ],
    [
      'managedFields',
      object('v1', 'ConfigMap').replace(
        '{name: a}',
        '{name: a, managedFields: [{manager: kubectl, fieldsV1: {"f:data": {}}}], selfLink: a}',
      ),
    ],
    ['what SOPS adds', object('v1', 'Secret', 'data: {a: b}\nsops: {mac: a}\n')],
    ['directives of Kustomize', deployment('', '', '$patch: delete')],
    ['lists and texts where maps belong', deployment('strategy: [RollingUpdate]', 'securityContext: none')],
    ['custom resources that nothing defines', object('example.com/v1', 'Shop', 'spec: {any: 1}')],
  ])('is not missed in %s', (_name, content) => {
    expect(found(content)).toEqual([]);
  });

  it('has a short name in the message, however long it is', () => {
    const [finding] = found(deployment(`${'a'.repeat(100_000)}: 1`));
    expect(finding.length).toBeLessThan(4000);
  });
});

describe('a custom resource', () => {
  const definition = (schema: string, versions = '') => `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  names: {kind: Shop, plural: shops}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: ${schema}}
    ${versions}
`;
  const SCHEMA =
    '{type: object, properties: {spec: {type: object, properties: {size: {type: integer}, rest: {type: object, additionalProperties: {type: object, properties: {a: {type: string}}}}, list: {type: array, items: {type: object, properties: {b: {type: string}}}}}}}}';
  const shop = (spec: string, apiVersion = 'example.com/v1') => object(apiVersion, 'Shop', `spec: ${spec}\n`);

  it.each([
    ['{size: 1}', []],
    ['{sise: 1}', ['4 spec.sise: its CustomResourceDefinition knows no field sise here; did you mean size?']],
    ['{rest: {any: {a: x}}}', []],
    [
      '{rest: {any: {size: 1}}}',
      ['4 spec.rest.any.size: its CustomResourceDefinition knows no field size here; it belongs in spec'],
    ],
    ['{list: [{b: x}, {c: x}]}', ['4 spec.list[1].c: its CustomResourceDefinition knows no field c here']],
    ['{list: none, rest: [], size: [1]}', []],
    ['{size: {a: b}}', ['4 spec.size.a: its CustomResourceDefinition knows no field a here']],
  ])('with spec %s', (spec, expected) => {
    expect(found(shop(spec) + definition(SCHEMA))).toEqual(expected);
  });

  it.each([
    ['{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {status: {type: object}}}'],
    ['{type: object, properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}}'],
    ['{type: object, properties: {spec: {type: object, additionalProperties: true}}}'],
    [
      '{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}}',
    ],
    ['nonsense'],
    ['{type: object, properties: {spec: nonsense}}'],
  ])('may have any field with the schema %s', (schema) => {
    expect(found(shop('{any: 1}') + definition(schema))).toEqual([]);
  });

  it('has the metadata of every object', () => {
    const wrong = shop('{size: 1}').replace('{name: a}', '{name: a, label: {}}');
    expect(found(wrong + definition(SCHEMA))).toEqual([
      '3 metadata.label: its CustomResourceDefinition knows no field label here; did you mean labels?',
    ]);
  });

  it('may contain an object', () => {
    const embedded =
      '{type: object, properties: {spec: {type: object, x-kubernetes-embedded-resource: true}}}';
    const spec = '{apiVersion: v1, kind: Pod, metadata: {name: b, labels: {any: x}}, other: 1}';
    expect(found(shop(spec) + definition(embedded))).toEqual([
      '4 spec.other: its CustomResourceDefinition knows no field other here',
    ]);
  });

  it.each([
    ['v1', []],
    [
      'v1beta1',
      [
        '1 apiVersion: its CustomResourceDefinition does not serve v1beta1; write example.com/v1 or example.com/v2',
      ],
    ],
    [
      'v1alpha1',
      [
        '1 apiVersion: its CustomResourceDefinition does not serve v1alpha1; write example.com/v1 or example.com/v2',
      ],
    ],
  ])('has to be of a version that is served: %s', (version, expected) => {
    const versions = '- {name: v1alpha1, served: false}\n    - {name: v2, served: true}';
    expect(found(shop('{}', `example.com/${version}`) + definition(SCHEMA, versions))).toEqual(expected);
  });
});

describe('a large object', () => {
  const large = (bytes: number, kind = 'ConfigMap', annotations = '{}') =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: {name: a, annotations: ${annotations}}\ndata: {a: ${'a'.repeat(bytes)}}\n`;

  it.each([
    [large(261_000), 0],
    [large(262_144), 1],
    [large(262_144, 'Secret'), 1],
    // Go writes <, > and & in six characters.
    [object('v1', 'ConfigMap', `data: {a: '${'<>&'.repeat(15_000)}'}`), 1],
    [large(200_000, 'ConfigMap', `{b: ${'b'.repeat(70_000)}}`), 1],
    [large(300_000, 'ConfigMap', '{argocd.argoproj.io/sync-options: "Prune=false,ServerSideApply=true"}'), 0],
    // What kubectl apply has kept is replaced by what it applies now.
    [
      large(
        200_000,
        'ConfigMap',
        `{kubectl.kubernetes.io/last-applied-configuration: ${'b'.repeat(40_000)}}`,
      ),
      0,
    ],
  ])('is found if its annotations get too large: case %#', (content, count) => {
    expect(found(content)).toHaveLength(count);
  });
});
