import { CommandError } from '../cluster/shell';

/** The API server refused an object. */
export class Refused extends Error {}

/** Something did not come to its end within its time limit. */
export class Stuck extends Error {}

/** What the API server said against an object, in one line; other errors are thrown again. */
export function refusalIn(error: Error): string {
  if (!(error instanceof CommandError)) {
    throw error;
  }
  const [, said] =
    /((?:The .* is invalid|Error from server|The request is invalid)[\s\S]*)/.exec(error.message) ?? [];
  if (said === undefined) {
    throw error;
  }
  return said.replace(/\s+/g, ' ').trim();
}

/** What kubectl said last, without the command and the pod. */
export function lastLine(error: Error): string {
  return error.message
    .trim()
    .split('\n')
    .at(-1)!
    .replace(/^.*failed \(\w+\): /, '')
    .replace(/^error: /i, '')
    .replace(/^error when evicting \S+ -n \S+: /, '');
}
