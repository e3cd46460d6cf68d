import { basename } from 'node:path';

const workload = /^(deployment|statefulset|daemonset)\.apps\/(\S+)(.*)$/;
const idle = /\b(unchanged|deleted)\b/;
const placeFlags = ['-n', '--namespace', '--context', '--kubeconfig', '--cluster', '--server', '-s'];

/** Whether the command is kubectl itself. */
export function isKubectl(command: readonly string[]): boolean {
  return command.length > 0 && /^kubectl(\.exe)?$/.test(basename(command[0]));
}

/**
 * The workloads that kubectl said it changed: the lines `deployment.apps/NAME configured` and the like of its output,
 * but not those that end in `unchanged` or `deleted`.
 */
export function rolloutsIn(stdout: string): string[] {
  const found = stdout
    .split('\n')
    .map((line) => workload.exec(line.trim()))
    .filter((match) => match !== null)
    .filter(([, , , rest]) => !idle.test(rest))
    .map(([, kind, name]) => `${kind}/${name}`);
  return [...new Set(found)];
}

/** The command that waits for a rollout, in the namespace and the cluster that `command` names if it is kubectl. */
export function rolloutStatusCommand(rollout: string, command: readonly string[]): string[] {
  const place = isKubectl(command) ? placeOf(command) : [];
  return ['kubectl', ...place, 'rollout', 'status', rollout];
}

/** The flags of a kubectl command that say which cluster and namespace it means. */
function placeOf(command: readonly string[]): string[] {
  return command.flatMap((argument, i) => {
    if (placeFlags.includes(argument)) return [argument, command[i + 1] ?? ''];
    if (placeFlags.some((flag) => argument.startsWith(`${flag}=`))) return [argument];
    return [];
  });
}
