import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildGoProgram } from '../../scripts/build-go-program.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Builds vegeta, as pinned in go.mod and go.sum, into the user's cache and returns the path of the program. */
export function buildVegeta(): string {
  return buildGoProgram(folder, 'vegeta', 'github.com/tsenart/vegeta/v12');
}

/** What `vegeta report -type=json` says, as far as it is needed. */
export interface VegetaReport {
  readonly requests: number;
  /** Requests by status; `0` stands for those without a complete response. */
  readonly status_codes: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
}

/** Attacks a URL with a fixed rate, and returns vegeta's own report. */
export async function attack(
  program: string,
  url: string,
  options: readonly string[],
): Promise<VegetaReport> {
  const results = await pipe(program, ['attack', '-redirects=-1', ...options], `GET ${url}\n`);
  return JSON.parse((await pipe(program, ['report', '-type=json'], results)).toString()) as VegetaReport;
}

function pipe(program: string, args: readonly string[], input: string | Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => output.push(data));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) {
        resolve(Buffer.concat(output));
      } else {
        reject(new Error(`vegeta ${args[0]} ended with ${status}`));
      }
    });
    child.stdin.end(input);
  });
}
