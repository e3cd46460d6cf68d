import { basename } from 'node:path';

const CHANGED_WORKLOAD = /^(deployment|statefulset|daemonset)\.apps\/([a-z0-9.-]{1,253})(?: (.*))?$/;
const NOT_ROLLED_OUT = /\b(unchanged|deleted)\b/;
const PLACE_FLAGS = ['-n', '--namespace', '--context', '--kubeconfig', '--cluster', '--server', '-s'];

/** Whether the command is kubectl itself. */
export function isKubectl(command: readonly string[]): boolean {
  return command.length > 0 && /^kubectl(\.exe)?$/.test(basename(command[0]));
}

/**
 * The workload that a line of kubectl's output says it changed: `deployment.apps/NAME configured` and the like, but not what
 * ends in `unchanged` or `deleted`.
 */
export function rolloutIn(line: string): string | undefined {
  const [, kind, name, rest = ''] = CHANGED_WORKLOAD.exec(line.trim()) ?? [];
  return kind === undefined || NOT_ROLLED_OUT.test(rest) ? undefined : `${kind}/${name}`;
}

/** The command that waits for a rollout, in the namespace and the cluster that `command` names if it is kubectl. */
export function rolloutStatusCommand(rollout: string, command: readonly string[]): string[] {
  const place = isKubectl(command) ? placeOf(command) : [];
  return ['kubectl', ...place, 'rollout', 'status', rollout];
}

/** The flags of a kubectl command that say which cluster and namespace it means. */
function placeOf(command: readonly string[]): string[] {
  return command.flatMap((argument, i) => {
    if (PLACE_FLAGS.includes(argument)) {
      return [argument, command[i + 1] ?? ''];
    }
    if (PLACE_FLAGS.some((flag) => argument.startsWith(`${flag}=`))) {
      return [argument];
    }
    return [];
  });
}
