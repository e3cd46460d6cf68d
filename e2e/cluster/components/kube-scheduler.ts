import { ok } from '../http';
import { runPath } from '../paths';
import type { ProcessSpec } from '../process';
import { CONTROL } from '../topology';
import type { ControlContext } from './context';

/** The scheduler, which ends like the controllers when it cannot renew its lease. */
export function kubeScheduler({ machine, bin }: ControlContext): ProcessSpec {
  const kubeconfig = runPath('pki', 'system-kube-scheduler.kubeconfig');
  return {
    machine,
    command: [
      bin('kube-scheduler'),
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
    ],
    ready: () => ok(`https://${CONTROL.address}:10259/healthz`),
    hint: 'see the log; it needs the API server to be up',
  };
}
