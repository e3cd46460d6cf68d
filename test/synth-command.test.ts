import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(__dirname, '..');

interface Outcome {
  readonly code: number | string | null | undefined;
  readonly output: string;
}

/** Runs the real `cdk8s synth` in a folder. */
function cdk8sSynth(cwd: string, ...options: string[]): Promise<Outcome> {
  const cli = join(root, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.dev.json'), NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, 'synth', '--check-upgrade=false', ...options],
      { cwd, env },
      (error, stdout, stderr) => resolve({ code: error ? error.code : 0, output: stdout + stderr }),
    );
  });
}

describe('cdk8s synth', () => {
  let folder: string;

  /** An app with a chart that is fine and one whose service has these props. */
  function writeApp(props: string): void {
    writeFileSync(
      join(folder, 'main.ts'),
      `import { App, Chart } from 'cdk8s';
       import { ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';
       const app = new App();
       new ZeroDowntimeDeployment(new Chart(app, 'fine'), 'fine', { image: 'fine:1', port: 8080 });
       new ZeroDowntimeDeployment(new Chart(app, 'shop'), 'web', ${props});
       app.synth();`,
    );
  }

  beforeEach(() => {
    // Inside the repository, so that the app finds its packages.
    folder = mkdtempSync(join(root, 'dist-test-'));
    writeFileSync(
      join(folder, 'cdk8s.yaml'),
      `app: ${process.execPath} --import tsx main.ts\noutput: dist\n`,
    );
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes one manifest for each chart, and a Helm chart with the same ones, in which Helm finds nothing to fill in', async () => {
    writeApp("{ image: 'web:1', port: 8080 }");
    const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

    const plain = await cdk8sSynth(folder, '--output', 'plain');
    const helm = await cdk8sSynth(
      folder,
      '--output',
      'chart',
      '--format',
      'helm',
      '--chart-version',
      '1.4.2',
    );

    expect([plain.code, helm.code]).toEqual([0, 0]);
    expect(readdirSync(join(folder, 'chart')).sort()).toEqual(['Chart.yaml', 'README.md', 'templates']);
    expect(parse(read('chart', 'Chart.yaml'))).toMatchObject({
      apiVersion: 'v2',
      name: basename(folder),
      version: '1.4.2',
      type: 'application',
    });
    const manifests = ['fine.k8s.yaml', 'shop.k8s.yaml'];
    expect(readdirSync(join(folder, 'plain'))).toEqual(manifests);
    expect(readdirSync(join(folder, 'chart', 'templates'))).toEqual(manifests);
    for (const template of manifests) {
      expect(read('chart', 'templates', template)).toBe(read('plain', template));
      expect(read('plain', template)).not.toContain('{{');
    }
  });

  it.each([
    {
      problem: 'a prop',
      props: "{ image: 'web:1', port: 8080, replicas: 1 }",
      message:
        '[shop/web] replicas = 1: when a node is drained, its only pod goes before another one serves. Write 2 or more, or acceptDowntimeOnDrain: true.',
    },
    {
      problem: 'the finished app',
      props: "{ image: 'web:1', port: 8080, name: 'fine' }",
      message: '[shop/web] name = "fine": fine/fine/Deployment/Resource is a Deployment of this name',
    },
  ])(
    'refuses $problem with one message that points to no line of this package',
    async ({ props, message }) => {
      writeApp(props);

      const { code, output } = await cdk8sSynth(folder);

      expect(code).toBe(1);
      expect(output).toContain(message);
      expect(output).not.toContain(join(root, 'src'));
      expect(existsSync(join(folder, 'dist')) ? readdirSync(join(folder, 'dist')) : []).toEqual([]);
    },
  );
});
