import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** What the package has of its sources. */
const TABLE = join('src', 'check', 'kubernetes', 'api.json');
const root = join(__dirname, '..');
// Inside the repository, so that apps and the plugin find their packages.
const folder = mkdtempSync(join(root, 'dist-test-'));
const plugins = join(folder, 'plugins');
const app = join(folder, 'app');
const guide = readFileSync(join(root, 'docs/guide/cdk8s-validation.md'), 'utf8');

/** The blocks of the guide in a language. */
function blocks(language: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, code]) => code);
}

/** Puts the package, as npm would install it, into a folder. */
function installPlugin(into: string): void {
  const target = join(into, 'node_modules', 'zero-downtime');
  mkdirSync(target, { recursive: true });
  cpSync(join(root, 'cli', 'package.json'), join(target, 'package.json'));
  // The versions of its dependencies that the repository has for it alone.
  symlinkSync(join(root, 'cli', 'node_modules'), join(target, 'node_modules'));
  cpSync(join(root, 'cli', 'lib'), join(target, 'lib'), { recursive: true });
  cpSync(join(root, 'cli', TABLE), join(target, TABLE), { recursive: true });
}

/** Runs the real `cdk8s synth` in the folder of the app. It must need no registry. */
function cdk8sSynth(...options: string[]): Promise<{ code: unknown; output: string }> {
  const cli = join(root, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
  const program = `${process.execPath} --import tsx main.ts`;
  const args = ['--check-upgrade=false', '--app', program, '--output', 'dist', '--plugins-dir', plugins];
  const env = {
    ...process.env,
    TSX_TSCONFIG_PATH: join(root, 'tsconfig.dev.json'),
    npm_config_offline: 'true',
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, 'synth', ...args, ...options],
      { cwd: app, env },
      (error, stdout, stderr) =>
        resolve({
          code: error ? error.code : 0,
          // eslint-disable-next-line no-control-regex
          output: (stdout + stderr).replaceAll(/\x1b\[\d+m/g, ''),
        }),
    );
  });
}

beforeAll(() => {
  installPlugin(join(plugins, 'zero-downtime', '0.1.0'));
  cpSync(join(plugins, 'zero-downtime', '0.1.0', 'node_modules'), join(app, 'node_modules'), {
    recursive: true,
  });
});
beforeEach(() => {
  for (const name of readdirSync(app).filter((name) => name !== 'node_modules')) {
    rmSync(join(app, name), { recursive: true });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string) => writeFileSync(join(app, name), content);

describe('cdk8s synth with ZeroDowntimeValidation', () => {
  it('fails with the report that the guide shows, and leaves only manifests', async () => {
    put('cdk8s.yaml', blocks('yaml')[0]);
    put('main.ts', blocks('ts')[0]);

    const { code, output } = await cdk8sSynth('--validation-reports-output-file', 'reports.json');

    expect(code).toBe(2);
    for (const part of blocks('console')[0].split('...\n')) {
      expect(output).toContain(part);
    }
    expect(readdirSync(join(app, 'dist'))).toEqual(['shop.k8s.yaml']);
    const { reports } = JSON.parse(readFileSync(join(app, 'reports.json'), 'utf8'));
    expect(reports).toMatchObject([{ summary: { status: 'failure' } }]);
    expect(reports[0].violations).toContainEqual({
      ruleName: 'pre-stop-missing',
      recommendation:
        'warning: an ending pod still gets requests until every node and load balancer knows that it goes; unless its program waits by itself, they are lost',
      fix: 'add lifecycle.preStop.sleep.seconds, 15 for instance, or sleep as long before what the hook does; see https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime/blob/main/docs/rules.md#pre-stop-missing',
      violatingConstructs: [
        {
          constructPath: 'shop/web/Resource',
          manifestPath: 'dist/shop.k8s.yaml',
          resourceName: 'shop-web-c81100ac',
          locations: ['line 23, Deployment shop-web-c81100ac: no container that answers has a preStop hook'],
        },
      ],
    });
  });

  it('passes what this library makes, two versions of it file by file, with the plugin among its own packages', async () => {
    cpSync(join(root, 'cdk8s.yaml'), join(app, 'cdk8s.yaml'));
    cpSync(join(root, 'examples/myapp/main.ts'), join(app, 'main.ts'));

    const { code, output } = await cdk8sSynth();

    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('Validations ended succesfully'),
    });
    expect(output).toMatch(/Objects +│ 6 /);
    expect(readdirSync(join(app, 'dist'))).toEqual(['myapp-v1.k8s.yaml', 'myapp-v2.k8s.yaml']);
  });

  it('ends with what is wrong with its properties', async () => {
    put('cdk8s.yaml', `${blocks('yaml')[0]}    properties: { severity: high, files: all }\n`);
    put('main.ts', blocks('ts')[0]);

    const { code, output } = await cdk8sSynth();

    expect(code).toBe(1);
    expect(output).toContain(
      `ZeroDowntimeValidation: there is no property files; write severity, config or fileByFile
ZeroDowntimeValidation: severity: got "high"; write error, warning, info\n`,
    );
  });

  it('checks what becomes a Helm chart, and leaves nothing in it that Helm cannot read', async () => {
    put('cdk8s.yaml', blocks('yaml')[0]);
    put('main.ts', blocks('ts')[0]);

    const { code } = await cdk8sSynth('--format', 'helm', '--chart-version', '1.4.2');

    expect(code).toBe(2);
    expect(readdirSync(join(app, 'dist', 'templates'))).toEqual(['shop.k8s.yaml']);
  });
});
