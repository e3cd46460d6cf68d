import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError } from '../shared/errors.js';

/** Refuses a program that could not be started later. */
export function checkProgram(program: string): void {
  if (program === '') {
    throw new UsageError('got ""; write the program first');
  }
  const isPath = program.includes('/');
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = isPath ? [program] : folders.map((folder) => join(folder, program));
  if (candidates.some(isExecutable)) {
    return;
  }
  throw new UsageError(
    `got "${shownProgram(program)}", which ${isPath ? 'is no file that can be executed' : 'is in no folder of PATH'}; ` +
      insteadOf(program),
  );
}

/**
 * A program without possible secrets: in its place a user may have written a variable, or a whole command, with a secret in it.
 */
export function shownProgram(program: string): string {
  return program.replace(/([=\s]).+$/s, '$1***');
}

function insteadOf(program: string): string {
  if (/^\w+=/.test(program)) {
    return 'write env before the variables';
  }
  if (/\s/.test(program)) {
    return 'write it without quotes around its arguments, or sh -c before it';
  }
  return 'write a program that this machine can run';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
