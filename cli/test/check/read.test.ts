import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { title } from '../../src/check/read/object.js';
import { parse } from '../../src/check/read/parse.js';
import { readManifests } from '../../src/check/read/read.js';
import { Room } from '../../src/check/read/room.js';

const configMap = (name: string, data = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${data}`;

/** Where objects were found, and what could not be read, each as a line. */
function read(content: string) {
  const { objects, problems } = parse('a.yaml', content);
  return {
    objects: objects.map((object) => `${object.document} ${object.line} ${title(object)}`),
    problems: problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

describe('parse', () => {
  it('finds every object with its document and line', () => {
    const content = `# first\n---\n${configMap('one')}---\n---\n${configMap('two').replace('metadata:\n', 'metadata:\n  namespace: shop\n')}`;
    expect(read(content)).toEqual({ objects: ['1 3 ConfigMap one', '3 9 ConfigMap shop/two'], problems: [] });
  });

  it('finds the objects of a List, also in JSON', () => {
    const item = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    const list = { apiVersion: 'v1', kind: 'List', items: [item('one'), { kind: 'Service' }, item('two')] };
    expect(read(JSON.stringify(list, undefined, 1))).toEqual({
      objects: ['1 5 ConfigMap one', '1 15 ConfigMap two'],
      problems: ['a.yaml:12 this is no Kubernetes object; apiVersion or kind is missing'],
    });
  });

  it('knows the line of each field, or of what is around it', () => {
    const [object] = parse('a.yaml', configMap('one', 'data:\n  list:\n    - a: 1\n    - b: 2\n')).objects;
    expect(object.lineOf(['data', 'list'])).toBe(6);
    expect(object.lineOf(['data', 'list', 1, 'b'])).toBe(8);
    expect(object.lineOf(['data', 'list', 7])).toBe(6);
    expect(object.lineOf(['data', 'missing', 'field'])).toBe(5);
    expect(object.lineOf(['missing'])).toBe(1);
  });

  it('follows aliases and merge keys', () => {
    const [object] = parse(
      'a.yaml',
      configMap('one', 'data: &d\n  x: 1\nmore:\n  <<: *d\nsame: *d\n'),
    ).objects;
    expect(object.body).toMatchObject({ more: { x: 1 }, same: { x: 1 } });
    expect(object.lineOf(['same', 'x'])).toBe(6);
  });

  it.each([
    [
      'a bracket that does not close',
      'a: [1',
      ':3 the indentation is wrong, or a bracket or quote is missing',
    ],
    ['a quote that does not close', 'a: "1', ':3 the indentation is wrong, or a bracket or quote is missing'],
    [
      'wrong indentation',
      'a: 1\n   b: 2',
      ':3 the indentation is wrong, or a value with a colon has no quotes',
    ],
    ['a tab', 'a:\n\tb: 1', ':3 a tab indents this line; write spaces'],
    ['a list', '- a', ':2 this is no Kubernetes object; write one with apiVersion, kind and metadata'],
    ['other YAML', 'replicas: 2', ':2 this is no Kubernetes object; apiVersion or kind is missing'],
    [
      'a kind that is misspelt',
      'apiVersion: apps/v1\nkind: Deploymnet\nmetadata: {name: a}',
      ':2 apps/v1 has no kind Deploymnet; correct apiVersion or kind',
    ],
    [
      'a version that never was',
      'apiVersion: v2\nkind: Service\nmetadata: {name: a}',
      ':2 v2 is not known here; write v1',
    ],
    ['an object without name', 'apiVersion: v1\nkind: Service', ':2 this Service has no metadata.name'],
    [
      'a template',
      '{{- if .Values.web }}\napiVersion: v1\n{{- end }}',
      ':2 this is a template; render it first, for instance with helm template',
    ],
    [
      'a template in a value',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}',
      ':5 this is a template; render it first, for instance with helm template',
    ],
    [
      'a template in quotes',
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: '{{ .name }}'",
      ':5 this is a template; render it first, for instance with helm template',
    ],
    [
      'a template in quotes, in a field that Kubernetes reads',
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: '{{ .n }}'",
      ':6 this is a template; render it first, for instance with helm template',
    ],
    [
      'a variable of a shell',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - image: web:${TAG}',
      ':7 this has a variable in it; fill it in first, for instance with envsubst',
    ],
    [
      'a list of templates, which has no place',
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels: {{ toYaml .labels }}\n  name: a',
      ':5 this is a template; render it first, for instance with helm template',
    ],
    [
      'something wrong far from braces',
      "apiVersion: v1\nmetadata: '{{ .name }}'\nkind: Service\n\nspec: [",
      ':7 the indentation is wrong, or a bracket or quote is missing',
    ],
    [
      'a kind that Ingress is not',
      'apiVersion: networking.k8s.io/v1\nkind: Ingres\nmetadata: {name: a}',
      ':2 networking.k8s.io/v1 has no kind Ingres; correct apiVersion or kind',
    ],
    [
      'an Ingress of a version that is served no more',
      'apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: a}',
      ':2 Ingress of networking.k8s.io/v1beta1 is not served by Kubernetes 1.22 or newer; write networking.k8s.io/v1',
    ],
    [
      'an alias of itself',
      'a: &a [*a, *a]',
      ':2 the aliases of this document repeat too much, or without end',
    ],
    ['an alias of nothing', 'a: *b', ':2 an alias names an anchor that does not exist'],
    ['an alias bomb', bomb(), ':2 the aliases of this document repeat too much, or without end'],
  ])('goes on after %s', (_name, content, problem) => {
    expect(read(`---\n${content}\n---\n${configMap('one')}`)).toEqual({
      objects: [expect.stringMatching(/ ConfigMap one$/)],
      problems: [`a.yaml${problem}`],
    });
  });

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['maps in brackets', '{a: '.repeat(100_000)],
    ['lists in a line', '- '.repeat(5_000) + 'a'],
  ])('gives up on %s without end', (_name, content) => {
    expect(parse('a.yaml', content).problems).toEqual([
      expect.objectContaining({
        line: 1,
        message: expect.stringMatching(/^this is nested more than 100 deep/),
      }),
    ]);
  });

  it('reads brackets and quotes that go on below the name of their field, as kubectl does', () => {
    const data =
      'data:\n  a: [\n    1,\n  ]\n  b: {\n    c: 2,\n  }\n  d: [[\n    3\n]]\ne: ["4\n5",\n6]\nf: 7\n';
    const [object] = parse('a.yaml', configMap('one', data)).objects;
    expect(object.body).toMatchObject({ data: { a: [1], b: { c: 2 }, d: [[3]] }, e: ['4 5', 6], f: 7 });
    expect(object.lineOf(['f'])).toBe(18);
  });

  it.each<[string, string, string]>([
    ['policy/v1beta1', 'PodSecurityPolicy', 'remove it'],
    ['policy/v1beta1', 'PodDisruptionBudget', 'write policy/v1'],
    ['rbac.authorization.k8s.io/v1beta1', 'Role', 'write rbac.authorization.k8s.io/v1'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 'write apiextensions.k8s.io/v1'],
    ['storage.k8s.io/v1beta1', 'StorageClass', 'write storage.k8s.io/v1'],
  ])('says what to do about %s %s, which is served no more', (apiVersion, kind, todo) => {
    const { objects, problems } = read(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}`);
    expect(objects).toEqual([`1 1 ${kind} a`]);
    expect(problems).toEqual([expect.stringContaining(`; ${todo}`)]);
  });

  it.each([
    ['storage.k8s.io/v1beta1', 'VolumeAttributesClass'],
    ['admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy'],
    ['constructor/v1', 'toString'],
  ])('takes %s %s as it is', (apiVersion, kind) => {
    expect(read(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: __proto__}`)).toEqual({
      objects: [`1 1 ${kind} __proto__`],
      problems: [],
    });
  });

  it('takes an object whose name the API server completes for another one each time', () => {
    const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: migrate-}\n';
    expect(read(`${job}---\n${job}`)).toEqual({
      objects: ['1 1 Job migrate-', '2 5 Job migrate-'],
      problems: [],
    });
  });

  it('takes an old version for the one to write, so that what refers to it is judged right', () => {
    expect(read('apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: a}')).toEqual({
      objects: ['1 1 Deployment a'],
      problems: ['a.yaml:1 apps/v1beta1 is not known here; write apps/v1'],
    });
  });

  it.each([
    ['a ConfigMap', configMap('one', "data:\n  a: 'load is {{ $value }}'\n")],
    ['an annotation', configMap('one', "  annotations: {vault: '{{ .Data }}'}\n")],
    [
      'a command and a variable of a container',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec:\n  containers:\n  - command: [sh, -c, "echo ${HOME}"]\n    args: ["{{.Name}}"]\n    env: [{name: A, value: "${B}"}]\n',
    ],
    [
      'a kind of others',
      "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: one}\nspec: {a: '{{inputs.a}}'}",
    ],
  ])('reads what looks like a template but is text in %s', (_where, content) => {
    expect(read(content)).toEqual({ objects: [expect.stringMatching(/ one$/)], problems: [] });
  });

  it('ends whatever the text is', () => {
    const yaml = fc.stringMatching(/^([a-z]|[ \n:&*[\]{}'"|>!%#,-])*$/);
    fc.assert(
      fc.property(fc.oneof(yaml, fc.string(), fc.json()), (content) => {
        expect(check(parse('a.yaml', content)).findings).toEqual([]);
      }),
    );
  });

  it('does not fail on objects with values of any type', () => {
    const kinds = fc.constantFrom(
      'apps/v1 Deployment',
      'apps/v1 StatefulSet',
      'apps/v1 DaemonSet',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
      'autoscaling/v2 HorizontalPodAutoscaler',
      'networking.k8s.io/v1 Ingress',
      'v1 Secret',
    );
    const name = fc.constantFrom(
      ...[
        'selector',
        'matchLabels',
        'template',
        'metadata',
        'labels',
        'spec',
        'containers',
        'ports',
        'rules',
        'app',
      ],
      ...[
        'readinessProbe',
        'replicas',
        'maxUnavailable',
        'strategy',
        'volumes',
        'env',
        'scaleTargetRef',
        'image',
      ],
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 8 },
        fc.constantFrom(null, 0, -1, 1.5, '', 'app', '25%', true),
        fc.dictionary(name, tie('tree')),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    const object = fc.tuple(kinds, fc.dictionary(name, tree)).map(([kind, body]) => ({
      ...body,
      apiVersion: kind.split(' ')[0],
      kind: kind.split(' ')[1],
      metadata: { name: 'app', annotations: body.spec },
    }));
    fc.assert(
      fc.property(fc.array(object), fc.array(object), (after, before) => {
        const list = (items: unknown) => parse('a.yaml', JSON.stringify({ kind: 'List', items }));
        expect(check(list(after), list(before)).objects).toBe(after.length);
      }),
    );
  });
});

describe('what kubectl takes', () => {
  const body = (content: string) => parse('a.yaml', content).objects[0]?.body;

  it('is read of several JSON documents in a row', () => {
    const json = (name: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    expect(read(`${json('one')}\n${json('two')} ${json('three')}`)).toEqual({
      objects: ['1 1 ConfigMap one', '2 2 ConfigMap two', '3 2 ConfigMap three'],
      problems: [],
    });
    expect(read(`${json('one')}\n---\n${configMap('two')}---\n${json('three')}\n`).objects).toEqual([
      '1 1 ConfigMap one',
      '2 3 ConfigMap two',
      '3 8 ConfigMap three',
    ]);
  });

  it('is refused where kubectl reads only the first of several documents', () => {
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } });
    expect(read(`---\n${json}\n${json}\n`).problems).toEqual([
      'a.yaml:3 a second document starts here; write --- before it',
    ]);
  });

  it('is the last of two equal keys', () => {
    expect(body(configMap('one', 'data: {a: "1"}\ndata: {a: "2"}\n'))).toMatchObject({ data: { a: '2' } });
    const [object] = parse('a.yaml', configMap('one', 'data:\n  a: "1"\n  a: "2"\n')).objects;
    expect(object.lineOf(['data', 'a'])).toBe(7);
  });

  it('knows the line of a field whose name is a number', () => {
    const [object] = parse('a.yaml', configMap('one', 'data:\n  x: "1"\n  0x10: "2"\n')).objects;
    expect(object.body).toMatchObject({ data: { 16: '2' } });
    expect(object.lineOf(['data', '16'])).toBe(7);
  });

  it.each(['utf-8', 'utf-16le'] as const)('is %s with a byte order mark', (encoding) => {
    const bytes = Buffer.from(
      `\ufeff${configMap('one', 'data: {a: ü}\n')}`,
      encoding === 'utf-8' ? 'utf8' : 'utf16le',
    );
    expect(parse('a.yaml', bytes).objects[0].body).toMatchObject({ data: { a: 'ü' } });
  });

  it.each(['--- {}', '---x', '----', '--- apiVersion: v1'])(
    'is no text in the line that separates: %s',
    (line) => {
      const { objects, problems } = parse(
        'a.yaml',
        `${configMap('one')}${line}\n${configMap('two')}---\n${configMap('three')}`,
      );
      expect(objects.map(({ name }) => name)).toEqual(['one', 'three']);
      expect(problems).toEqual([
        {
          file: 'a.yaml',
          line: 5,
          message: 'kubectl takes nothing but a comment after ---; write it in the next line',
        },
      ]);
    },
  );

  it('is no number that JSON does not have', () => {
    expect(read(configMap('one', 'data: {a: .inf}\n')).problems).toEqual([
      'a.yaml:1 JSON, which is what Kubernetes takes, has no such number',
    ]);
  });
});

describe('large files', () => {
  const service = (index: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: s${index}}\nspec:\n  ports:\n  # ${'x'.repeat(1000)}\n  - port: ${index}\n`;
  const count = 4000;
  const lineOfLast = (objects: ReturnType<typeof parse>['objects']) =>
    objects[count - 1].lineOf(['spec', 'ports', 0, 'port']);

  it('may be a List in YAML, as kubectl get prints it', () => {
    for (const indent of ['', '  ']) {
      const items = Array.from({ length: count }, (_, index) =>
        service(index)
          .split('\n')
          .slice(0, -1)
          .map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}\n`)
          .join(''),
      );
      const { objects, problems } = parse(
        'a.yaml',
        `---\napiVersion: v1\nitems:\n${items.join('')}kind: List\nmetadata: {}\n`,
      );
      expect({ count: objects.length, problems }).toEqual({ count, problems: [] });
      expect(objects[count - 1]).toMatchObject({ name: `s${count - 1}`, line: 4 + 7 * (count - 1) });
      expect(lineOfLast(objects)).toBe(4 + 7 * (count - 1) + 6);
    }
  });

  it('may be a List in JSON', () => {
    const item = (index: number) =>
      JSON.stringify(
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: `s${index}`, annotations: { '"\\': '{['.repeat(400) } },
          spec: { ports: [{ port: index }] },
        },
        undefined,
        1,
      );
    const items = Array.from({ length: count }, (_, index) => item(index));
    const { objects, problems } = parse(
      'a.json',
      `{"kind": "List",\n"items": [\n${items.join(',\n')}\n], "apiVersion": "v1"}`,
    );
    expect({ count: objects.length, problems }).toEqual({ count, problems: [] });
    const lines = item(0).split('\n').length;
    expect(objects[count - 1].line).toBe(3 + lines * (count - 1));
    expect(lineOfLast(objects)).toBe(
      3 +
        lines * (count - 1) +
        item(0)
          .split('\n')
          .findIndex((line) => line.includes('port"')),
    );
  });

  it.each([
    [
      'an object that no API server takes',
      configMap('big', `data: {a: ${'x'.repeat(3 * 1024 * 1024)}}\n`),
      'this object is larger than 3 MB, which no API server takes; write --- between objects',
    ],
    [
      'more values than are worth to be read',
      configMap('big', `data: {a: [${'1,'.repeat(300_000)}]}\n`),
      'this object has too many values to be read',
    ],
    [
      'the same in JSON',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'big' },
        data: Array(300_000).fill(1),
      }),
      'this object has too many values to be read',
    ],
  ])('may have no %s', (_what, content, message) => {
    const { objects, problems } = parse('a.yaml', `${content}\n---\n${configMap('one')}`);
    expect({ names: objects.map(({ name }) => name), problems }).toEqual({
      names: ['one'],
      problems: [{ file: 'a.yaml', line: 1, message }],
    });
  });

  it('have no more problems together than anybody reads', () => {
    const room = new Room();
    const content = 'a: 1\n---\n'.repeat(6000);
    expect(parse('a.yaml', content, room).problems).toHaveLength(6000);
    const { problems } = parse('b.yaml', content, room);
    expect(problems).toHaveLength(4001);
    expect(problems[4000]).toMatchObject({ message: expect.stringMatching(/^there are 10000 problems/) });
  });

  it('are not each named when they are all of one name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'same-'));
    try {
      const all = Array.from({ length: 10_010 }, (_, n) => configMap('one', `data: {n: '${n}'}\n`));
      writeFileSync(join(folder, 'a.yaml'), all.join('---\n'));
      const { objects, problems } = await readManifests([folder]);
      expect([objects.length, problems.length]).toEqual([1, 10_000]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('have no more problems than anybody reads', () => {
    const { problems } = parse('a.yaml', 'a: 1\n---\n'.repeat(100_000));
    expect(problems).toHaveLength(10_001);
    expect(problems[10_000]).toMatchObject({
      line: 20_001,
      message: expect.stringMatching(/^there are 10000 problems/),
    });
  });
});

describe('what could not be read', () => {
  const service = (name: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${name}}, ports: [{port: 80}]}\n`;
  const removed = (next: string) =>
    check(parse('new.yaml', next), parse('old.yaml', `${service('a')}---\n${service('b')}`)).findings.map(
      ({ rule }) => rule,
    );

  it('may have what seems to be removed', () => {
    expect(removed(service('a'))).toContain('object-removed');
    for (const unread of [
      'a: [',
      '{{ toYaml . }}',
      service('${NAME}'),
      'kind: Service',
      `--- ${service('b')}`,
      'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1',
    ]) {
      expect(removed(`${service('a')}---\n${unread}`)).not.toContain('object-removed');
    }
  });
});

describe('Secrets', () => {
  const secret = (value: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\nstringData:\n  password: ${value}\n`;

  it('are read without their values', () => {
    expect(JSON.stringify(parse('a.yaml', secret('hunter2')).objects)).not.toContain('hunter2');
  });

  it('can be compared', () => {
    const body = (value: string) => parse('a.yaml', secret(value)).objects[0].body;
    expect(body('hunter2')).toEqual(body('hunter2'));
    expect(body('hunter2')).not.toEqual(body('hunter3'));
  });

  it.each(['"hunter2', '*hunter2', 'hunter2: hunter2', '[hunter2'])(
    'are not in the problem of %s',
    (value) => {
      const { problems } = parse('a.yaml', secret(value));
      expect(problems).toHaveLength(1);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    },
  );
});

describe('readManifests', () => {
  let folder: string;
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads a folder with the folders in it', async () => {
    mkdirSync(join(folder, 'inner'));
    put('b.yml', configMap('two'));
    put('inner/a.json', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"three"}}');
    put('a.yaml', configMap('one'));
    put('notes.txt', 'no manifest');
    const { objects, problems } = await readManifests([folder]);
    expect(objects.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
    expect(problems).toEqual([]);
  });

  it('names what it cannot read, and reads the rest', async () => {
    put('a.yaml', configMap('one'));
    mkdirSync(join(folder, 'empty'));
    const [missing, empty] = [join(folder, 'b.yaml'), join(folder, 'empty')];
    const { objects, problems } = await readManifests([missing, empty, join(folder, 'a.yaml')]);
    expect(objects).toHaveLength(1);
    expect(problems).toEqual([
      { file: missing, message: 'no such file or folder' },
      { file: empty, message: 'no file ends with .yaml, .yml, .json' },
    ]);
  });

  it('is a problem when there is nothing to check', async () => {
    put('empty.yaml', '');
    put('comments.yaml', '# nothing\n---\n');
    put('list.yaml', 'apiVersion: v1\nkind: List\nitems: []\n');
    const why = 'there is no object in it';
    const files = ['comments.yaml', 'empty.yaml', 'list.yaml'].map((name) => join(folder, name));
    expect((await readManifests(files)).problems).toEqual(files.map((file) => ({ file, message: why })));
    expect((await readManifests([folder])).problems).toEqual([{ file: folder, message: why }]);
    put('a.yaml', configMap('one'));
    expect((await readManifests([folder])).problems).toEqual([]);
  });

  it('reads a file once, however its path is written', async () => {
    put('a.yaml', configMap('one'));
    const { objects, problems } = await readManifests([
      folder,
      join(folder, 'a.yaml'),
      join(folder, './x/../a.yaml'),
    ]);
    expect({ objects: objects.length, problems }).toEqual({ objects: 1, problems: [] });
  });

  it('names an object that is there twice, unless both are the same', async () => {
    put('a.yaml', configMap('one'));
    put('b.yaml', `---\n${configMap('one', 'data: {a: b}\n')}`);
    put('c.yaml', `# the same\n${configMap('one')}`);
    expect((await readManifests([folder])).problems).toEqual([
      {
        file: join(folder, 'b.yaml'),
        line: 2,
        message: `ConfigMap one is already in ${join(folder, 'a.yaml')}:1; this one is not checked`,
      },
    ]);
  });
});

/** Each line repeats the one before it ten times. */
function bomb(): string {
  const lines = Array.from(
    { length: 8 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
  );
  return ['a0: &a0 [1]', ...lines].join('\n');
}
