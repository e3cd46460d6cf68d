import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { check } from '../../../cli/src/check/check';
import { parse } from '../../../cli/src/check/read/parse';
import { buildHelm, synthChart } from '../../../test/helm/chart';
import { kubeconfig } from '../../cluster/kubeconfig';
import { REPOSITORY } from '../../cluster/paths';
import { ApiServer } from './api-server';

/** Examples whose charts can be installed beside each other; the charts of the others are versions of the same objects. */
const EXAMPLES = ['full', 'grpc', 'nginx-unprivileged', 'node-web'];
/** The namespace that some charts set whatever Helm is told. No other test uses it. */
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

describe('Helm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-helm-'));
  // cdk8s-cli looks for a cdk8s.yaml, and tsx for packages, from where it runs.
  const charts = mkdtempSync(join(REPOSITORY, 'dist-test-'));
  let helm: string;
  beforeAll(() => {
    helm = buildHelm();
    for (const example of EXAMPLES) {
      synthChart(example, charts);
    }
  });
  afterAll(() => {
    for (const each of [folder, charts]) {
      rmSync(each, { recursive: true });
    }
  });

  describe.each(inject('servers'))('on kube-apiserver $version', ({ version, port, ...credentials }) => {
    const home = join(folder, version);
    const config = join(home, 'kubeconfig');
    const run = (...args: string[]) =>
      execFileSync(helm, ['--kubeconfig', config, '--namespace', 'charts', ...args], {
        encoding: 'utf8',
        env: { ...process.env, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home },
      });
    const server = new ApiServer({ version, port, ...credentials });
    beforeAll(async () => {
      await server.mustCreate(NAMESPACE);
      mkdirSync(home, { recursive: true });
      writeFileSync(config, kubeconfig(`https://127.0.0.1:${port}`, 'admin', credentials), { mode: 0o600 });
    });

    test('leaves out a field that is not known, as field-unknown says', async () => {
      const chart = join(home, 'unknown');
      mkdirSync(join(chart, 'templates'), { recursive: true });
      writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: unknown\nversion: 1.0.0\n');
      const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: unknown}\ndat: {a: b}\n';
      writeFileSync(join(chart, 'templates', 'a.yaml'), manifest);
      expect(check(parse('a.yaml', manifest)).findings.map(({ rule }) => rule)).toEqual(['field-unknown']);
      expect(run('install', 'unknown', chart, '--create-namespace')).toContain('STATUS: deployed');
      const stored = await server.get('/api/v1/namespaces/charts/configmaps/unknown');
      expect(stored).not.toHaveProperty('dat');
    });

    test.each(EXAMPLES)('installs the chart of %s, upgrades it and uninstalls it', (example) => {
      const chart = join(charts, example);
      expect(run('install', example, chart, '--create-namespace')).toContain('STATUS: deployed');
      expect(run('upgrade', example, chart)).toContain('REVISION: 2');
      expect(run('uninstall', example)).toContain('uninstalled');
    });
  });
});
