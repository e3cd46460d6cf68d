import type { Deployment } from 'cdk8s-plus-27';
import { claimName } from '../kubernetes/cdk8s-plus';
import { Refusal } from '../refusals/refusal';
import type { AppIndex } from './app/app-index';
import type { Checked } from './checked';
import { longRunning } from './long-running';

/**
 * Host ports and volumes that make a new pod wait for an old one.
 */
export function* surgeBlockers({ deployment, settings, index }: Checked): Iterable<Refusal> {
  // Unless downtime is accepted, every allowed strategy surges.
  if (settings.accepted.acceptDowntimeOnRollout) {
    return;
  }
  const fix = 'or acceptDowntimeOnRollout: true with rollout: { strategy: DeploymentStrategy.recreate() }';
  for (const container of longRunning(deployment, settings)) {
    for (const { hostPort } of container.ports) {
      if (hostPort !== undefined) {
        yield new Refusal(
          'hostPort',
          hostPort,
          `a new pod cannot use it on a node where an old one runs, so a rollout hangs on small clusters`,
          `Use the Service instead of a hostPort, ${fix}`,
        );
      }
    }
  }
  for (const { name, accessModes } of claims(deployment, index)) {
    if (accessModes.some((mode) => mode.startsWith('ReadWriteOnce'))) {
      yield new Refusal(
        'volume claim',
        JSON.stringify(name),
        `its access mode ${accessModes.join(', ')} lets one node use it, so a new pod on another node waits for the old one to go`,
        `Use a ReadWriteMany claim, ${fix}`,
      );
    }
  }
}

/** The claims that the pods mount, as far as they are defined in this app. */
function claims(deployment: Deployment, index: AppIndex): { name: string; accessModes: string[] }[] {
  if (!index.has('core/PersistentVolumeClaim')) {
    return [];
  }
  const containers = [...deployment.containers, ...deployment.initContainers];
  const mounted = containers.flatMap((container) => container.mounts.map((mount) => mount.volume));
  const names = new Set([...deployment.volumes, ...mounted].map(claimName));
  return [...names]
    .flatMap((name) =>
      name === undefined ? [] : index.find('core/PersistentVolumeClaim', deployment.metadata.namespace, name),
    )
    .map((claim) => ({ name: claim.name, accessModes: claim.toJson().spec.accessModes ?? [] }));
}
