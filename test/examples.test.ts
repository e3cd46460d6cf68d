import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { EXAMPLES, exampleNames } from './support/examples';

const outputs: string[] = [];

/** Runs an example as `cdk8s synth` does and gives the folder with what it wrote. */
async function synth(example: string): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), `example-${example}-`));
  outputs.push(outdir);
  vi.stubEnv('CDK8S_OUTDIR', outdir);
  await import(join(EXAMPLES, example, 'main.ts'));
  vi.unstubAllEnvs();
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
