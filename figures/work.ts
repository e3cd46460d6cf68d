import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './root';

/** The part of V8's coverage that is read here. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

const SERVICES = 10;

/**
 * How often functions of `src` are called to synthesize a service with the least props, as V8 counts it. Unlike time,
 * it is the same on every machine.
 */
export function callsPerService(): number {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-zero-downtime-work-'));
  try {
    execFileSync('node', ['--import', 'tsx', join(ROOT, 'figures', 'synthesize.ts'), String(SERVICES)], {
      cwd: ROOT,
      env: { ...process.env, NODE_V8_COVERAGE: folder, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.dev.json') },
    });
    const calls = readdirSync(folder).reduce((sum, file) => sum + callsIn(join(folder, file)), 0);
    return Math.round(calls / SERVICES);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function callsIn(file: string): number {
  const { result }: Coverage = JSON.parse(readFileSync(file, 'utf8'));
  const source = pathToFileURL(join(ROOT, 'src')).href;
  return result
    .filter(({ url }) => url.startsWith(source))
    .flatMap(({ functions }) => functions)
    .reduce((sum, { ranges: [whole] }) => sum + whole.count, 0);
}
