import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError } from '../errors.js';

/** Refuses a program that could not be started later. */
export function checkProgram(program: string): void {
  if (program === '') throw new UsageError('got ""; write the program first');
  const isPath = program.includes('/');
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = isPath ? [program] : folders.map((folder) => join(folder, program));
  if (candidates.some(isExecutable)) return;
  throw new UsageError(
    `got "${program}", which ${isPath ? 'is no file that can be executed' : 'is in no folder of PATH'}; ` +
      'write a program that this machine can run',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
