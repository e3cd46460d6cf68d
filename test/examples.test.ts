import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLES, exampleNames } from './support/examples';

const run = promisify(execFile);
const root = join(__dirname, '..');
const outputs: string[] = [];

/** Runs an example as `cdk8s synth` does and gives the folder with what it wrote. */
async function synth(example: string): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), `example-${example}-`));
  outputs.push(outdir);
  const main = join(EXAMPLES, example, 'main.ts');
  await run(process.execPath, ['--import', 'tsx', main], {
    cwd: root,
    env: { ...process.env, CDK8S_OUTDIR: outdir, TSX_TSCONFIG_PATH: join(root, 'tsconfig.dev.json') },
  });
  return outdir;
}

afterAll(() => {
  for (const outdir of outputs) {
    rmSync(outdir, { recursive: true });
  }
});

describe.each(exampleNames)('example %s', (example) => {
  it('writes the manifests that stand beside it', async () => {
    const outdir = await synth(example);
    const files = readdirSync(outdir);

    expect(files).toEqual(readdirSync(join(EXAMPLES, example, 'manifests')));
    for (const file of files) {
      const manifest = readFileSync(join(outdir, file), 'utf8');
      await expect(manifest).toMatchFileSnapshot(join(EXAMPLES, example, 'manifests', file));
    }
  });
});
