import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tools } from '../judges/build';
import { REPOSITORY } from '../../cluster/paths';
import { writeManifests } from './manifests';

/** What a program needed for the manifests. */
export interface Sample {
  readonly seconds: number;
  /** Of all its threads. */
  readonly cpuSeconds: number;
  /** The most resident memory. */
  readonly mebibytes: number;
}

/** A number of manifests, and what each program needed, in the order of its runs. */
export interface Measured {
  readonly manifests: number;
  readonly bytes: number;
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}

/** Measures every program with a number of manifests, `repeats` times by turns. */
export function measure(manifests: number, repeats: number, tools: Tools): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
  try {
    const [old, now] = [join(folder, 'old'), join(folder, 'new')];
    writeManifests(manifests, old, '1.4.2');
    const bytes = writeManifests(manifests, now, '1.5.0');
    const programs = commands(tools, now, old, folder);
    const samples: Record<string, Sample[]> = {};
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const [name, command] of Object.entries(programs)) {
        (samples[name] ??= []).push(run(command, folder));
      }
    }
    return { manifests, bytes, samples };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function commands(tools: Tools, now: string, old: string, folder: string): Record<string, string[]> {
  const bin = join(REPOSITORY, 'cli', 'bin', 'zero-downtime.js');
  const check = [process.execPath, bin, 'check', now];
  const files = readdirSync(now).map((file) => join(now, file));
  // Schemas of the kinds would have to be downloaded; these accept any fields.
  mkdirSync(join(folder, 'schemas'), { recursive: true });
  writeFileSync(join(folder, 'schemas', 'any.json'), '{}');
  return {
    check,
    'check --against': [...check, '--against', old],
    'kube-score': [tools.kubeScore, 'score', ...files],
    kubeconform: [tools.kubeconform, '-schema-location', join(folder, 'schemas', 'any.json'), now],
  };
}

/** Runs a program under GNU time. */
function run([program, ...args]: readonly string[], folder: string): Sample {
  const output = join(folder, 'time');
  const { status, stderr } = spawnSync(
    '/usr/bin/time',
    ['--quiet', '-f', '%e %U %S %M', '-o', output, program, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 28 },
  );
  // 0: nothing found; 2: check has found something; 1: kube-score has.
  if (status === null || status > 2) {
    throw new Error(`${program} failed: ${String(stderr).slice(0, 500)}`);
  }
  const [seconds, user, system, kibibytes] = readFileSync(output, 'utf8').trim().split(/\s+/).map(Number);
  return { seconds, cpuSeconds: user + system, mebibytes: kibibytes / 1024 };
}

/** Compiles the command. */
export function build(): void {
  execFileSync('npm', ['run', '--silent', 'build', '--workspace', 'cli'], {
    cwd: REPOSITORY,
    stdio: 'inherit',
  });
}
