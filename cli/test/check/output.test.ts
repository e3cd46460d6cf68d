import { DOMParser, type Element } from '@xmldom/xmldom';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { mkdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { toGithubPieces, toGithubSummary } from '../../src/check/output/github.js';
import { toText } from '../../src/check/output/text.js';
import { check, checkToJson, checkToJunit, checkToSarif, parseManifests } from '../../src/index.js';
import { fc } from '../random.js';
import { ignoring, ruleManifest, useLab } from './lab.js';

const lab = useLab();

const schema = (path: string) =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<string, unknown>;

/** What in a value is not as its JSON Schema says. */
function errorsOf(path: string, value: unknown) {
  // SARIF's is written for draft 4, of which it uses nothing that later drafts changed but the name of its id.
  const { properties, required, definitions, $defs } = schema(path);
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: false,
    unicodeRegExp: false,
    logger: false,
  });
  ajv.validate({ properties, required, definitions, $defs }, value);
  return ajv.errors;
}
const sarifErrors = (value: unknown) => errorsOf('sarif/sarif-2.1.0-rtm.5.json', value);
const jsonErrors = (value: unknown) => errorsOf('../../schema/check.schema.json', value);

/** Findings, ignored ones, an unused ignore and a problem, in two files. */
function putEverything(): void {
  lab.put('dist/web.yaml', `${ruleManifest('state/recreate.fail')}---\nkind: [\n`);
  const api = ignoring('recreate.fail', 'recreate: one writer at a time\none-replica: was so');
  lab.put('dist/api.yaml', api.replaceAll(': web', ': api'));
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: Location }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: unknown;
}
interface Location {
  readonly artifactLocation: { readonly uri: string };
  readonly region: { readonly startLine: number };
}
interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: unknown;
  readonly results: readonly SarifResult[];
}

function readSarif(text: string): SarifRun {
  const log = JSON.parse(text) as { runs: [SarifRun] };
  expect(sarifErrors(log)).toBeNull();
  return log.runs[0];
}

/** The SARIF of a manifest in a file. */
const sarifOf = (file: string, content: string) =>
  readSarif(checkToSarif(check(parseManifests(file, content))));

describe('--json', () => {
  it('is as its schema says', async () => {
    putEverything();
    await lab.run('check', 'dist', '--json', 'out.json');
    expect(jsonErrors(lab.readJson('out.json'))).toBeNull();
    expect(lab.readJson('out.json')).toMatchObject({
      schemaVersion: 1,
      findings: [{ rule: 'recreate', file: 'dist/web.yaml', line: 11, path: 'spec.strategy.type' }],
      ignored: [{ rule: 'recreate', ignoredBecause: 'one writer at a time', ignoredBy: 'annotation' }],
      problems: [{ file: 'dist/web.yaml', line: 59 }],
      unusedIgnores: [{ file: 'dist/api.yaml', line: 6 }],
    });
  });

  it('has a schema that refuses another version, and a finding without a place', () => {
    const whole = JSON.parse(
      checkToJson(check(parseManifests('a.yaml', ruleManifest('state/recreate.fail')))),
    );
    expect(jsonErrors(whole)).toBeNull();
    expect(jsonErrors({ ...whole, schemaVersion: 2 })).not.toBeNull();
    expect(jsonErrors({ ...whole, findings: [{ ...whole.findings[0], line: 0 }] })).not.toBeNull();
  });

  it('has plans as its schema says, of rollouts and of Deployments that have none', async () => {
    lab.put('dist/web.yaml', ruleManifest('state/recreate.pass'));
    lab.put('dist/api.yaml', ruleManifest('state/recreate.fail').replaceAll(': web', ': api'));
    lab.put(
      'dist/none.yaml',
      ruleManifest('state/recreate.pass')
        .replaceAll(': web', ': none')
        .replace(/replicas: .*/, 'replicas: -1'),
    );
    await lab.run('check', 'dist', '--plan', '--startup', '1.5s', '--json', 'out.json');
    const result = lab.readJson('out.json') as { plans: Record<string, unknown>[] };
    expect(jsonErrors(result)).toBeNull();
    expect(
      result.plans.map(
        ({ rollout, cannot }) => (rollout as { strategy: string } | undefined)?.strategy ?? cannot,
      ),
    ).toEqual(['Recreate', '-1 pods: write a whole number from 0', 'RollingUpdate']);
    const { rollout, ...withoutRollout } = result.plans[0];
    expect(jsonErrors({ ...result, plans: [withoutRollout] })).not.toBeNull();
    expect(
      jsonErrors({
        ...result,
        plans: [{ ...withoutRollout, rollout: { ...(rollout as object), waves: undefined } }],
      }),
    ).not.toBeNull();
  });
});

describe('--sarif', () => {
  it('is valid SARIF 2.1.0 with places, levels, suppressions and notifications', async () => {
    putEverything();
    await lab.run('check', 'dist', '--sarif', 'out.sarif');
    const { tool, invocations, results } = readSarif(lab.read('out.sarif'));
    expect(results).toMatchObject([
      {
        ruleId: 'recreate',
        level: 'error',
        message: {
          text: 'Deployment web: the strategy is Recreate. All old pods are ended before the first new one starts. Instead: set strategy.type: RollingUpdate.',
        },
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'dist/web.yaml' }, region: { startLine: 11 } } },
        ],
      },
      {
        ruleId: 'recreate',
        suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'one writer at a time' }],
      },
    ]);
    expect(results[0].suppressions).toBeUndefined();
    expect(tool.driver.rules[results[0].ruleIndex]).toEqual({
      id: 'recreate',
      shortDescription: { text: 'All old pods are ended before the first new one starts.' },
      fullDescription: { text: 'All old pods are ended before the first new one starts.' },
      help: {
        text: 'All old pods are ended before the first new one starts. Instead: set strategy.type: RollingUpdate.',
        markdown:
          'All old pods are ended before the first new one starts.\n\n**Instead:** set strategy.type: RollingUpdate.\n\n[About this rule](https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#recreate)',
      },
      helpUri: 'https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#recreate',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['availability', 'kubernetes'] },
    });
    expect(invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: 'the indentation is wrong, or a bracket or quote is missing' },
            locations: [
              { physicalLocation: { artifactLocation: { uri: 'dist/web.yaml' }, region: { startLine: 59 } } },
            ],
          },
        ],
        toolConfigurationNotifications: [
          {
            level: 'note',
            message: { text: 'zero-downtime/ignore: one-replica finds nothing here; remove it' },
          },
        ],
      },
    ]);
  });

  it('is compared with a schema that refuses what is wrong', () => {
    const log = JSON.parse(
      checkToSarif(check(parseManifests('a.yaml', ruleManifest('state/recreate.fail')))),
    );
    expect(sarifErrors(log)).toBeNull();
    log.runs[0].results[0].level = 'info';
    expect(sarifErrors(log)).not.toBeNull();
  });

  it('recognises a finding when lines move and values change, and distinguishes it from others', () => {
    const fingerprints = (content: string) =>
      sarifOf('web.yaml', content).results.map(({ partialFingerprints }) => partialFingerprints);
    const before = ruleManifest('state/one-replica.fail');
    expect(fingerprints(`# one\n# two\n${before}`)).toEqual(fingerprints(before));
    expect(fingerprints(before.replaceAll(': web', ': api'))).not.toEqual(fingerprints(before));
    const all = fingerprints(
      ruleManifest('state/readiness-missing.fail') + ruleManifest('state/recreate.fail'),
    );
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length);
  });

  it.each([
    ['a folder beside', '../other/web.yaml', /^file:\/\/\/.*\/other\/web\.yaml$/],
    ['an absolute path', '/srv/web.yaml', /^file:\/\/\/srv\/web\.yaml$/],
    ['characters of URIs', 'a b/50%:x.yaml', /^a%20b\/50%25%3Ax\.yaml$/],
    ['standard input', 'stdin', /^stdin$/],
    ['a git revision', 'git:main:dist/web.yaml', /^dist\/web\.yaml$/],
  ])('names files as URIs: %s', (_name, file, uri) => {
    const [{ locations }] = sarifOf(file, ruleManifest('state/recreate.fail')).results;
    expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(uri);
  });

  it('names a file in the working directory by its relative path, however it was given', () => {
    const [{ locations }] = sarifOf(`${process.cwd()}/web.yaml`, ruleManifest('state/recreate.fail')).results;
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe('web.yaml');
  });
});

/** The testcases of JUnit XML: their name with what they hold. */
function readJunit(xml: string) {
  const problems: string[] = [];
  const document = new DOMParser({ onError: (_level, message) => problems.push(message) }).parseFromString(
    xml,
    'text/xml',
  );
  expect(problems).toEqual([]);
  const elements = (name: string) => Array.from(document.getElementsByTagName(name)) as Element[];
  return {
    suites: [...elements('testsuites'), ...elements('testsuite')].map((suite) =>
      ['name', 'tests', 'failures', 'errors', 'skipped'].map((name) => suite.getAttribute(name)).join(' '),
    ),
    cases: elements('testcase').map((one) => {
      const [inner] = Array.from(one.childNodes).filter(({ nodeType }) => nodeType === 1) as Element[];
      return {
        name: `${one.getAttribute('classname')} ${one.getAttribute('name')}`,
        ...(inner && { [inner.tagName]: inner.getAttribute('message'), text: inner.textContent }),
      };
    }),
  };
}

describe('--junit', () => {
  it('has a suite for each file, and a case for each object, broken rule, ignored rule and problem', async () => {
    putEverything();
    await lab.run('check', 'dist', '--junit', 'out.xml');
    expect(readJunit(lab.read('out.xml'))).toEqual({
      suites: ['zero-downtime check 7 1 1 1', 'dist/api.yaml 3 0 0 1', 'dist/web.yaml 4 1 1 0'],
      cases: [
        { name: 'dist/api.yaml Service api' },
        { name: 'dist/api.yaml PodDisruptionBudget api' },
        {
          name: 'dist/api.yaml Deployment api: recreate',
          skipped: 'ignored: one writer at a time',
          text: 'ignored: one writer at a time',
        },
        { name: 'dist/web.yaml Service web' },
        { name: 'dist/web.yaml PodDisruptionBudget web' },
        {
          name: 'dist/web.yaml Deployment web: recreate',
          failure: 'the strategy is Recreate',
          text: 'dist/web.yaml:11 the strategy is Recreate\nwhy: all old pods are ended before the first new one starts\nfix: set strategy.type: RollingUpdate',
        },
        {
          name: 'dist/web.yaml line 59 not checked',
          error: 'the indentation is wrong, or a bracket or quote is missing',
          text: 'the indentation is wrong, or a bracket or quote is missing',
        },
      ],
    });
  });

  it('is XML whatever is in a manifest, and has each name once', () => {
    const image = fc.array(
      fc.constantFrom('a', '<', '&', '"', ']]>', '\0', '\u001b', '\uFFFF', '\uD800', '😀', '\n'),
    );
    fc.assert(
      fc.property(image, (parts) => {
        const content = ruleManifest('state/mutable-image-tag.fail').replace(
          /image: .*/,
          `image: ${JSON.stringify(`${parts.join('')}:latest`)}`,
        );
        const manifests = parseManifests('web.yaml', content);
        const { cases } = readJunit(checkToJunit(check(manifests), manifests.objects));
        const names = cases.map(({ name }) => name);
        expect(names).toContain('web.yaml Deployment web: mutable-image-tag');
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('--output github', () => {
  it('prints an annotation for each finding and each problem, and adds a table to the summary of the step', async () => {
    putEverything();
    lab.put('summary.md', 'of an earlier step\n');
    vi.stubEnv('GITHUB_STEP_SUMMARY', 'summary.md');
    const { status, stdout, stderr } = await lab.run('check', 'dist', '--output', 'github');
    vi.unstubAllEnvs();
    expect(status).toBe(1);
    expect(stdout.trimEnd().split('\n')).toEqual([
      '::error file=dist/web.yaml,line=11,title=recreate::Deployment web: the strategy is Recreate' +
        '%0Awhy: all old pods are ended before the first new one starts%0Afix: set strategy.type: RollingUpdate' +
        '%0Asee: https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#recreate',
      '::error file=dist/web.yaml,line=59,title=not checked::the indentation is wrong, or a bracket or quote is missing',
    ]);
    expect(stderr).toMatch(/^dist\/api.yaml:\d+ info /);
    expect(lab.read('summary.md')).toBe(`of an earlier step
### zero-downtime check: 1 finding in 6 objects

| severity | rule | object | what | where |
| --- | --- | --- | --- | --- |
| error | [recreate](https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#recreate) | Deployment web | the strategy is Recreate | dist/web.yaml:11 |
| error | not checked | | the indentation is wrong, or a bracket or quote is missing | dist/web.yaml:59 |

`);
  });

  it('says that nothing was found, and needs no summary', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.pass'));
    expect(await lab.run('check', 'web.yaml', '--output', 'github')).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('says when the summary cannot be written', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.pass'));
    vi.stubEnv('GITHUB_STEP_SUMMARY', 'none/summary.md');
    const { status, stderr } = await lab.run('check', 'web.yaml', '--output', 'github');
    vi.unstubAllEnvs();
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        'zero-downtime: GITHUB_STEP_SUMMARY: the file cannot be written (ENOENT); run it in a step of a workflow\n',
    });
  });

  it('lets no name of others be a command, a property or markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const name = `${text}%0A::set-env name=x::y|[a](b)<script>@octocat\n::stop-commands::x`;
        const result = {
          objects: 1,
          findings: [],
          ignored: [],
          problems: [{ file: name, line: 1, message: name }],
          notApplied: [],
          unusedIgnores: [],
        };
        const lines = [...toGithubPieces(result)].join('').split(/[\r\n]/);
        expect(lines).toHaveLength(2);
        expect(lines[0].split('::')[1]).toMatch(/^error file=[^:,]*,line=1,title=not checked$/);
        const [, , row] = toGithubSummary(result).split('\n').slice(2);
        expect(row).not.toMatch(/<|(?<!\\)\[|@\w/);
        expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
      }),
    );
  });
});

describe('outputs', () => {
  it('may be several in one run', async () => {
    putEverything();
    const args = ['--json', 'a.json', '--sarif', 'a.sarif', '--junit', 'a.xml'];
    const { status, stdout } = await lab.run('check', 'dist', ...args);
    expect({ status, lastLine: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      status: 1,
      lastLine: '1 finding in 6 objects, 1 ignored, 1 not checked',
    });
    expect(jsonErrors(lab.readJson('a.json'))).toBeNull();
    expect(readSarif(lab.read('a.sarif')).results).toHaveLength(2);
    expect(readJunit(lab.read('a.xml')).cases).toHaveLength(7);
  });

  it('take the place of the text on standard output', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    const { status, stdout, stderr } = await lab.run('check', 'web.yaml', '--json', '-');
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ rule: 'recreate' }] });
  });

  it.each([
    [['--json', '-', '--sarif', '-'], '--sarif: got "-", which --json writes to; write another'],
    [['--sarif', 'out', '--junit', 'out'], '--junit: got "out", which --sarif writes to; write another'],
    [['--sarif', 'out', '--junit', './out'], '--junit: got "./out", which --sarif writes to; write another'],
    [['--junit', 'folder'], '--junit: got the folder "folder"; write a file'],
    [['--json', ''], '--json: got ""; write FILE, or leave it out'],
    [['--json', './none.yaml'], '--json: got "./none.yaml", which is read; write another file'],
    [['--against', 'old', '--json', 'old'], '--json: got "old", which is read; write another file'],
  ])('refuses %j before anything is read', async (args, message) => {
    mkdirSync('folder');
    expect(await lab.run('check', 'none.yaml', ...args)).toEqual({
      status: 1,
      stdout: '',
      stderr: `zero-downtime: ${message}\n`,
    });
  });

  it('that cannot be written after all are named in one line, and leave nothing', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    const { status, stdout, stderr } = await lab.run('check', 'web.yaml', '--json', '/proc/out.json');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'zero-downtime: "/proc/out.json" cannot be written (ENOENT)\n',
    });
    expect(stdout).toContain('error recreate');
  });

  it('have colour only when they are asked for it', () => {
    const result = check(parseManifests('web.yaml', ruleManifest('state/recreate.fail')));
    expect(toText(result)).toContain('  web.yaml:11 error recreate');
    expect(toText(result, true)).toContain('  web.yaml:11 \u001b[31merror\u001b[39m recreate');
  });
});

describe('zero-downtime rules', () => {
  it('lists them as JSON', async () => {
    const { stdout } = await lab.run('rules', '--json', '-');
    const { schemaVersion, rules } = JSON.parse(stdout) as { schemaVersion: number; rules: { id: string }[] };
    expect(schemaVersion).toBe(1);
    expect(rules.find(({ id }) => id === 'selector-immutable')).toMatchObject({
      about: 'upgrade',
      severity: 'error',
    });
  });
});
