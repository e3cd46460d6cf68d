import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, vi } from 'vitest';
import { main } from '../../src/main.js';

const rules = fileURLToPath(new URL('../../src/check/rules', import.meta.url));

/** A manifest beside a rule, such as `state/recreate.fail`. */
export function ruleManifest(name: string): string {
  return readFileSync(join(rules, `${name}.yaml`), 'utf8');
}

/** A manifest beside a rule about one state, in which the first object has an annotation that ignores rules. */
export function ignoring(name: string, annotation: string): string {
  const annotations = `  annotations:\n    zero-downtime/ignore: ${JSON.stringify(annotation)}\n`;
  return ruleManifest(`state/${name}`).replace('  name: web\n', `  name: web\n${annotations}`);
}

/** What the command line did. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A working directory for each test, in which the command line runs. */
export function useLab() {
  let folder = '';
  let before = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'check-')));
    before = process.cwd();
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });
  return {
    put(name: string, content: string): void {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    },
    read: (name: string): string => readFileSync(join(folder, name), 'utf8'),
    readJson: (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')),
    async run(...args: string[]): Promise<Ended> {
      const written = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const) {
        vi.spyOn(process[stream], 'write').mockImplementation((text) => {
          written[stream] += String(text);
          return true;
        });
      }
      return { status: await main(args), ...written };
    },
  };
}
