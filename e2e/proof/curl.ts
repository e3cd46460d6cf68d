import type { Client } from '../cluster/cluster';
import { succeeds } from '../cluster/shell';

/** Whether curl succeeds from where the load of a client comes from. */
export function curl({ namespace }: Client, args: readonly string[]): Promise<boolean> {
  return namespace === undefined
    ? succeeds('curl', [...args])
    : succeeds('ip', ['netns', 'exec', namespace, 'curl', ...args]);
}
