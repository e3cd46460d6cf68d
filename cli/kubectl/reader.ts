import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildGoProgram } from '../../scripts/build-go-program.js';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** What kubectl reads in a text. */
export interface Read {
  readonly documents: readonly unknown[];
  /** Why it reads no further. */
  readonly error?: string;
}

/** Builds the program, as pinned in go.mod and go.sum, into the user's cache and returns its path. */
export function buildReader(): string {
  return buildGoProgram(folder, 'kubectl-reader', '.');
}

/** Reads texts with the decoder of kubectl. */
export function readByKubectl(program: string, texts: readonly string[]): readonly Read[] {
  const answer = execFileSync(program, { input: JSON.stringify(texts), maxBuffer: 2 ** 28 });
  return JSON.parse(answer.toString()) as Read[];
}
