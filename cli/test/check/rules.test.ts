import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { check, type CheckResult } from '../../src/check/check.js';
import type { Parsed } from '../../src/check/read/parse.js';
import { readManifests } from '../../src/check/read/read.js';
import { stateRules, upgradeRules } from '../../src/check/rules/rules.js';
import { refusedByServer } from '../../src/check/rules/state/refused-by-server.js';

const rules = fileURLToPath(new URL('../../src/check/rules', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const manifest = (kind: string, name: string) => readManifests([join(rules, kind, `${name}.yaml`)]);
const broken = ({ findings, problems }: CheckResult) => ({
  rules: findings.map(({ rule }) => rule).sort(),
  problems,
});

/** What else the manifests beside a rule break: they are bound to a measurement, so that a later rule may find them, too. */
const alsoBroken: Record<string, string[]> = {
  'pdb-selects-nothing.fail': ['pdb-missing'],
  'bare-pod.fail': ['pdb-blocks'],
  'service-selects-job.fail': ['pdb-blocks'],
  'stateful-set-dips.fail': ['stateful-set-ordered'],
  'stateful-set-dips.pass': ['stateful-set-ordered'],
  'stateful-set-one-replica.fail': ['stateful-set-ordered'],
  'stateful-set-one-replica.pass': ['stateful-set-ordered'],
  'update-on-delete.pass': ['stateful-set-ordered'],
  'stateful-set-immutable.pass': ['stateful-set-ordered'],
};
const expected = (file: string, rules: string[]) => ({
  rules: [...rules, ...(alsoBroken[file] ?? [])].sort(),
  problems: [],
});

/** The rule about what an API server says: it refuses the last object of its manifests. */
const { id: ofServer } = refusedByServer;
const refusing = ({ objects }: Parsed) => ({
  refused: [
    { object: objects[objects.length - 1], path: ['spec', 'schedule'], what: 'the API server says: no' },
  ],
  notTried: [],
});

describe('state rules', () => {
  it.each(stateRules.map(({ id }) => id))(
    '%s finds its own breach, and nothing in what is right',
    async (id) => {
      const [fail, pass] = await Promise.all([
        manifest('state', `${id}.fail`),
        manifest('state', `${id}.pass`),
      ]);
      const options = id === ofServer ? { dryRun: refusing(fail) } : {};
      expect(broken(check(fail, undefined, options))).toEqual(expected(`${id}.fail`, [id]));
      expect(broken(check(pass))).toEqual(expected(`${id}.pass`, []));
    },
  );
});

describe('upgrade rules', () => {
  it.each(upgradeRules.map(({ id }) => id))(
    '%s finds its own breach, and nothing in what is right',
    async (id) => {
      const [fail, pass] = [`${id}.fail`, `${id}.pass`];
      const old = await manifest('upgrade', `${id}.old`);
      // What it is afterwards may be wrong as a state, too.
      const { rules, problems } = broken(check(await manifest('upgrade', fail), old));
      const found = rules.filter((rule) => upgradeRules.some((one) => one.id === rule));
      expect({ rules: found, problems }).toEqual({ rules: [id], problems: [] });
      expect(broken(check(await manifest('upgrade', pass), old))).toEqual(expected(pass, []));
    },
  );
});

describe('rules', () => {
  const all = [...stateRules, ...upgradeRules];

  it('have ids of their own, and a reason and a fix of one line', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ reason, fix }) => /\n|\.$/.test(reason + fix))).toEqual([]);
  });

  it('are all in the list', () => {
    const files = ['state', 'upgrade'].flatMap((kind) =>
      readdirSync(join(rules, kind)).filter((file) => file.endsWith('.ts')),
    );
    expect(files.sort()).toEqual(all.map(({ id }) => `${id}.ts`).sort());
  });
});

describe('the examples', () => {
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /manifests\/.*\.yaml$/.test(file),
  );
  const errors = async (file: string) => {
    const { findings } = check(await readManifests([join(examples, file)]));
    return findings.filter(({ severity }) => severity === 'error');
  };

  it.each(files.filter((file) => dirname(file) !== 'article/manifests'))('%s has no error', async (file) => {
    expect(await errors(file)).toEqual([]);
  });

  it.each([
    'myapp/manifests/myapp',
    'config/manifests/config',
    'https/manifests/https',
    'drain-proxy/manifests/drain-proxy',
    'drain-proxy/manifests/drain-proxy-http2',
    'careful-release/manifests/careful',
    'autoscaling/manifests/autoscaled',
  ])('%s: the step from version 1 to 2 has no finding', async (name) => {
    const [old, next] = await Promise.all(
      [1, 2].map((version) => readManifests([join(examples, `${name}-v${version}.k8s.yaml`)])),
    );
    expect(broken(check(next, old))).toEqual({ rules: [], problems: [] });
  });

  it('a fixed number of pods that becomes an autoscaler needs the step that the guide names', async () => {
    const [old, next] = await Promise.all(
      ['fixed', 'autoscaled-v1'].map((name) =>
        readManifests([join(examples, 'autoscaling/manifests', `${name}.k8s.yaml`)]),
      ),
    );
    expect(broken(check(next, old)).rules).toEqual(['replicas-removed']);
  });

  it("the article's naive manifest has some", async () => {
    const found = await errors('article/manifests/naive-v1.k8s.yaml');
    expect(found.map(({ rule }) => rule)).toEqual(['readiness-missing']);
  });
});
