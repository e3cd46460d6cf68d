import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ValidationContext } from 'cdk8s-cli/plugins';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { validate } from '../../src/cdk8s/validate.js';
import { UsageError } from '../../src/shared/errors.js';
import { ignoring } from '../check/lab.js';

const rules = fileURLToPath(new URL('../../src/check/rules/state', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const rule = (name: string) => readFileSync(join(rules, `${name}.yaml`), 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validation-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Writes manifests, and the file in which cdk8s keeps the construct paths; gives what cdk8s-cli would of them. */
function contextOf(manifests: Record<string, string>, paths: Record<string, string> = {}): ValidationContext {
  const metadata = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, { path }]));
  for (const [file, content] of Object.entries(manifests)) {
    writeFileSync(join(folder, file), content);
  }
  writeFileSync(
    join(folder, 'construct-metadata.json'),
    JSON.stringify({ version: '1.0.0', resources: metadata }),
  );
  const files = Object.keys(manifests).map((file) => join(folder, file));
  return new ValidationContext(files, 'zero-downtime', '0.1.0', metadata);
}

/** The report of the plugin, with file names for paths. */
async function report(context: ValidationContext, properties: unknown = {}) {
  await validate(properties, context);
  const { summary, violations } = context.report.toJson();
  return {
    status: summary.status,
    ...summary.metadata,
    violations: violations.map(({ violatingConstructs, ...violation }) => ({
      ...violation,
      violatingConstructs: violatingConstructs.map(({ manifestPath, locations, ...construct }) => ({
        ...construct,
        manifestPath: manifestPath.replace(`${folder}/`, ''),
        locations: locations.map((location) => location.replaceAll(`${folder}/`, '')),
      })),
    })),
  };
}

const locations = ({ violations }: Awaited<ReturnType<typeof report>>) =>
  violations.flatMap(({ violatingConstructs }) => violatingConstructs.flatMap((one) => one.locations));

const named = (name: string, manifest: string) => manifest.replaceAll(/(name|app): web\n/g, `$1: ${name}\n`);

describe('ZeroDowntimeValidation', () => {
  it('passes when nothing is found', async () => {
    expect(await report(contextOf({ 'web.yaml': rule('recreate.pass') }))).toEqual({
      status: 'success',
      Objects: '3',
      Findings: '0',
      Ignored: '0',
      'Not checked': '0',
      violations: [],
    });
  });

  it('fails with the rule, why, what to do, the construct, the file and the line', async () => {
    const deployment = rule('recreate.fail').replace('name: web\n', 'name: web-deployment\n');
    const context = contextOf({ 'web.yaml': deployment }, { 'web-deployment': 'shop/web', web: 'shop/pdb' });
    expect(await report(context)).toEqual({
      status: 'failure',
      Objects: '3',
      Findings: '1',
      Ignored: '0',
      'Not checked': '0',
      violations: [
        {
          ruleName: 'recreate',
          recommendation: 'error: all old pods are ended before the first new one starts',
          fix: 'set strategy.type: RollingUpdate; see https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#recreate',
          violatingConstructs: [
            {
              resourceName: 'web-deployment',
              constructPath: 'shop/web',
              manifestPath: 'web.yaml',
              locations: ['line 11, Deployment web-deployment: the strategy is Recreate'],
            },
          ],
        },
      ],
    });
  });

  it('has one violation for a rule, with all objects that break it', async () => {
    const fail = rule('recreate.fail');
    const { violations } = await report(
      contextOf({ 'b.yaml': named('b', fail), 'a.yaml': named('a', fail) }),
    );
    expect(violations).toMatchObject([
      {
        ruleName: 'recreate',
        violatingConstructs: [{ manifestPath: 'a.yaml' }, { manifestPath: 'b.yaml' }],
      },
    ]);
  });

  it('takes the files for one state: a Service in one selects pods in another', async () => {
    const [deployment, ...others] = rule('recreate.fail').split('---\n');
    const files = { 'a.yaml': deployment, 'b.yaml': others.join('---\n') };
    expect(await report(contextOf(files))).toMatchObject({ Findings: '1' });
    expect(await report(contextOf(files), { fileByFile: true })).toMatchObject({ Findings: '0' });
  });

  it('finds what has at least the severity that is asked for', async () => {
    const context = () => contextOf({ 'web.yaml': rule('one-replica.fail') });
    expect((await report(context())).status).toBe('failure');
    expect((await report(context(), { severity: 'warning' })).status).toBe('failure');
    expect(await report(context(), { severity: 'error' })).toMatchObject({
      status: 'success',
      violations: [],
    });
  });

  it('counts what objects ignore', async () => {
    const ignoring = rule('recreate.fail').replace(
      'name: web\n',
      "name: web\n  annotations:\n    zero-downtime/ignore: 'recreate: one writer at a time'\n",
    );
    expect(await report(contextOf({ 'web.yaml': ignoring }))).toMatchObject({
      status: 'success',
      Ignored: '1',
    });
  });

  it('fails on what could not be checked, and checks the rest', async () => {
    const { violations, ...summary } = await report(
      contextOf({ 'a.yaml': 'kind: [\n', 'web.yaml': rule('recreate.fail') }),
    );
    expect(summary).toMatchObject({ status: 'failure', Findings: '1', 'Not checked': '1' });
    expect(violations.at(-1)).toEqual({
      ruleName: 'not-checked',
      recommendation: 'error: what could not be checked may drop requests',
      fix: 'correct what the locations name; if the files are versions of the same objects, set fileByFile: true',
      violatingConstructs: [
        {
          resourceName: 'N/A',
          constructPath: undefined,
          manifestPath: 'a.yaml',
          locations: ['line 2: the indentation is wrong, or a bracket or quote is missing'],
        },
      ],
    });
  });

  it('takes versions of the same objects file by file, and fails on them otherwise', async () => {
    const next = rule('recreate.pass').replace('web:1.4.2', 'web:1.4.3');
    const versions = () => contextOf({ 'v1.yaml': rule('recreate.pass'), 'v2.yaml': next });
    expect(await report(versions(), { fileByFile: true })).toMatchObject({ status: 'success', Objects: '6' });
    const together = await report(versions());
    expect(together).toMatchObject({ status: 'failure', 'Not checked': '1' });
    expect(locations(together)[0]).toBe(
      'line 1: Deployment web is already in v1.yaml:1; this one is not checked',
    );
  });

  it('shows no control characters of a manifest', async () => {
    const manifest = rule('mutable-image-tag.fail').replace(/image: .*/, 'image: "a\\e[2Jb\\nc"');
    expect(locations(await report(contextOf({ 'web.yaml': manifest })))[0]).toContain('the image a [2Jb c');
  });

  it.each([
    ['high', 'properties: got "high"; write severity, config or fileByFile below it'],
    [{ severity: 'high' }, 'severity: got "high"; write error, warning, info'],
    [{ severity: null }, 'severity: got null; write error, warning, info'],
    [{ config: ['a'] }, 'config: got ["a"]; write the name of a file'],
    [{ config: '' }, 'config: got ""; write the name of a file'],
    [{ fileByFile: 'yes' }, 'fileByFile: got "yes"; write true or false'],
    [{ severty: 'error' }, 'there is no property severty; write severity, config or fileByFile'],
  ])('refuses the properties %j', async (properties, message) => {
    const context = contextOf({ 'web.yaml': rule('recreate.pass') });
    await expect(validate(properties, context)).rejects.toThrow(
      new UsageError(`ZeroDowntimeValidation: ${message}`),
    );
  });
});

describe('the configuration', () => {
  /** Writes a configuration, and gives the properties that name it. */
  const configured = (content: string, others: object = {}) => {
    const config = join(folder, 'config');
    writeFileSync(config, content);
    return { config, ...others };
  };
  const ignore = `ignore: [{ kind: Deployment, rule: recreate, reason: one writer at a time }]\n`;
  const versions = () => contextOf({ 'v1.yaml': rule('recreate.fail'), 'v2.yaml': rule('recreate.pass') });

  /** What the plugin writes on standard error. */
  const notesOf = async (validation: () => Promise<void>) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await validation();
    return write.mock.calls.map(([text]) => String(text).replaceAll(`${folder}/`, '')).join('');
  };

  it('turns rules off, and ignores findings in objects', async () => {
    const off = 'rules: { recreate: { severity: off, reason: one writer at a time } }\n';
    const context = () => contextOf({ 'web.yaml': rule('recreate.fail') });
    expect(await report(context(), configured(off))).toMatchObject({ status: 'success', Ignored: '0' });
    expect(await report(context(), configured(ignore))).toMatchObject({ status: 'success', Ignored: '1' });
  });

  it('says from which severity on a finding counts, unless the properties do', async () => {
    const context = () => contextOf({ 'web.yaml': rule('one-replica.fail') });
    expect((await report(context(), configured('severity: error\n'))).status).toBe('success');
    const properties = configured('severity: error\n', { severity: 'warning' });
    expect((await report(context(), properties)).status).toBe('failure');
  });

  it('is .zero-downtime.yaml of the working directory if none is named', async () => {
    writeFileSync(join(folder, '.zero-downtime.yaml'), ignore);
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect((await report(contextOf({ 'web.yaml': rule('recreate.fail') }))).status).toBe('success');
    } finally {
      process.chdir(before);
    }
  });

  it('reports unused ignores; those of the configuration only if they are unused in every file', async () => {
    const notes = (manifests: ValidationContext) =>
      notesOf(() => validate(configured(ignore, { fileByFile: true }), manifests));
    expect(await notes(versions())).toBe('');
    expect(
      await notes(
        contextOf({
          'v1.yaml': rule('recreate.pass'),
          'v2.yaml': ignoring('recreate.pass', 'recreate: was so'),
        }),
      ),
    ).toBe(
      `config:1 info ignore: recreate finds nothing in these objects; remove it
v2.yaml:6 info zero-downtime/ignore: recreate finds nothing here; remove it\n`,
    );
  });

  it('ends the validation with a line for each mistake in it', async () => {
    const context = contextOf({ 'web.yaml': rule('recreate.pass') });
    const properties = configured('severty: error\nrules: { recreate: { severity: off } }\n');
    await expect(validate(properties, context)).rejects.toThrow(
      new UsageError(
        `ZeroDowntimeValidation: ${folder}/config:1 severty: there is no such key; write severity, kubernetesVersion, rules, ignore
ZeroDowntimeValidation: ${folder}/config:2 rules.recreate.reason: got nothing; write why, in one line`,
      ),
    );
  });
});

describe('the construct path', () => {
  const note = async (paths: Record<string, string>, manifests: Record<string, string>) =>
    /(?: \(construct path: .*)?$/.exec(
      locations(await report(contextOf(manifests, paths), { fileByFile: true }))[0],
    )?.[0];

  it('is said to be of the last object of a name, as cdk8s keeps only that', async () => {
    expect(await note({ web: 'shop/budget' }, { 'web.yaml': rule('recreate.fail') })).toBe(
      ' (construct path: of PodDisruptionBudget web)',
    );
  });

  it('is said to be of any of the objects of a name when they are in several files', async () => {
    const manifests = { 'v1.yaml': rule('recreate.fail'), 'v2.yaml': rule('recreate.fail') };
    expect(await note({ web: 'shop/budget' }, manifests)).toBe(
      ' (construct path: of one of 6 objects of this name)',
    );
  });

  it('is not mentioned when there is none', async () => {
    expect(await note({}, { 'web.yaml': rule('recreate.fail') })).toBe('');
  });
});

describe('construct-metadata.json', () => {
  const file = () => join(folder, 'construct-metadata.json');
  const context = () => contextOf({ 'web.yaml': rule('recreate.pass') }, { web: 'shop/web' });

  it('is removed, for kubectl and Helm take it for a manifest', async () => {
    await validate({}, context());
    expect(readdirSync(folder)).toEqual(['web.yaml']);
  });

  it('is removed when each chart has its own folder', async () => {
    const { metadata } = context();
    const chart = join(folder, 'chart');
    mkdirSync(chart);
    writeFileSync(join(chart, 'web.yaml'), rule('recreate.pass'));
    await validate({}, new ValidationContext([join(chart, 'web.yaml')], 'zero-downtime', '0.1.0', metadata));
    expect(existsSync(file())).toBe(false);
  });

  it('stays when the environment asks for it', async () => {
    vi.stubEnv('CDK8S_RECORD_CONSTRUCT_METADATA', 'true');
    await validate({}, context());
    expect(existsSync(file())).toBe(true);
  });

  it.each(['{"version":"1.0.0","resources":{"web":{"path":"other/web"}}}', '{}', 'null', '{'])(
    'stays when it is not of this app: %s',
    async (content) => {
      const mine = context();
      writeFileSync(file(), content);
      await validate({}, mine);
      expect(readFileSync(file(), 'utf8')).toBe(content);
    },
  );
});

describe('the examples', () => {
  const configOf = (example: string) =>
    parse(readFileSync(join(examples, example, 'cdk8s.yaml'), 'utf8')) as {
      validations?: { class: string; properties?: unknown }[];
    };
  const statusOf = async (example: string, properties: unknown) => {
    const manifests = join(examples, example, 'manifests');
    const files = readdirSync(manifests).map((file) => join(manifests, file));
    const context = new ValidationContext(files, 'zero-downtime', '0.1.0');
    await validate(properties, context);
    return { success: context.report.success, report: context.report.toString() };
  };
  const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'cdk8s.yaml')));

  it.each(names.filter((name) => name !== 'article'))('%s is validated, and passes', async (example) => {
    const validations = configOf(example).validations ?? [];
    expect(validations.map((validation) => validation.class)).toEqual(['ZeroDowntimeValidation']);
    expect(await statusOf(example, validations[0].properties ?? {})).toMatchObject({ success: true });
  });

  it('article does not use the validation, which would fail', async () => {
    expect(configOf('article').validations).toBeUndefined();
    expect(await statusOf('article', { fileByFile: true })).toMatchObject({ success: false });
  });
});
