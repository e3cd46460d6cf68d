import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version as cliVersion } from '../../cli/package.json';
import { devDependencies, version } from '../../package.json';
import type { Check } from './harness';
import { run, runChecks } from './harness';
import { checkSize } from './size';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');
const HERE = join(ROOT, 'test/package');
const EXAMPLES = join(ROOT, 'examples');
/** What `cdk8s init typescript-app` makes an app of. */
const INIT_TEMPLATE = join(ROOT, 'node_modules/cdk8s-cli/templates/typescript-app');
const TARBALL = join(ROOT, `dist/js/cdk8s-zero-downtime@${version}.jsii.tgz`);
const CLI_TARBALL = join(ROOT, `dist/js/zero-downtime-${cliVersion}.tgz`);
const WHEEL = join(ROOT, `dist/python/cdk8s_zero_downtime-${version}-py3-none-any.whl`);

/** What the tarballs may weigh in kB: a third more than the 188 and 330 that they had when this was written. */
const BUDGETS = { [TARBALL]: 250, [CLI_TARBALL]: 520 };

/** What the tarball holds. */
const SHIPPED = ['.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'lib', 'package.json'];

/** The versions against which everything else is tested too. */
const PEERS = (['cdk8s', 'cdk8s-plus-27', 'constructs'] as const).map((name) => ({
  name,
  version: devDependencies[name],
}));

/** Runs app.ts with the sources in place of the package; it writes to expected/dist. */
async function synthFromSources(folder: string): Promise<void> {
  const expected = join(folder, 'expected');
  mkdirSync(expected);
  await run(expected, join(BIN, 'tsx'), '--tsconfig', join(ROOT, 'tsconfig.dev.json'), join(HERE, 'app.ts'));
}

/** Compares two folders of manifests, byte for byte. */
async function sameManifests(folder: string, expected: string, actual: string): Promise<void> {
  assert.ok(readdirSync(join(folder, expected)).length > 0, `no manifest in ${expected}`);
  await run(folder, 'git', 'diff', '--no-index', expected, actual);
}

/** What refused.py prints: docs/guide/python.md says who refuses what. */
const REFUSED_IN_PYTHON = [
  /^a value: RuntimeError: \[shop\/web\] replicas = 1: /,
  /^a prop: TypeError: .* unexpected keyword argument 'readyness'/,
  /^an option: TypeError: .* unexpected keyword argument 'interval'/,
  /^a class in a list: TypeError: .* unexpected keyword argument 'servce_port'/,
  /^a dict: TypeError: .* unexpected keyword argument 'min_redy'/,
  /^a dict in a list without its port: RuntimeError: .*Unable to deserialize/,
  /^a dict in a list: accepted$/,
];

const sizes: Check = {
  name: 'npm tarballs: no larger than their budgets',
  async run() {
    for (const [tarball, most] of Object.entries(BUDGETS)) {
      checkSize(tarball, most);
    }
  },
};

const npmTarball: Check = {
  name: 'npm tarball: a TypeScript app compiles, runs in plain Node.js and gives what the sources give',
  async run(folder) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const peers = PEERS.map(({ name, version }) => `${name}@${version}`);
    await run(folder, 'npm', 'install', TARBALL, ...peers);
    assert.deepEqual(readdirSync(join(folder, 'node_modules/cdk8s-zero-downtime')).sort(), SHIPPED);
    copyFileSync(join(HERE, 'app.ts'), join(folder, 'app.ts'));
    await run(folder, join(BIN, 'tsc'), '--strict', '--module', 'nodenext', 'app.ts');
    await run(folder, process.execPath, 'app.js');
    await synthFromSources(folder);
    await sameManifests(folder, 'expected/dist', 'dist');
  },
};

/** Uses the package as docs/guide/check.md says. */
const CHECKING_APP = `import { check, checkToText, parseManifests } from 'zero-downtime';

const manifest = 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\ndat: {}\\n';
console.log(checkToText(check(parseManifests('a.yaml', manifest), undefined, { kubernetesVersion: '1.34' })));
`;

const cliTarball: Check = {
  name: 'npm tarball of the CLI: a TypeScript app as `cdk8s init` makes it compiles and runs',
  async run(folder) {
    const template = JSON.parse(readFileSync(join(INIT_TEMPLATE, 'package.json'), 'utf8'));
    const tools = ['typescript', '@types/node'].map((name) => `${name}@${template.devDependencies[name]}`);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    await run(folder, 'npm', 'install', CLI_TARBALL, ...tools);
    copyFileSync(join(INIT_TEMPLATE, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    writeFileSync(join(folder, 'main.ts'), CHECKING_APP);
    await run(folder, join(folder, 'node_modules/.bin/tsc'), '--build');
    const said = await run(folder, process.execPath, 'main.js');
    assert.match(said, /error field-unknown: Kubernetes 1\.34 knows no field dat here; did you mean data\?/);
  },
};

const pythonWheel: Check = {
  name: 'Python wheel: the same app gives the same manifests, and a refusal keeps its message',
  async run(folder) {
    const python = join(folder, 'venv/bin/python');
    await run(folder, 'python3', '-m', 'venv', 'venv');
    const peers = PEERS.map(({ name, version }) => `${name}==${version}`);
    await run(folder, python, '-m', 'pip', 'install', WHEEL, ...peers);
    await run(folder, python, join(HERE, 'app.py'));
    await synthFromSources(folder);
    await sameManifests(folder, 'expected/dist', 'dist');
    const refused = await run(folder, python, join(HERE, 'refused.py'));
    const lines = refused.trim().split('\n');
    for (const [i, expected] of REFUSED_IN_PYTHON.entries()) {
      assert.match(lines[i], expected);
    }
    assert.equal(lines.length, REFUSED_IN_PYTHON.length);
  },
};

/**
 * An example, copied out of the repository and used as it is, with the tarballs for the registry's packages. What its
 * cdk8s.yaml validates with is among them.
 */
function example(name: string): Check {
  const source = join(EXAMPLES, name);
  return {
    name: `examples/${name}: on its own, gives its committed manifests`,
    async run(folder) {
      cpSync(source, folder, {
        recursive: true,
        filter: (path) => !['node_modules', 'dist'].some((output) => path === join(source, output)),
      });
      await run(folder, 'npm', 'install', TARBALL, CLI_TARBALL);
      await run(folder, 'npm', 'run', 'synth', '--', '--output', 'synthesized');
      await sameManifests(folder, 'manifests', 'synthesized');
    },
  };
}

const examples = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'package.json')));

runChecks([sizes, npmTarball, cliTarball, pythonWheel, ...examples.map(example)]).catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});
