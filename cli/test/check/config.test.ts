import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseConfig } from '../../src/check/config/read.js';
import { ignoring, ruleManifest, useLab } from './lab.js';

const lab = useLab();

const schema = JSON.parse(
  readFileSync(new URL('../../schema/config.schema.json', import.meta.url), 'utf8'),
) as object;
const isValid = new Ajv2020().compile(schema);

/** The lines that say what is wrong with a configuration. */
const problemsOf = (content: string) =>
  parseConfig('c.yaml', content).problems.map(({ file, line, message }) => `${file}:${line} ${message}`);

describe('rules', () => {
  const recreate = (severity: string) =>
    `rules:\n  recreate:\n    severity: ${severity}\n    reason: one writer at a time\n`;

  it('turns a rule off', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    lab.put('config.yaml', recreate('off'));
    expect(await lab.run('check', 'web.yaml', '--config', 'config.yaml')).toEqual({
      status: 0,
      stdout: '0 findings in 3 objects\n',
      stderr: '',
    });
  });

  it('gives a rule another severity', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    lab.put('config.yaml', recreate('info'));
    expect((await lab.run('check', 'web.yaml', '--config', 'config.yaml')).status).toBe(0);
    const { stdout } = await lab.run('check', 'web.yaml', '--config', 'config.yaml', '--severity', 'info');
    expect(stdout).toContain('web.yaml:11 info recreate');
  });

  it('takes annotations for used that ignore a rule that is turned off', async () => {
    lab.put('web.yaml', ignoring('recreate.fail', 'recreate: one writer at a time'));
    lab.put('config.yaml', recreate('off'));
    expect((await lab.run('check', 'web.yaml', '--config', 'config.yaml')).stderr).toBe('');
  });
});

describe('severity', () => {
  it('is the lowest that counts, unless the option sets another', async () => {
    lab.put('web.yaml', ruleManifest('state/one-replica.fail'));
    lab.put('config.yaml', 'severity: error\n');
    const args = ['check', 'web.yaml', '--config', 'config.yaml'];
    expect((await lab.run(...args)).status).toBe(0);
    expect((await lab.run(...args, '--severity', 'warning')).status).toBe(2);
  });
});

describe('ignore', () => {
  const ignore = (...lines: string[]) =>
    `ignore:\n  - rule: recreate\n    reason: not ours\n${lines.map((line) => `    ${line}\n`).join('')}`;
  const shop = (manifest: string) => manifest.replace(/^ {2}name: web$/gm, '  name: web\n  namespace: shop');
  const status = async (config: string) => {
    lab.put('web.yaml', shop(ruleManifest('state/recreate.fail')));
    lab.put('config.yaml', config);
    return (await lab.run('check', 'web.yaml', '--config', 'config.yaml', '--severity', 'error')).status;
  };

  it.each([
    [0, ['kind: Deployment']],
    [0, ['name: web']],
    [0, ['name: "*e*"', 'namespace: sh*p', 'kind: Deploy*']],
    [2, ['name: we']],
    [2, ['name: w.b']],
    [2, ['name: web', 'namespace: shops']],
    [2, ['kind: StatefulSet', 'name: web']],
  ])('exits with %i for %j', async (expected, lines) => {
    expect(await status(ignore(...lines))).toBe(expected);
  });

  it('is in the outputs with its reason', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    lab.put('config.yaml', ignore('name: web'));
    await lab.run('check', 'web.yaml', '--config', 'config.yaml', '--json', 'a.json', '--sarif', 'a.sarif');
    expect(lab.readJson('a.json')).toMatchObject({
      ignored: [{ rule: 'recreate', ignoredBecause: 'not ours', ignoredBy: 'config' }],
    });
    expect(lab.read('a.sarif')).toContain('"kind": "external"');
  });

  it('is reported when it ignores no finding', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.pass'));
    lab.put('config.yaml', ignore('name: web'));
    expect(await lab.run('check', 'web.yaml', '--config', 'config.yaml')).toEqual({
      status: 0,
      stdout: '0 findings in 3 objects\n',
      stderr: 'config.yaml:2 info ignore: recreate finds nothing in these objects; remove it\n',
    });
  });
});

describe('the file', () => {
  it('is .zero-downtime.yaml if none is named, and is no manifest', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    lab.put('.zero-downtime.yaml', 'rules: { recreate: { severity: off, reason: one writer at a time } }\n');
    expect(await lab.run('check', '.')).toEqual({
      status: 0,
      stdout: '0 findings in 3 objects\n',
      stderr: '',
    });
    lab.put('other.yaml', '');
    expect((await lab.run('check', 'web.yaml', '--config', 'other.yaml')).status).toBe(2);
  });

  it('stops the check if it cannot be used', async () => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    lab.put('config.yaml', 'severty: error\nrules: { recrate: { severity: off } }\n');
    expect(await lab.run('check', 'web.yaml', '--config', 'config.yaml', '--json', 'out.json')).toEqual({
      status: 1,
      stdout: '',
      stderr: `config.yaml:1 severty: there is no such key; write severity, kubernetesVersion, rules, ignore
config.yaml:2 rules.recrate: there is no such rule; see zero-downtime rules
config.yaml:2 rules.recrate.reason: got nothing; write why, in one line
`,
    });
    lab.put('two.yaml', 'severity: error\n---\nrules: {}\n');
    for (const [file, message] of [
      ['none.yaml', 'none.yaml cannot be read: no such file or folder\n'],
      ['.', '. cannot be read: this is a folder, not a file\n'],
      ['two.yaml', 'two.yaml:2 a second document starts here; write only one\n'],
    ]) {
      const ended = await lab.run('check', 'web.yaml', '--config', file);
      expect(ended).toEqual({ status: 1, stdout: '', stderr: message });
    }
  });

  it.each([
    ['nowhere.yaml', 'no such file or folder'],
    ['.zero-downtime.yaml', 'a symbolic link that leads to itself'],
  ])('is not passed over when it is a link to %s', async (leadsTo, why) => {
    lab.put('web.yaml', ruleManifest('state/recreate.fail'));
    symlinkSync(leadsTo, '.zero-downtime.yaml');
    expect(await lab.run('check', 'web.yaml')).toEqual({
      status: 1,
      stdout: '',
      stderr: `.zero-downtime.yaml cannot be read: ${why}\n`,
    });
  });

  it('is as the guide shows it', () => {
    const guide = readFileSync(new URL('../../../docs/guide/check.md', import.meta.url), 'utf8');
    const [, shown] = /^```yaml\n(# \.zero-downtime\.yaml\n[\s\S]*?)^```$/m.exec(guide) ?? [];
    expect(problemsOf(shown)).toEqual([]);
    expect(isValid(parseYaml(shown))).toBe(true);
  });

  const rule = (setting: string) => `rules:\n  recreate: ${setting}\n`;
  const entry = (text: string) => `ignore:\n  - ${text}\n`;

  it.each([
    '',
    '# nothing\n',
    '{}',
    'severity: info',
    rule('{ severity: off, reason: a }'),
    rule('{ severity: error, reason: a }'),
    'kubernetesVersion: "1.30"',
    'kubernetesVersion: v1.34.4',
    'ignore: []',
    entry('{ rule: recreate, reason: a, name: web }'),
  ])('takes %j, as its schema does', (content) => {
    expect(problemsOf(content)).toEqual([]);
    expect(isValid(parseYaml(content) ?? {})).toBe(true);
  });

  it.each([
    ['- a', 'c.yaml:1 write a map with severity, kubernetesVersion, rules or ignore'],
    ['a: 1', 'c.yaml:1 a: there is no such key; write severity, kubernetesVersion, rules, ignore'],
    ['\nseverity: low', 'c.yaml:2 severity: got "low"; write error, warning, info'],
    ['severity: off', 'c.yaml:1 severity: got "off"; write error, warning, info'],
    ['rules: [recreate]', 'c.yaml:1 rules: got a list; write a map from rule ids to severity and reason'],
    [rule('off'), 'c.yaml:2 rules.recreate: got "off"; write a map with severity, reason'],
    [
      rule('{ severity: of, reason: a }'),
      'c.yaml:2 rules.recreate.severity: got "of"; write off, error, warning, info',
    ],
    [
      rule('{ severity: off, reason: " " }'),
      'c.yaml:2 rules.recreate.reason: got " "; write why, in one line',
    ],
    [rule('{ severity: off, reason: 1 }'), 'c.yaml:2 rules.recreate.reason: got 1; write why, in one line'],
    [
      rule('{ severity: off, reason: a, until: b }'),
      'c.yaml:2 rules.recreate.until: there is no such key; write severity, reason',
    ],
    ['kubernetesVersion: 1.30', 'c.yaml:1 kubernetesVersion: got 1.3; write it in quotes, such as "1.37"'],
    [
      'kubernetesVersion: "1.26"',
      'c.yaml:1 kubernetesVersion: got "1.26"; write a version from 1.27 to 1.37',
    ],
    ['ignore: { rule: recreate }', 'c.yaml:1 ignore: got a map; write a list'],
    [
      entry('recreate'),
      'c.yaml:2 ignore[0]: got "recreate"; write a map with kind, namespace, name, rule, reason',
    ],
    [
      entry('{ rule: recreate, reason: a }'),
      'c.yaml:2 ignore[0]: write kind, namespace or name; a rule for no object is turned off under rules',
    ],
    [
      entry('{ rule: recrate, reason: a, name: b }'),
      'c.yaml:2 ignore[0].rule: got "recrate"; there is no such rule, see zero-downtime rules',
    ],
    [entry('{ reason: a, name: b }'), 'c.yaml:2 ignore[0].rule: got nothing; write the id of a rule'],
    [
      entry('{ rule: recreate, reason: a, name: 1 }'),
      'c.yaml:2 ignore[0].name: got 1; write a text, in which * stands for any characters',
    ],
  ])('refuses %j, as its schema does', (content, problem) => {
    expect(problemsOf(content)).toEqual([problem]);
    expect(isValid(parseYaml(content))).toBe(false);
  });

  it.each([
    ['a: [', /^c\.yaml:1 /],
    ['severity: info\nseverity: info', /^c\.yaml:2 a key is written twice in one object$/],
    ['a: &a [*a]', /^c\.yaml:1 /],
  ])('refuses %j', (content, problem) => {
    const problems = problemsOf(content);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});
